"""Importing what the user named: what it registers, or one sentence why it cannot be used."""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.worker.sample import target, write

from plugscope.boot.run import LoadRefused, Worker
from plugscope.worker import Limits, Loaded, Target


def load(path: Path, attr: str = "", limits: Limits | None = None) -> Loaded:
    with Worker(limits) as worker:
        return worker.load(target(path, attr))


def refusal(path: Path, attr: str = "", limits: Limits | None = None) -> LoadRefused:
    with pytest.raises(LoadRefused) as raised:
        load(path, attr, limits)
    return raised.value


def uris(loaded: Loaded) -> list[str]:
    return [f"{plugin.type}.{plugin.id}" for plugin in loaded.plugins]


ONE = 'plugin("a.v1", "x", requires=["b.v1"], config={"size": 1})(lambda ic: None)\n'


def test_what_importing_registers_is_told(tmp_path: Path) -> None:
    """In order, with requires, config, and where the init function stands."""
    path = write(
        tmp_path,
        'def start(ic):\n    pass\n\nplugin("a.v1", "x", requires=["b.v1"], config={"n": 1})(start)\n',
    )
    loaded = load(path)
    assert loaded.semantics == "v2"
    (plugin,) = loaded.plugins
    assert (plugin.type, plugin.id, plugin.requires) == ("a.v1", "x", ["b.v1"])
    assert plugin.config == {"n": 1}
    assert plugin.init_fn == "plugins:start"
    location, _, line = plugin.location.rpartition(":")
    assert (location, path.read_text("utf-8").splitlines()[int(line) - 1]) == (str(path), "def start(ic):")


SHAPES = {
    "a registry": "it = Registry([Registration('a.v1', 'x')])",
    "a list": "it = [Registration('a.v1', 'x')]",
    "a tuple": "it = (Registration('a.v1', 'x'),)",
    "one registration": "it = Registration('a.v1', 'x')",
    "a function": "def it():\n    return [Registration('a.v1', 'x')]",
    "an attribute of a class": "class Shop:\n    it = [Registration('a.v1', 'x')]\nit = Shop.it",
}


@pytest.mark.parametrize("source", SHAPES.values(), ids=SHAPES.keys())
def test_an_attribute_names_the_plugins(tmp_path: Path, source: str) -> None:
    """A registry, a list, one registration, or a function that gives one of them."""
    assert uris(load(write(tmp_path, source), "it")) == ["a.v1.x"]


def test_a_dotted_attribute_is_followed(tmp_path: Path) -> None:
    """Through classes and modules."""
    source = "class Shop:\n    plugins = [Registration('a.v1', 'x')]\n"
    assert uris(load(write(tmp_path, source), "Shop.plugins")) == ["a.v1.x"]


def test_what_importing_registers_comes_before_what_the_attribute_names(tmp_path: Path) -> None:
    """Each registration once, also where both name it."""
    source = ONE + "from plugscope.plugin import default_registry\n"
    source += "more = [Registration('b.v1', 'y'), next(iter(default_registry))]\n"
    assert uris(load(write(tmp_path, source), "more")) == ["a.v1.x", "b.v1.y"]


def test_a_single_registry_in_the_module_is_found(tmp_path: Path) -> None:
    """With its own semantics; it need not be named."""
    loaded = load(write(tmp_path, "mine = Registry([Registration('a.v1', 'x')], 'classic')\nsame = mine\n"))
    assert (uris(loaded), loaded.semantics) == (["a.v1.x"], "classic")


def test_a_package_is_imported_with_its_own_modules(tmp_path: Path) -> None:
    """Relative imports work, and the folder above it is searched."""
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").write_text("from . import store\n", "utf-8")
    write(package, ONE, "store")
    with Worker() as worker:
        loaded = worker.load(Target("module", "shop", "", str(tmp_path)))
    assert uris(loaded) == ["a.v1.x"]


def test_modules_beside_a_file_can_be_imported(tmp_path: Path) -> None:
    """Its folder is searched first."""
    write(tmp_path, ONE, "beside")
    assert uris(load(write(tmp_path, "import beside\n", "main"))) == ["a.v1.x"]


def test_importing_leaves_no_bytecode(tmp_path: Path) -> None:
    """Looking at a module writes nothing beside it."""
    write(tmp_path, ONE, "beside")
    load(write(tmp_path, "import beside\n", "main"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["beside.py", "main.py"]


REFUSED = {
    "a syntax error": ("def broken(:\n", r"^SyntaxError: invalid syntax", 1),
    "an import error": ("import no_such_module_here\n", r"^ModuleNotFoundError: No module named", 1),
    "an exception": ("\n\n1 / 0\n", r"^ZeroDivisionError: division by zero$", 3),
    "an exit": (
        "sys.exit(4)\n",
        r"^SystemExit: the module ends the process while it is imported \(exit 4\)$",
        1,
    ),
    "a duplicate": (ONE + ONE, r"^IDRegisteredError: a\.v1\.x: plugin: id already registered$", 2),
    "no type": ("register(Registration('', 'x'))\n", r"^NoTypeError: plugin: no type$", 1),
    "requires amiss": (
        "register(Registration('a', 'x', ['*', 'b']))\n",
        r"^InvalidRequiresError: invalid requires$",
        1,
    ),
}


@pytest.mark.parametrize(("source", "words", "line"), REFUSED.values(), ids=REFUSED.keys())
def test_an_import_that_fails_is_told_with_its_line(
    tmp_path: Path, source: str, words: str, line: int
) -> None:
    """The innermost line of the user's own code, and the error in one line."""
    path = write(tmp_path, source)
    header = len(path.read_text("utf-8").splitlines()) - len(source.splitlines())
    error = refusal(path)
    assert re.search(words, error.message), error.message
    assert error.location == f"{path}:{header + line}"


def test_a_name_that_names_nothing_is_told(tmp_path: Path) -> None:
    """Missing, or of a kind that holds no registrations."""
    path = write(tmp_path, "number = 3\nmixed = [Registration('a', 'x'), 'b']\ntext = 'abc'\n")
    assert refusal(path, "nothing").message.endswith("has no attribute 'nothing'")
    for attr, kind in (("number", "int"), ("mixed", "str"), ("text", "str")):
        message = refusal(path, attr).message
        assert message == f"{attr} is no registry and no list of registrations (found {kind})"


def test_a_module_that_registers_nothing_says_what_to_do(tmp_path: Path) -> None:
    """Name what holds the plugins; also where there are several."""
    nothing = refusal(write(tmp_path, "x = 1\n", "empty"))
    assert nothing.message.startswith("importing it registers no plugin; if it has a registry")
    several = refusal(write(tmp_path, "one = Registry()\ntwo = Registry()\n", "several"))
    assert several.message == "the module has several registries; name one, as in MODULE:ATTR"


def test_an_import_that_hangs_is_given_up_with_its_line(tmp_path: Path) -> None:
    """After the time for loading."""
    path = write(tmp_path, "\ntime.sleep(60)\n")
    began = time.monotonic()
    error = refusal(path, limits=Limits(load_timeout=0.5))
    assert time.monotonic() - began < 15
    assert error.message == "importing it did not end within 0.5 s"
    line = path.read_text("utf-8").splitlines().index("time.sleep(60)") + 1
    assert error.location == f"{path}:{line}"


@pytest.mark.skipif(os.name != "posix", reason="names signals")
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("os._exit(9)\n", "importing it ended the process (exit status 9)"),
        ("print('bye', flush=True)\nos._exit(0)\n", "importing it ended the process (exit status 0): bye"),
        ("import ctypes; ctypes.string_at(0)\n", "importing it ended the process (killed by SIGSEGV)"),
    ],
    ids=["os._exit", "with last words", "a segfault"],
)
def test_an_import_that_ends_the_process_is_told(tmp_path: Path, source: str, words: str) -> None:
    """With how the process ended, and its last line."""
    assert refusal(write(tmp_path, source)).message == words


def test_what_importing_prints_belongs_to_no_plugin(tmp_path: Path) -> None:
    """It is kept apart from what the first init function prints."""
    path = write(tmp_path, "print('imported')\n" + ONE)
    with Worker() as worker:
        worker.load(target(path))
        assert worker.import_output == "imported"


def test_strange_registrations_are_told_within_bounds(tmp_path: Path) -> None:
    """Lone surrogates, huge ids, callables without a name, defaults that are no plain values."""
    source = r"""
    class Callable:
        def __call__(self, ic):
            return None

    register(Registration("a.v1", "x" * 100_000, init_fn=Callable()))
    register(Registration("b.v1", "\ud800", config={1: object(), "deep": [[[[[[[[1]]]]]]]]}))
    register(Registration("c.v1", "none"))
    """
    first, second, third = load(write(tmp_path, source)).plugins
    assert first.init_fn == "Callable"
    assert len(first.id) < 600
    assert second.id == "\\ud800"
    assert isinstance(second.config["1"], str)
    assert (third.init_fn, third.location) == ("", "")


def test_an_interpreter_that_is_not_there_is_told() -> None:
    """Before anything is started; nothing is left behind."""
    with pytest.raises(LoadRefused) as raised:
        Worker(python="/no/such/python")
    assert (raised.value.location, raised.value.message) == ("/no/such/python", "No such file or directory")


def test_another_interpreter_can_run_the_plugins(tmp_path: Path) -> None:
    """It needs nothing installed but the standard library."""
    with Worker(python=sys.executable) as worker:
        assert uris(worker.load(target(write(tmp_path, ONE)))) == ["a.v1.x"]


def test_a_function_that_a_manifest_names_is_found(tmp_path: Path) -> None:
    """``init_fn``: a module beside the manifest and a function in it; what is not there is told."""
    write(tmp_path, "def start(ic):\n    return 1\n\nnumber = 3\n", "wiring")

    def functions(init_fn: str) -> Target:
        plugin: dict[str, Any] = {
            "type": "a.v1",
            "id": "x",
            "requires": [],
            "config": None,
            "init_fn": init_fn,
        }
        return Target("functions", "m.toml", "", str(tmp_path), "v2", [plugin])

    with Worker() as worker:
        assert uris(worker.load(functions("wiring:start"))) == ["a.v1.x"]
    for init_fn, words in {
        "wiring": "init_fn 'wiring' must read package.module:function",
        "wiring:stop": "init_fn 'wiring:stop': wiring has no 'stop'",
        "wiring:number": "init_fn 'wiring:number' is no function",
        "no_such_wiring:start": "ModuleNotFoundError: No module named 'no_such_wiring'",
    }.items():
        with Worker() as worker, pytest.raises(LoadRefused) as raised:
            worker.load(functions(init_fn))
        assert raised.value.message == words
