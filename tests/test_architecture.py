"""Rules of the architecture that import contracts cannot say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "plugscope"
MODULES = sorted(SOURCE.rglob("*.py"))
# What the window needs for its first graph, and what must not be there by then.
FIRST_PAINT = (
    "plugscope.plugin",
    "plugscope.boot",
    "plugscope.sources",
    "plugscope.session.document",
    "plugscope.session.opener",
    "plugscope.app",
    "plugscope.window.main_window",
)
SLOW = (
    "asyncio",
    "click",
    "concurrent.futures",
    "grpc",
    "importlib.metadata",
    "jsonschema",
    "multiprocessing",
    "networkx",
    "numpy",
    "pygraphviz",
    "rich",
    "tomlkit",
    "tree_sitter",
    "yaml",
)


def name_of(path: Path) -> str:
    """A module's path as a test's name."""
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_qt_is_imported_by_name(path: Path) -> None:
    """A star import of Qt hides which of its thousands of names a module uses."""
    assert not re.search(r"^\s*from PySide6[\w.]* import \*", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_import_is_for_the_type_checker_alone(path: Path) -> None:
    """An import that only a type checker may see is a layer that is crossed in the dark."""
    assert "TYPE_CHECKING" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_enough_to_be_read(path: Path) -> None:
    """500 lines is too long; 300 is worth a second look."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


@pytest.mark.parametrize("module", FIRST_PAINT)
def test_nothing_slow_is_loaded_before_the_first_paint(module: str) -> None:
    """Packages that cost tens of milliseconds wait until they are first needed."""
    program = f"import sys, {module}; print(*sorted(set(sys.modules) & set({SLOW!r})))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_the_plugin_model_needs_nothing_but_the_standard_library() -> None:
    """It can be copied out and used alone: with no site-packages on the path it still imports."""
    program = f"import sys; sys.path.insert(0, {str(SOURCE.parent)!r}); import plugscope.plugin"
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
