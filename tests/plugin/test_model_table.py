"""docs/model.md maps every Go name to a Python one that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugscope import plugin as model
from plugscope.plugin import Type

PAGE = Path(__file__).parents[2] / "docs" / "model.md"

# The names that containerd 1.2's package documents.
SEED = """
    ErrNoType ErrNoPluginID ErrSkipPlugin ErrInvalidRequires IsSkipPlugin NewContext Graph
    InitContext InitContext.Context InitContext.Root InitContext.State InitContext.Config InitContext.Address
    InitContext.Events InitContext.Meta InitContext.Get
    Meta Meta.Platforms Meta.Exports Meta.Capabilities
    Plugin Plugin.Registration Plugin.Config Plugin.Meta
    Registration Registration.Type Registration.ID Registration.Config Registration.Requires Registration.InitFn
    Registration.Init Registration.URI
    Service Set Type
    InternalPlugin RuntimePlugin RuntimePluginV2 ServicePlugin GRPCPlugin SnapshotPlugin TaskMonitorPlugin DiffPlugin
    MetadataPlugin ContentPlugin GCPlugin
"""
# What containerd/plugin has beside them.
LATER = """
    ErrIDRegistered ErrPluginInitialized ErrPluginNotFound ErrPluginMultipleInstances ErrPluginCircularDependency
    Registration.ConfigMigration Registry Registry.Register Registry.Graph DisableFilter
    InitContext.Properties InitContext.RegisterReadiness InitContext.GetSingle InitContext.GetByID
    InitContext.GetByType InitContext.GetAll InitContext.Plugins Plugin.Err Plugin.Instance
    NewPluginSet Set.Add Set.Get Set.GetAll
"""
SEED_TYPES = {
    "InternalPlugin": "io.containerd.internal.v1",
    "RuntimePlugin": "io.containerd.runtime.v1",
    "RuntimePluginV2": "io.containerd.runtime.v2",
    "ServicePlugin": "io.containerd.service.v1",
    "GRPCPlugin": "io.containerd.grpc.v1",
    "SnapshotPlugin": "io.containerd.snapshotter.v1",
    "TaskMonitorPlugin": "io.containerd.monitor.v1",
    "DiffPlugin": "io.containerd.differ.v1",
    "MetadataPlugin": "io.containerd.metadata.v1",
    "ContentPlugin": "io.containerd.content.v1",
    "GCPlugin": "io.containerd.gc.v1",
}


def table() -> list[tuple[str, list[str]]]:
    """The rows of the page: a Go name, and the Python names beside it."""
    rows = re.findall(r"^\| (`[A-Za-z].*?) \| (`.*?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    pairs = [(re.findall(r"`([^`]+)`", go)[0], re.findall(r"`([^`]+)`", python)) for go, python in rows]
    return [(go, python) for go, python in pairs if go[0].isupper() or go.startswith("registry.")]


ROWS = table()


def resolve(name: str) -> object:
    """Find a Python name in the model; ``Thing().field`` is a field of a fresh ``Thing``."""
    value: object = model
    for part in name.split("."):
        value = getattr(value, part.removesuffix("()"))
        if part.endswith("()"):
            assert callable(value)
            value = value()
    return value


@pytest.mark.parametrize(("go", "python"), ROWS, ids=[f"{n}-{go}" for n, (go, _) in enumerate(ROWS)])
def test_each_name_in_the_table_is_there(go: str, python: list[str]) -> None:
    """Whoever looks a Go name up finds a Python name that exists."""
    assert python, go
    for name in python:
        resolve(name)


@pytest.mark.parametrize("go", [*SEED.split(), *LATER.split()])
def test_no_go_name_is_missing_from_the_table(go: str) -> None:
    """Every documented constant, variable, function, type, method and field has its row."""
    assert go in {name for name, _ in ROWS}


@pytest.mark.parametrize(("go", "value"), SEED_TYPES.items())
def test_the_type_constants_have_containerd_s_values(go: str, value: str) -> None:
    """And are types."""
    (python,) = next(names for name, names in ROWS if name == go)
    constant = resolve(python)
    assert constant == value
    assert isinstance(constant, Type)


def test_every_type_constant_of_the_model_is_in_the_table() -> None:
    """A constant that is added later needs a row too."""
    listed = {name for _, python in ROWS for name in python}
    known = {name for name, value in vars(model).items() if isinstance(value, Type)} - {"ANY"}
    assert known <= listed
    assert len(known) == len({str(resolve(name)) for name in known})
