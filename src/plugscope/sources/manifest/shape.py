"""The shape of a manifest, for msgspec. The published JSON Schema says the same and is tested to."""

from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

Name = str
SemanticsName = Literal["classic", "v1", "v2.0", "v2"]


class LookupShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One lookup, as ``plugscope.boot.lookup.Lookup`` has it. Which of them needs a type and an id: ``convert``."""

    get: Literal["first", "single", "by_type", "by_id", "all"]
    type: str | UnsetType = UNSET
    id: str | UnsetType = UNSET
    on_error: Literal["fatal", "tolerate", "tolerate-not-found", "unknown"] = "fatal"
    error: str = "{error}"
    absent: str = ""
    wraps: bool = True
    members: Literal["tolerate", "fatal"] = "tolerate"
    min: int = 0
    any_of: str = ""
    outcome: Literal["error", "skip"] = "error"
    unordered: str = ""
    evidence: tuple[str, ...] = ()


class InitShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """How the init function comes out when no lookup fails."""

    outcome: Literal["ok", "skip", "error"] = "ok"
    message: str = ""
    duration_ms: float | None = None
    exports: dict[str, str] = {}
    capabilities: list[str] = []
    platforms: list[str] = []


class PluginShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One registration."""

    type: str
    id: str
    requires: tuple[str, ...] | UnsetType = UNSET
    config: dict[str, Any] | None = None
    lookups: tuple[LookupShape, ...] | None = None
    init: InitShape | None = None
    init_fn: str = ""
    source: str = ""
    known: Literal["declared", "source", "log", "live", "inferred"] = "declared"


class AbsentShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A plugin that the source code has and this build has not."""

    why: str
    type: str = ""
    id: str = ""
    uri: str | None = None


class ManifestShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A whole manifest."""

    plugscope: Literal[1]
    semantics: SemanticsName = "v2"
    name: str = ""
    version: str = ""
    note: str = ""
    root: str = ""
    state: str = ""
    address: str = ""
    disabled: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    plugin: tuple[PluginShape, ...] = ()
    absent: tuple[AbsentShape, ...] = ()
