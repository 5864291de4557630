"""What settings change about how plugins start: the lookups they make, and how they come out.

The catalogs describe releases with their default configuration. Some settings name another plugin to look up, some
make an init function fail or skip for sure, and some make the outcome depend on the machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from plugscope.boot import Entry, Get, Init, Lookup, Outcome
from plugscope.plugin import Meta
from plugscope.sources.config.read import duration_text

from .cri import Refusal, image_refusal, refused_by_1, runtime_refusal, server_refusal
from .effective import Effective
from .proxy import is_platform

_SNAPSHOTTER, _DIFFER = "io.containerd.snapshotter.v1", "io.containerd.differ.v1"
_METADATA = "io.containerd.metadata.v1"
_SIZE = re.compile(r"(\d+(\.\d+)*) ?([kKmMgGtTpP])?[iI]?[bB]?")
_NUMBER = re.compile(r"\d*\.?\d+ ?|\d+\.? ?")


def apply_effects(entry: Entry, config: Effective) -> Entry:
    """The entry as it is with these settings."""
    for owns, effect in _EFFECTS:
        if owns(entry.uri) and entry.lookups is not None:
            entry = effect(entry, config)
    return entry


def fails(entry: Entry, words: str, location: str, lookups: Iterable[Lookup] | None = None) -> Entry:
    """The entry with an init function that fails by itself, after the lookups given (all, if none are)."""
    meta = entry.init.meta if entry.init else Meta()
    return replace(
        entry,
        init=Init(Outcome.ERROR, words, meta, location=location),
        lookups=entry.lookups if lookups is None else tuple(lookups),
    )


def _depends_on_machine(entry: Entry, location: str) -> Entry:
    """It is configured, and whether it comes up is up to the machine."""
    meta = entry.init.meta if entry.init else Meta()
    return replace(entry, init=Init(meta=meta, location=location, sure=False))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _picking(lookup: Lookup, id_: str) -> Lookup:
    """A lookup that takes the member of that id instead of the default's."""
    old, new = _quoted(lookup.id), _quoted(id_)
    return replace(
        lookup, id=id_, error=lookup.error.replace(old, new), absent=lookup.absent.replace(old, new)
    )


def _snapshotter(entry: Entry, config: Effective) -> Entry:
    """CRI looks for the snapshotter that it is told to use."""
    path = ("snapshotter",) if config.release.is_v2 else ("containerd", "snapshotter")
    name = config.value(*path)
    if not isinstance(name, str) or (not name and not config.release.is_v2):
        return entry
    lookups = [
        _picking(lookup, name) if lookup.type == _SNAPSHOTTER and lookup.id else lookup
        for lookup in entry.lookups or ()
    ]
    if not name:
        at = next((n for n, lookup in enumerate(lookups) if lookup.type == _SNAPSHOTTER), 0)
        return fails(entry, lookups[at].absent, config.location(*path), lookups[:at]) if lookups else entry
    return _missing(replace(entry, lookups=tuple(lookups)), config, config.location(*path))


def _missing(entry: Entry, config: Effective, location: str) -> Entry:
    """Where a setting names a plugin that nobody registers, the setting is the cause, and not the plugin."""
    for number, lookup in enumerate(entry.lookups or ()):
        is_named = lookup.id and lookup.type in (_SNAPSHOTTER, _DIFFER) and lookup.absent
        if location and is_named and f"{lookup.type}.{lookup.id}" not in config.known:
            return fails(entry, lookup.absent, location, (entry.lookups or ())[:number])
    return entry


def _cri_1(entry: Entry, config: Effective) -> Entry:
    refusal = refused_by_1(config)
    if refusal is not None:
        return _refused(entry, config, "invalid plugin config: ", refusal, 0)
    return _needs_files(_snapshotter(entry, config), config)


def _cri_images(entry: Entry, config: Effective) -> Entry:
    refusal = image_refusal(config)
    if refusal is not None:
        return _refused(entry, config, "invalid cri image config: ", refusal, 1)
    return _snapshotter(entry, config)


def _cri_runtime(entry: Entry, config: Effective) -> Entry:
    refusal = runtime_refusal(config)
    if refusal is not None:
        return _refused(entry, config, "invalid plugin config: ", refusal, 0)
    return _needs_files(entry, config)


def _cri_server(entry: Entry, config: Effective) -> Entry:
    refusal = server_refusal(config)
    return entry if refusal is None else _refused(entry, config, "invalid cri image config: ", refusal, 2)


def _refused(entry: Entry, config: Effective, words: str, refusal: Refusal, after: int) -> Entry:
    """It fails after its first lookups."""
    text, path = refusal
    return fails(entry, words + text, config.location(*path), (entry.lookups or ())[:after])


def _needs_files(entry: Entry, config: Effective) -> Entry:
    """A base spec is a file of the machine: a missing one makes it fail."""
    for name in config.keys("containerd", "runtimes"):
        path = ("containerd", "runtimes", name, "base_runtime_spec")
        if config.value(*path):
            return _depends_on_machine(entry, config.location(*path))
    return entry


def _cri(entry: Entry, config: Effective) -> Entry:
    return _cri_server(entry, config) if config.release.is_v2 else _cri_1(entry, config)


def _metadata(entry: Entry, config: Effective) -> Entry:
    policy = config.value("content_sharing_policy")
    if not isinstance(policy, str) or policy in ("", "shared"):
        return entry
    if policy != "isolated":
        entry = _exporting(entry, "path", None)
        return fails(
            entry, f"unknown policy: {policy}: invalid argument", config.location("content_sharing_policy")
        )
    return _exporting(entry, "policy", policy)


def _exporting(entry: Entry, key: str, value: str | None) -> Entry:
    """The entry with an exported value changed, or left out, where it exports that at all."""
    if entry.init is None or key not in entry.init.meta.exports:
        return entry
    meta = entry.init.meta.copy()
    meta.exports[key] = value or ""
    if value is None:
        del meta.exports[key]
    return replace(entry, init=replace(entry.init, meta=meta))


def _opt(entry: Entry, config: Effective) -> Entry:
    path = config.value("path")
    return _exporting(entry, "path", path) if isinstance(path, str) and path else entry


def _scheduler(entry: Entry, config: Effective) -> Entry:
    """It exports what it goes by: a pause of at most a half, nothing below zero, a delay as Go prints it."""
    for key, name, most in (
        ("pause_threshold", "PauseThreshold", 0.5),
        ("deletion_threshold", "DeletionThreshold", None),
        ("mutation_threshold", "MutationThreshold", None),
    ):
        value = config.value(key)
        if config.is_set(key) and isinstance(value, int | float):
            entry = _exporting(entry, name, f"{max(value if most is None else min(value, most), 0)}")
    delay = config.value("schedule_delay")
    text = duration_text(delay) if isinstance(delay, str) else ""
    return _exporting(entry, "ScheduleDelay", text) if text and not text.startswith("-") else entry


def _devmapper(entry: Entry, config: Effective) -> Entry:
    """Without a pool it says so; with one its size and file system are checked, and the rest is up to the machine."""
    if not config.value("pool_name"):
        return entry
    if config.release.number >= (1, 7) and entry.init is not None:
        meta = entry.init.meta.copy()
        meta.exports["root"] = str(config.value("root_path") or f"/var/lib/containerd/{entry.uri}")
        entry = replace(entry, init=replace(entry.init, meta=meta))
    size = str(config.value("base_image_size") or "")
    if not _SIZE.fullmatch(size):
        words = f"failed to parse base image size: '{size}': {_size_words(size, config)}"
        return fails(entry, words, config.location("base_image_size") or config.location("pool_name"))
    kind = str(config.value("fs_type") or "ext4")
    known = ("ext4", "xfs", "ext2") if config.release.number >= (1, 7) else ("ext4", "xfs")
    if kind not in known:
        words = f'unsupported Filesystem Type: "{kind}"'
        if not config.release.is_v2:
            words = f"1 error occurred:\n\t* {words}\n\n"
        return fails(entry, words, config.location("fs_type"))
    return _depends_on_machine(entry, config.location("pool_name"))


def _size_words(size: str, config: Effective) -> str:
    """What docker/go-units says to a size: releases of 2.x have one that tells a bad unit from a bad number."""
    number = _NUMBER.match(size)
    if config.release.is_v2 and number is not None and number.end() < len(size):
        return f"invalid suffix: '{size[number.end() :].lower()}'"
    return f"invalid size: '{size}'"


def _differs(entry: Entry, config: Effective) -> Entry:
    """The diff service takes the differs that it is told to, in that order."""
    names = config.value("default")
    if not config.is_set("default") or not isinstance(names, list):
        return entry
    lookups: list[Lookup] = []
    for lookup in entry.lookups or ():
        if lookup.type == _DIFFER and lookup.id:
            lookups.extend(_differ(lookup, str(name)) for name in names)
        else:
            lookups.append(lookup)
    return _missing(replace(entry, lookups=tuple(lookups)), config, config.location("default"))


def _differ(lookup: Lookup, name: str) -> Lookup:
    old, new = f": {lookup.id}", f": {name}"
    return replace(
        lookup, id=name, error=lookup.error.replace(old, new), absent=lookup.absent.replace(old, new)
    )


def _transfer(entry: Entry, config: Effective) -> Entry:
    """The transfer service takes the snapshotter and the differ of each unpack configuration."""
    wanted = config.value("unpack_config")
    if not config.is_set("unpack_config") or not isinstance(wanted, list):
        return entry
    lookups = [lookup for lookup in entry.lookups or () if lookup.type not in (_SNAPSHOTTER, _DIFFER)]
    for one in wanted:
        platform = str(one.get("platform", "")) if isinstance(one, dict) else ""
        if not is_platform(platform):
            words = f"io.containerd.transfer.v1: platform configuration {platform} invalid"
            return fails(entry, words, config.location("unpack_config"), lookups)
        lookups.extend(_unpacking(entry, config, one if isinstance(one, dict) else {}))
    return _missing(replace(entry, lookups=tuple(lookups)), config, config.location("unpack_config"))


def _unpacking(entry: Entry, config: Effective, one: dict[str, Any]) -> Iterable[Lookup]:
    for lookup in entry.lookups or ():
        if lookup.type == _SNAPSHOTTER and lookup.id:
            yield _picking(lookup, str(one.get("snapshotter", "")))
    differ = str(one.get("differ", ""))
    error = f"failed to get instance for diff plugin {_quoted(differ)}: {{error}}"
    if differ and config.release.is_v2:
        yield Lookup(Get.BY_ID, _DIFFER, differ, error=error)
    elif differ:
        absent = f"diff plugin {_quoted(differ)}: not found"
        yield Lookup(Get.BY_TYPE, _DIFFER, differ, error=error, absent=absent, members="fatal")
    else:
        yield from (lookup for lookup in entry.lookups or () if lookup.type == _DIFFER)


def _tasks(entry: Entry, config: Effective) -> Entry:
    """The task runtime reads the platforms that it is told it has."""
    for text in config.value("platforms") or ():
        if not is_platform(str(text)):
            number = config.release.number
            part, rule = "component", "^[A-Za-z0-9_-]+$"
            if number >= (1, 7):
                part, rule = "OS component", r"^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.-]*)\\))?$"
            name = "OSAndVersion specifier" if number >= (1, 7) else "platform specifier"
            words = f'"{text}" is an invalid {part} of "{text}": {name} component must match "{rule}": invalid argument'
            lead = f"invalid platform {text}: " if config.release.is_v2 else ""
            return fails(entry, lead + words, config.location("platforms"), ())
    return entry


def _rooted(entry: Entry, config: Effective) -> Entry:
    """A snapshotter whose directory is elsewhere: btrfs and zfs ask what file system is there."""
    path = config.value("root_path")
    if not isinstance(path, str) or not path:
        return entry
    if entry.init is not None and entry.init.outcome is not Outcome.OK:
        words = entry.init.message.replace(f"/var/lib/containerd/{entry.uri}", path)
        entry = replace(entry, init=replace(entry.init, message=words, sure=False))
    return _exporting(entry, "root", path)


def _traced(entry: Entry, config: Effective) -> Entry:
    """1.7 traces to the endpoint that it is told; 2.x takes it from the environment alone."""
    names = ("io.containerd.tracing.processor.v1.otlp", "otlp")
    if config.release.is_v2 or not any(config.tables.value(name, "endpoint") for name in names):
        return entry
    return _depends_on_machine(entry, str(config.tables.table(names[0]).location_of("endpoint")))


def _configured(*keys: str) -> Callable[[Entry, Effective], Entry]:
    """A plugin that skips until one of these keys is set, and then depends on the machine."""

    def effect(entry: Entry, config: Effective) -> Entry:
        for key in keys:
            if config.value(key):
                return _depends_on_machine(entry, config.location(key))
        return entry

    return effect


def _is(*uris: str) -> Callable[[str], bool]:
    return frozenset(uris).__contains__


_EFFECTS: tuple[tuple[Callable[[str], bool], Callable[[Entry, Effective], Entry]], ...] = (
    (_is("io.containerd.grpc.v1.cri"), _cri),
    (_is("io.containerd.cri.v1.images"), _cri_images),
    (_is("io.containerd.cri.v1.runtime"), _cri_runtime),
    (_is(f"{_METADATA}.bolt"), _metadata),
    (_is(f"{_SNAPSHOTTER}.devmapper"), _devmapper),
    (_is("io.containerd.internal.v1.opt"), _opt),
    (_is("io.containerd.gc.v1.scheduler"), _scheduler),
    (
        _is(*(f"{_SNAPSHOTTER}.{name}" for name in ("btrfs", "zfs", "aufs", "overlayfs", "native", "erofs"))),
        _rooted,
    ),
    (_is(f"{_SNAPSHOTTER}.blockfile"), _configured("scratch_file")),
    (_is("io.containerd.tracing.processor.v1.otlp", "io.containerd.internal.v1.tracing"), _traced),
    (_is("io.containerd.runtime.v2.task"), _tasks),
    (
        _is(*(f"io.containerd.server.v1.{name}" for name in ("metrics", "debug", "grpc-tcp"))),
        _configured("address"),
    ),
    (_is("io.containerd.service.v1.diff-service"), _differs),
    (_is("io.containerd.transfer.v1.local"), _transfer),
)
