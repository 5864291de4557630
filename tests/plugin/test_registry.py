"""Registering and disabling, with what each era refuses and remembers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plugin.literal import LiteralRegistry, RingMet
from tests.plugin.sample import (
    ERAS,
    IDS,
    MODULE_ORDER,
    TYPES,
    acceptable,
    any_registrations,
    full_type,
    module_registrations,
)

from plugscope import plugin as model
from plugscope.plugin import (
    CircularDependencyError,
    IDRegisteredError,
    InitContext,
    InvalidRequiresError,
    NoPluginIDError,
    NoTypeError,
    Registration,
    Registry,
    Semantics,
)

FROM_1_3 = [era for era in ERAS if era is not Semantics.CLASSIC]
names = st.one_of(
    st.sampled_from(IDS), st.builds("{}.{}".format, st.sampled_from(TYPES), st.sampled_from(IDS))
)


@settings(max_examples=300)
@given(
    any_registrations(),
    st.sampled_from(ERAS),
    st.lists(st.lists(names, max_size=3), min_size=1, max_size=3),
)
def test_graph_gives_what_the_literal_registry_gives(
    registrations: list[Registration], era: Semantics, calls: list[list[str]]
) -> None:
    """Call after call, with whatever the era remembers of the calls before."""
    registrations = acceptable(registrations, era)
    literal = LiteralRegistry(registrations, era)
    registry = Registry(registrations, era)
    for disable in calls:
        try:
            expected = literal.graph(disable)
        except RingMet as met:
            with pytest.raises(CircularDependencyError) as raised:
                registry.graph(disable)
            assert raised.value.cycle == met.ring
        else:
            assert [id(r) for r in registry.graph(disable)] == [id(r) for r in expected]


def test_the_module_s_own_registry_starts_in_the_order_its_test_expects() -> None:
    """containerd/plugin TestContainerdPlugin: 34 registrations, introspection last because it requires all."""
    ordered = Registry(module_registrations()).graph()
    names = [f"{model.short_type(r.type)}.{r.id}" for r in ordered]
    assert names == MODULE_ORDER


@pytest.mark.parametrize(
    ("registrations", "expected"),
    [
        (
            [("grpc", "introspection", "*"), ("service", "container", "")],
            "service.container grpc.introspection",
        ),
        ([("service", "container", "metadata"), ("metadata", "bolt", "")], "metadata.bolt service.container"),
        (
            [
                ("metadata", "bolt", "content snapshotter"),
                ("snapshotter", "overlayfs", ""),
                ("content", "content", ""),
            ],
            "content.content snapshotter.overlayfs metadata.bolt",
        ),
    ],
    ids=["everything else", "one type", "two types, in the order of Requires"],
)
def test_graph_cases_of_the_module(registrations: list[tuple[str, str, str]], expected: str) -> None:
    """containerd/plugin TestPluginGraph."""
    registry = Registry(Registration(kind, id_, requires.split()) for kind, id_, requires in registrations)
    assert [r.uri for r in registry.graph()] == expected.split()


def test_a_filter_leaves_out_what_it_says_yes_to() -> None:
    """containerd/plugin TestPluginGraph, the disabling case: the filter sees the registration."""
    registry = Registry([Registration("content", "content"), Registration("disable", "disable")])
    assert [r.uri for r in registry.graph(lambda r: r.type == "disable")] == ["content.content"]


@pytest.mark.parametrize("era", ERAS)
def test_a_registration_needs_a_type_and_an_id(era: Semantics) -> None:
    """The type is looked at first, as in the Go code."""
    registry = Registry(semantics=era)
    with pytest.raises(NoTypeError, match=r"^plugin: no type$"):
        registry.register(Registration("", ""))
    with pytest.raises(NoPluginIDError, match=r"^plugin: no id$"):
        registry.register(Registration("a", ""))
    assert len(registry) == 0


@pytest.mark.parametrize("era", FROM_1_3)
def test_the_second_registration_of_a_plugin_is_refused(era: Semantics) -> None:
    """From 1.3 on, with the words of the panic; the first one stays."""
    registry = Registry([Registration("a", "x")], era)
    with pytest.raises(IDRegisteredError, match=r"^a\.x: plugin: id already registered$"):
        registry.register(Registration("a", "x"))
    assert [r.uri for r in registry] == ["a.x"]


def test_classic_takes_duplicates() -> None:
    """1.0 to 1.2 do not look."""
    registry = Registry([Registration("a", "x"), Registration("a", "x")], Semantics.CLASSIC)
    assert [r.uri for r in registry.graph()] == ["a.x", "a.x"]


def test_one_registration_registered_twice_is_started_once_in_classic() -> None:
    """The Go code keeps what it has placed by its pointer."""
    same = Registration("b", "y", ["a"])
    registrations = [same, Registration("a", "x"), same]
    assert Registry(registrations, Semantics.CLASSIC).graph() == LiteralRegistry(
        registrations, Semantics.CLASSIC
    ).graph([])


@pytest.mark.parametrize("era", [Semantics.V1, Semantics.V2_0])
def test_until_2_2_one_uri_spelled_two_ways_is_a_duplicate(era: Semantics) -> None:
    """Type a.b with id c, and type a with id b.c."""
    registry = Registry([Registration("a.b", "c")], era)
    with pytest.raises(IDRegisteredError):
        registry.register(Registration("a", "b.c"))


def test_from_2_3_on_one_uri_spelled_two_ways_is_two_plugins() -> None:
    """Type and id are compared apart; disabling by URI hits both."""
    registry = Registry([Registration("a.b", "c"), Registration("a", "b.c")])
    assert [r.type for r in registry.graph()] == ["a.b", "a"]
    assert registry.graph(["a.b.c"]) == []


@pytest.mark.parametrize("era", ERAS)
def test_everything_else_stands_alone_in_requires(era: Semantics) -> None:
    """``"*"`` beside another type is refused in every era; twice itself as well."""
    registry = Registry(semantics=era)
    for requires in (["*", "a"], ["a", "*"], ["*", "*"]):
        with pytest.raises(InvalidRequiresError, match=r"^invalid requires$"):
            registry.register(Registration("b", "x", requires))


@pytest.mark.parametrize("era", ERAS)
def test_requiring_one_s_own_type_is_refused_from_2_3_on(era: Semantics) -> None:
    """Before that it is taken, and harmless while nobody else of the type does the same."""
    registry = Registry(semantics=era)
    own = Registration("a", "x", ["a"])
    if era is Semantics.V2:
        with pytest.raises(InvalidRequiresError):
            registry.register(own)
    else:
        registry.register(own)
        assert registry.graph() == [own]


def test_a_refused_registration_leaves_no_trace() -> None:
    """What was refused for its Requires may be registered again, mended."""
    registry = Registry()
    with pytest.raises(InvalidRequiresError):
        registry.register(Registration("a", "x", ["a"]))
    registry.register(Registration("a", "x"))
    assert len(registry) == 1


def test_classic_cuts_the_first_of_an_id_for_good() -> None:
    """Disabling ``content`` takes grpc.content, which was registered first; content.content survives."""
    registry = Registry(
        [Registration("grpc", "content"), Registration("content", "content")], Semantics.CLASSIC
    )
    assert [r.uri for r in registry.graph(["content"])] == ["content.content"]
    assert [r.uri for r in registry.graph()] == ["content.content"]
    assert registry.graph(["content"]) == []


def test_classic_cuts_the_very_registration_it_found() -> None:
    """A duplicate that was registered first goes, the later one stays, though they are alike."""
    first, second = Registration("a", "x"), Registration("a", "x")
    registry = Registry([first, second], Semantics.CLASSIC)
    registry.graph(["x"])
    assert list(registry) == [second]


def test_classic_lists_do_not_know_uris() -> None:
    """A URI in a 1.2 disable list has no effect."""
    registry = Registry([Registration("a", "x")], Semantics.CLASSIC)
    assert [r.uri for r in registry.graph(["a.x"])] == ["a.x"]


def test_in_v1_a_disabled_plugin_stays_disabled() -> None:
    """The filter sets a flag on the global registration; later calls find it set."""
    registry = Registry([Registration("a", "x"), Registration("a", "y")], Semantics.V1)
    assert [r.uri for r in registry.graph(["a.x"])] == ["a.y"]
    assert [r.uri for r in registry.graph()] == ["a.y"]


def test_in_v1_a_registration_may_be_declared_disabled() -> None:
    """``Disable`` is a field of 1.3 to 1.7's Registration."""
    off = Registration("a", "x")
    off.disable = True
    assert Registry([off], Semantics.V1).graph() == []
    assert Registry([off], Semantics.V2).graph() == [off]


@pytest.mark.parametrize("era", [Semantics.V2_0, Semantics.V2])
def test_in_v2_nothing_is_remembered(era: Semantics) -> None:
    """The registry is immutable; a disable list holds for the one call, by exact URI."""
    registry = Registry([Registration("a", "x"), Registration("a", "y")], era)
    assert [r.uri for r in registry.graph(["a.x"])] == ["a.y"]
    assert [r.uri for r in registry.graph(["x", "a.*", "a"])] == ["a.x", "a.y"]


@pytest.fixture
def default() -> Iterator[Registry]:
    """The default registry, empty before and after."""
    model.reset(Semantics.V2)
    yield model.default_registry
    model.reset(Semantics.V2)


def test_a_module_registers_into_the_default_registry(default: Registry) -> None:
    """By call or by decorator; ``graph`` orders it and ``reset`` empties it."""
    model.register(Registration("b", "y", ["a"]))

    @model.plugin("a", "x", config={"size": 1})
    def start(ic: InitContext) -> str:
        return "started"

    assert [r.uri for r in model.graph()] == ["a.x", "b.y"]
    assert next(iter(default.graph())).init_fn is start
    assert [r.uri for r in model.graph(["a.x"])] == ["b.y"]
    assert [r.uri for r in model.graph(["x"])] == ["b.y"]
    model.reset()
    assert model.graph() == []


def test_the_default_registry_keeps_what_its_era_keeps(default: Registry) -> None:
    """Under classic rules a disable list cuts for good, one registration an entry, also through ``graph``."""
    model.reset(Semantics.CLASSIC)
    for kind in ("a", "b", "c"):
        model.register(Registration(kind, "x"))
    assert [r.uri for r in model.graph(["x"])] == ["b.x", "c.x"]
    assert [r.uri for r in model.graph()] == ["b.x", "c.x"]
    assert len(default) == 2


def test_requires_may_be_one_text() -> None:
    """A text is one type, not a list of letters."""
    assert Registration("b", "y", "metadata").requires == ("metadata",)


def test_a_registration_says_where_it_stands() -> None:
    """URI, whether it requires everything, and a readable repr."""
    registration = Registration("a.v1", "x", ["*"])
    assert registration.uri == "a.v1.x"
    assert registration.requires_all
    assert repr(registration) == "Registration('a.v1.x', requires=['*'])"


def test_the_short_names_of_the_sample_are_containerd_s(default: Registry) -> None:
    """The table the tests share spells types as containerd does."""
    assert full_type("runtime.v2") == model.RUNTIME_PLUGIN_V2
    assert full_type("metadata") == model.METADATA_PLUGIN
