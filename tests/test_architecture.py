"""Rules of the architecture that import contracts cannot say."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import ModuleType

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "plugscope"
MODULES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))
MODULE_LINES, CLASS_LINES, FUNCTION_LINES, FOLDER_MODULES = 350, 250, 60, 20
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
    return path.relative_to(SOURCE if path.is_relative_to(SOURCE) else Path(__file__).parent).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_qt_is_imported_by_name(path: Path) -> None:
    """A star import of Qt hides which of its thousands of names a module uses."""
    assert not re.search(r"^\s*from PySide6[\w.]* import \*", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_import_is_for_the_type_checker_alone(path: Path) -> None:
    """An import that only a type checker may see is a layer that is crossed in the dark."""
    assert "TYPE_CHECKING" not in path.read_text(encoding="utf-8")


def lines_of(node: ast.stmt) -> int:
    """How many lines a definition has."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=name_of)
def test_a_module_is_short_enough_to_be_read(path: Path) -> None:
    """Modules, classes and functions: what is longer holds more than one thought."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MODULE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert lines_of(node) <= FUNCTION_LINES, node.name
        elif isinstance(node, ast.ClassDef):
            assert lines_of(node) <= CLASS_LINES, node.name


def test_no_folder_has_more_modules_than_a_glance_takes_in() -> None:
    """Where there are more, some of them belong together: they are a room of their own. Tests as well."""
    counts = Counter(path.parent for path in [*MODULES, *TESTS] if path.name != "__init__.py")
    assert {folder: count for folder, count in counts.items() if count > FOLDER_MODULES} == {}


def _function(member: object) -> object:
    """The function behind a property, a cached property, a class method or a plain function."""
    if isinstance(member, property):
        return member.fget
    if isinstance(member, cached_property):
        return member.func
    return getattr(member, "__func__", member)


def _undocumented_in(owner: type, name: str) -> Iterator[str]:
    if not vars(owner).get("__doc__"):
        yield name
    for key, member in vars(owner).items():
        function = _function(member)
        inherited = any(key in vars(base) for base in owner.__mro__[1:])
        if not key.startswith("_") and inspect.isfunction(function) and not (function.__doc__ or inherited):
            yield f"{name}.{key}"


def undocumented(module: ModuleType) -> Iterator[str]:
    """What is public in a module and does not say what it is. What overrides says what its base says."""
    if not (module.__doc__ or "").replace("TODO", "").strip():
        yield module.__name__
    for name, member in vars(module).items():
        if name.startswith("_") or getattr(member, "__module__", "") != module.__name__:
            continue
        if inspect.isclass(member):
            yield from _undocumented_in(member, name)
        elif inspect.isfunction(member) and not member.__doc__:
            yield name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_everything_public_says_what_it_is(path: Path) -> None:
    """Modules, classes, functions and properties; whoever reads a face should not have to read what is behind it."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    module = importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    assert list(undocumented(module)) == []


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_every_test_says_what_holds(path: Path) -> None:
    """In a sentence: its name alone says what is tried, and seldom why it has to be so."""
    tests = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert [node.name for node in tests if not ast.get_docstring(node)] == []


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
