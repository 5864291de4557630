"""The command to run."""

import pytest
from tests.cli.command import Command, Result

from plugscope.cli import run


@pytest.fixture
def plugscope(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs ``plugscope`` with arguments."""

    def command(*arguments: str) -> Result:
        capsys.readouterr()
        code = run(list(arguments))
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return command
