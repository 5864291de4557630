"""How hypothesis tests here, and the command to run."""

import pytest
from hypothesis import settings
from tests.cli.command import Command, Result

from plugscope.cli import run

# A busy machine is no failure; time is what the benchmarks are for.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def plugscope(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs ``plugscope`` with arguments."""

    def command(*arguments: str) -> Result:
        capsys.readouterr()
        code = run(list(arguments))
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return command
