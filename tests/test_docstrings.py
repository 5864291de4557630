"""Whatever is public says what it is."""

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "plugscope"
MODULES = sorted(
    ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
    for path in SOURCE.rglob("*.py")
    if path.stem != "__init__"
)


def undocumented(module_name: str) -> Iterator[str]:
    """The public classes, functions and methods of a module that say nothing; overrides have their base's words."""
    module = importlib.import_module(module_name)
    if not module.__doc__:
        yield module_name
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", "") != module_name:
            continue
        if not (inspect.isclass(thing) or inspect.isfunction(thing)):
            continue
        if not (thing.__doc__ or "").strip():
            yield f"{module_name}.{name}"
        if inspect.isclass(thing):
            yield from (f"{module_name}.{name}.{method}" for method in _silent_methods(thing))


def _silent_methods(cls: type) -> Iterator[str]:
    for name, member in vars(cls).items():
        function = (
            getattr(member, "fget", None)
            or getattr(member, "func", None)
            or getattr(member, "__func__", member)
        )
        if name.startswith("_") or not inspect.isfunction(function):
            continue
        if not any(name in vars(base) for base in cls.__mro__[1:]) and not (function.__doc__ or "").strip():
            yield name


@pytest.mark.parametrize("module_name", MODULES)
def test_what_is_public_says_what_it_is(module_name: str) -> None:
    """Meaning, units and errors; not of what a class has from another one, or from Qt."""
    assert list(undocumented(module_name)) == []
