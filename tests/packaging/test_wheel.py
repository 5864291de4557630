"""A wheel is all that an empty environment needs."""

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "resources").rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling, which builds the wheel, is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("plugscope-*.whl")
    return built


def test_the_wheel_carries_every_resource(wheel: Path) -> None:
    """Icons, catalogs, examples, schema and themes travel with the code."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert SHIPPED
    assert {f"plugscope/{name}" for name in SHIPPED} <= inside


def test_the_wheel_carries_code_and_licence_and_no_tests(wheel: Path) -> None:
    """What a user installs is the program alone."""
    inside = zipfile.ZipFile(wheel).namelist()
    assert "plugscope/py.typed" in inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert not [name for name in inside if name.startswith(("tests/", "packaging/"))]


def test_the_wheels_resources_are_found_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """The unpacked wheel, with nothing of the checkout in reach, finds each of its files."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    program = (
        "import sys; from plugscope.installation import resource\n"
        "for name in sys.stdin.read().split('\\n'): resource(*name.split('/')[1:]).read_bytes()\n"
        "print(resource('icons').joinpath('app'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-P", "-c", program],
        input="\n".join(SHIPPED),
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(tmp_path)
