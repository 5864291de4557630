"""What an init function finds when it looks others up, with each era's rules and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.plugin.sample import ERAS

from plugscope.plugin import (
    InitContext,
    MultipleInstancesError,
    Plugin,
    PluginInitializedError,
    PluginNotFoundError,
    PluginSet,
    Registration,
    Semantics,
    SkipPlugin,
    is_not_found,
    is_skip_plugin,
)

OLD = [Semantics.CLASSIC, Semantics.V1]
NEW = [Semantics.V2_0, Semantics.V2]
OTHER = RuntimeError("other error")


def context(era: Semantics, *members: tuple[str, str, Exception | None]) -> InitContext:
    """A context whose set holds plugins of (type, id, error); an instance is the plugin's id."""
    plugins = PluginSet(era)
    for kind, id_, error in members:
        plugins.add(Plugin(Registration(kind, id_), instance=id_, err=error))
    return InitContext(plugins)


def module_set(era: Semantics = Semantics.V2) -> InitContext:
    """The plugins of containerd/plugin's TestGetPlugins."""
    return context(
        era,
        ("type1", "id1", None),
        ("type1", "id2", SkipPlugin()),
        ("type2", "id3", SkipPlugin()),
        ("type3", "id4", None),
        ("type4", "id5", None),
        ("type4", "id6", None),
        ("type5", "id7", OTHER),
    )


def result(call: Callable[[], Any]) -> object:
    """What a call returns, or the class of what it raises."""
    try:
        return call()
    except Exception as error:
        return type(error)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("type1", "id1"),
        ("type2", PluginNotFoundError),
        ("type3", "id4"),
        ("type4", MultipleInstancesError),
        ("type5", RuntimeError),
        ("type6", PluginNotFoundError),
    ],
)
def test_get_single_as_the_module_tests_it(kind: str, expected: object) -> None:
    """A skipped one does not count; two are an error; a failed one hands its error out."""
    assert result(lambda: module_set().get_single(kind)) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("type1", {"id1": "id1"}),
        ("type2", PluginNotFoundError),
        ("type3", {"id4": "id4"}),
        ("type4", {"id5": "id5", "id6": "id6"}),
        ("type5", RuntimeError),
    ],
)
def test_get_by_type_as_the_module_tests_it(kind: str, expected: object) -> None:
    """Instances by id, without the skipped ones; one that failed fails the lookup."""
    assert result(lambda: module_set().get_by_type(kind)) == expected


@pytest.mark.parametrize(
    ("kind", "id_", "expected"),
    [
        ("type1", "id1", "id1"),
        ("type1", "id2", SkipPlugin),
        ("type2", "id3", SkipPlugin),
        ("type3", "id4", "id4"),
        ("type4", "id5", "id5"),
        ("type4", "id6", "id6"),
        ("type5", "id7", RuntimeError),
        ("type5", "id8", PluginNotFoundError),
    ],
)
def test_get_by_id_as_the_module_tests_it(kind: str, id_: str, expected: object) -> None:
    """The instance, or the plugin's own error, a skip included."""
    assert result(lambda: module_set().get_by_id(kind, id_)) == expected


NONE_OLD, NONE_NEW = (
    "no plugins registered for {}: not found",
    "no plugins registered for {}: plugin: not found",
)
MULTIPLE = "multiple plugins registered for a: plugin: multiple instances"
WORDS = [
    (OLD, "get", ("t",), NONE_OLD.format("t")),
    (OLD, "get_by_type", ("t",), NONE_OLD.format("t")),
    (OLD, "get_by_id", ("a", "z"), "no a plugins with id z: not found"),
    (OLD, "get_by_id", ("t", "z"), NONE_OLD.format("t")),
    (NEW, "get", ("t",), NONE_NEW.format("t")),
    (NEW, "get_single", ("t",), NONE_NEW.format("t")),
    (NEW, "get_single", ("s",), NONE_NEW.format("s")),
    (NEW, "get_single", ("a",), MULTIPLE),
    (NEW, "get_by_type", ("t",), NONE_NEW.format("t")),
    (NEW, "get_by_type", ("s",), NONE_NEW.format("s")),
    (NEW, "get_by_id", ("a", "z"), NONE_NEW.format("a.z")),
    (NEW, "get_by_id", ("t", "z"), NONE_NEW.format("t.z")),
]


@pytest.mark.parametrize(
    ("era", "call", "arguments", "words"),
    [(era, *rest) for eras, *rest in WORDS for era in eras],
    ids=[f"{era}-{call}-{'.'.join(arguments)}" for eras, call, arguments, _ in WORDS for era in eras],
)
def test_the_words_of_a_failed_lookup(
    era: Semantics, call: str, arguments: tuple[str, ...], words: str
) -> None:
    """Word for word what that era's daemon logs, because that is what people search for."""
    ic = context(era, ("a", "x", None), ("a", "y", None), ("s", "x", SkipPlugin()))
    with pytest.raises((PluginNotFoundError, MultipleInstancesError)) as raised:
        getattr(ic, call)(*arguments)
    assert str(raised.value) == words
    assert is_not_found(raised.value) == (words != MULTIPLE)


@pytest.mark.parametrize("era", OLD)
def test_in_1_x_get_takes_one_of_a_type_with_its_error(era: Semantics) -> None:
    """The first that was initialised here (Go's map gives any): failed or skipped, it hands its error out."""
    ic = context(era, ("a", "x", OTHER), ("a", "y", None), ("b", "x", None), ("b", "y", OTHER))
    with pytest.raises(RuntimeError, match="other error"):
        ic.get("a")
    assert ic.get("b") == "x"
    with pytest.raises(SkipPlugin):
        context(era, ("s", "x", SkipPlugin())).get("s")


@pytest.mark.parametrize("era", NEW)
def test_in_2_x_get_is_get_single(era: Semantics) -> None:
    """``Get`` is gone; its callers ask for the single one."""
    with pytest.raises(MultipleInstancesError):
        context(era, ("a", "x", None), ("a", "y", None)).get("a")


@pytest.mark.parametrize("era", OLD)
def test_in_1_x_get_by_type_hands_failed_plugins_out(era: Semantics) -> None:
    """The plugins themselves, so that metadata can warn of a snapshotter and go on."""
    found = context(era, ("a", "x", OTHER), ("a", "y", None), ("a", "z", SkipPlugin())).get_by_type("a")
    assert list(found) == ["x", "y", "z"]
    assert found["y"].instance() == "y"
    assert found["x"].err is OTHER


@pytest.mark.parametrize("era", NEW)
def test_in_2_x_one_failed_provider_fails_get_by_type(era: Semantics) -> None:
    """The biggest difference between the eras: one broken snapshotter takes metadata along."""
    ic = context(era, ("a", "x", None), ("a", "y", OTHER))
    with pytest.raises(RuntimeError, match="other error"):
        ic.get_by_type("a")


@pytest.mark.parametrize("era", ERAS)
def test_get_single_meets_the_first_trouble_in_order(era: Semantics) -> None:
    """A second usable one before a failed one is "multiple"; a failed one before it hands its error out."""
    with pytest.raises(MultipleInstancesError):
        context(era, ("a", "x", None), ("a", "y", None), ("a", "z", OTHER)).get_single("a")
    with pytest.raises(RuntimeError):
        context(era, ("a", "x", None), ("a", "y", OTHER), ("a", "z", None)).get_single("a")


@pytest.mark.parametrize("era", ERAS)
def test_get_all_lists_what_was_initialised_so_far(era: Semantics) -> None:
    """In order, failed ones included; the list is the caller's own."""
    ic = module_set(era)
    found = ic.get_all()
    assert [plugin.registration.id for plugin in found] == [f"id{n}" for n in range(1, 8)]
    found.clear()
    assert len(ic.plugins) == 7


@pytest.mark.parametrize(
    ("era", "words"),
    [
        *[(era, "plugin a.x already initialized: already exists") for era in OLD],
        *[(era, "plugin add failed for a.x: plugin: already initialized") for era in NEW],
    ],
)
def test_a_set_takes_each_plugin_once(era: Semantics, words: str) -> None:
    """In the era's words; the first one stays."""
    plugins = PluginSet(era)
    first = Plugin(Registration("a", "x"))
    plugins.add(first)
    with pytest.raises(PluginInitializedError) as raised:
        plugins.add(Plugin(Registration("a", "x")))
    assert str(raised.value) == words
    assert plugins.get_all() == [first]
    assert plugins.get("a", "x") is first
    assert plugins.get("a", "y") is None


def test_a_lookup_is_told_to_the_observer() -> None:
    """Kind, type, id, whom it found, and the error: what a recording shows."""
    told: list[tuple[object, ...]] = []
    plugins = PluginSet()
    plugins.add(Plugin(Registration("a", "x"), instance=1))
    plugins.add(Plugin(Registration("b", "y"), err=OTHER))
    ic = InitContext(plugins, observer=lambda *all_: told.append(all_))
    ic.get_single("a")
    ic.get_by_type("a")
    ic.get_all()
    for call in (lambda: ic.get_by_id("b", "y"), lambda: ic.get_single("c"), lambda: ic.get_by_type("b")):
        with pytest.raises(Exception, match=r"other error|not found"):
            call()
    assert [entry[:4] for entry in told] == [
        ("single", "a", "", ["a.x"]),
        ("by_type", "a", "", ["a.x"]),
        ("all", "*", "", ["a.x", "b.y"]),
        ("by_id", "b", "y", ["b.y"]),
        ("single", "c", "", []),
        ("by_type", "b", "", ["b.y"]),
    ]
    assert [type(entry[4]).__name__ for entry in told] == [
        *["NoneType"] * 3,
        "RuntimeError",
        "PluginNotFoundError",
        "RuntimeError",
    ]


def test_a_provider_s_error_keeps_its_nature_whoever_meets_it() -> None:
    """Python would tie an error that is raised in an except block to the one being handled, for good."""
    ic = context(Semantics.V2, ("b", "y", OTHER))
    with pytest.raises(RuntimeError):
        try:
            ic.get_single("absent")
        except PluginNotFoundError:
            ic.get_single("b")
    assert not is_not_found(OTHER)
    with pytest.raises(RuntimeError):
        try:
            raise SkipPlugin
        except SkipPlugin:
            ic.get_single("b")
    assert not is_skip_plugin(OTHER)


def test_a_provider_s_traceback_does_not_grow_with_its_victims() -> None:
    """Each victim's traceback shows the failure and its own lookup, not those of the victims before."""

    def fail() -> None:
        raise RuntimeError("disk")

    try:
        fail()
    except RuntimeError as error:
        ic = context(Semantics.V2, ("b", "y", error))

    def length() -> int:
        with pytest.raises(RuntimeError) as raised:
            ic.get_single("b")
        return len(raised.traceback)

    assert length() == length() == length()
