"""How a boot ended, from the words that the daemon left; and which facts a line tells."""

from __future__ import annotations

from io import BytesIO

import pytest
from tests.sources.log.written import Boot, lines_of_boot, stamp, text_line

from plugscope.sources.boot_log import EventKind
from plugscope.sources.log import read_log
from plugscope.sources.log.envelope import strip_envelope
from plugscope.sources.log.event import interpret
from plugscope.sources.log.source import Log

OPT, BOLT = "io.containerd.internal.v1.opt", "io.containerd.metadata.v1.bolt"
CRI = "io.containerd.grpc.v1.cri"


def started(*more: str, uri: str = OPT) -> list[str]:
    """A log that begins well, with a plugin that was starting when these lines came."""
    fields = [
        {"level": "info", "msg": "starting containerd", "revision": "", "version": "v2.1.9"},
        {"level": "info", "msg": "loading plugin", "id": uri, "type": uri.rpartition(".")[0]},
    ]
    return [text_line({"time": stamp(n), **one}) for n, one in enumerate(fields)] + list(more)


def read(lines: list[str]) -> Log:
    """The log of these lines."""
    return read_log(BytesIO("".join(f"{line}\n" for line in lines).encode()), "x.log")


@pytest.mark.parametrize(
    ("words", "stage", "uri"),
    [
        (f"load required plugin {CRI}: no such device", "required-failed", CRI),
        (f"required plugin [{CRI} {OPT}] not included", "required-missing", CRI),
        (f"plugin failed after registering readiness {CRI}: late", "readiness", CRI),
        (
            f"could not add plugin result to plugin set: plugin {CRI} already initialized: exists",
            "plugin-set-add",
            CRI,
        ),
        (
            f"could not add plugin result to plugin set: plugin add failed for {CRI}: exists",
            "plugin-set-add",
            CRI,
        ),
        ("failed to get listener for main ttrpc endpoint: listen unix /x: no", "listener", ""),
        ("listen tcp: address x: missing port in address", "listener", ""),
        ("failed to create debug socket listener: no", "listener", ""),
        ('plugin.Open("x.so"): not found', "dynamic-load", ""),
    ],
)
def test_an_abort_has_a_stage_and_a_plugin(words: str, stage: str, uri: str) -> None:
    """Told past the log, behind what was logged before."""
    boot = read(started(f"containerd: {words}")).recording.boot
    assert (boot.ok, boot.error, boot.stage) == (False, words, stage)
    assert boot.uri == uri


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("failed to load TOML: /etc/containerd/config.toml: no", "config-load"),
        ("failed to unmarshal TOML: no", "config-load"),
        ('failed to load TOML from x: invalid disabled plugin URI "cri" expect io', "config-validate"),
        ("x: expected containerd config version equal to or less than `3`, got `9`", "config-validate"),
        ("drop-in config version 3 higher than root config version 2", "config-load"),
        ("unknown log format: xml", "log-setup"),
        ('not a valid logrus Level: "loud"', "log-setup"),
        ("root and state must be different paths", "top-level-dirs"),
        ("mkdir /var/lib/containerd: not a directory", "top-level-dirs"),
        ("something else before the start", "config-load"),
    ],
)  # fmt: skip
def test_an_abort_before_the_first_plugin(words: str, stage: str) -> None:
    """By its settings: no plugin had its turn."""
    recording = read([f"containerd: {words}"]).recording
    assert (recording.boot.stage, recording.boot.error) == (stage, words)
    assert all(step.outcome == "not reached" for step in recording.steps)


@pytest.mark.parametrize(
    ("line", "stage", "uri"),
    [
        ("panic: runtime error: invalid memory address", "crash", OPT),
        (f"panic: {CRI}: plugin: id already registered", "register-panic", CRI),
        (f"panic: circular plugin dependency at {CRI}: a -> b", "order", CRI),
        ("panic: plugin: no id", "register-panic", ""),
        ("panic: invalid requires", "register-panic", ""),
        ("fatal error: stack overflow", "crash", OPT),
        ("Nov 24 03:13:09 n systemd[1]: containerd.service: Main process exited, code=killed", "crash", OPT),
        ("containerd: context canceled", "hang", OPT),
        ("containerd: toml: incompatible types: x", "plugin-config-decode", OPT),
        ("containerd: something of no stage", "plugin-config-decode", OPT),
    ],
)  # fmt: skip
def test_an_end_in_the_middle_is_that_of_who_was_starting(line: str, stage: str, uri: str) -> None:
    """A crash, a kill, a hang that somebody ended, a configuration that did not fit."""
    boot = read(started(line)).recording.boot
    assert (boot.ok, boot.stage, boot.uri) == (False, stage, uri)


def test_who_waits_is_the_one_that_hangs() -> None:
    """bolt says that it waits for its database; without an end the boot is still in it."""
    wait = text_line(
        {
            "time": stamp(5),
            "level": "warning",
            "msg": "waiting for response from boltdb open",
            "plugin": "bolt",
        }
    )
    boot = read(started(wait, uri=BOLT)).recording.boot
    assert (boot.ok, boot.stage, boot.uri) == (False, "hang", BOLT)
    ended = read(started(wait, "containerd: context canceled", uri=BOLT)).recording.boot
    assert ended.error.startswith("waiting for response from boltdb open; ")


def test_a_process_that_is_followed_by_another_died_without_a_word() -> None:
    """Its last plugin was starting; of the last boot of a log nothing is known yet."""
    again = [line.replace("-24T", "-25T") for line in started()]
    log = started() + again
    first = read_log(BytesIO("\n".join(log).encode()), "x", 1).recording.boot
    assert (first.ok, first.stage, first.error) == (False, "crash", "the process ended without a word")
    last = read(log).recording.boot
    assert last.certainty == "unknown"
    assert "the log ends before the boot does" in last.error


def test_a_fatal_line_after_the_boot_is_an_end_all_the_same() -> None:
    """CRI fails to run once all plugins are up."""
    lines = list(lines_of_boot(Boot("2.1.9", ()).predicted, "2.1.9"))
    lines.append(
        text_line({"time": stamp(900), "level": "fatal", "msg": "Failed to run CRI service", "error": "no"})
    )
    boot = read(lines).recording.boot
    assert (boot.ok, boot.stage, boot.error) == (False, "post-init-fatal", "Failed to run CRI service: no")


def fact(**fields: str) -> tuple[EventKind, str, str] | None:
    """What a line of logrus tells: the kind, of whom, and in which words."""
    event = interpret(strip_envelope(text_line({"time": stamp(0), "level": "info", **fields}).encode()), 7)
    return None if event is None else (event.kind, event.uri, event.text)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"msg": "loading plugin", "id": OPT, "type": "t"}, (EventKind.LOADING, OPT, "")),
        ({"msg": "loading plugin", "id": OPT}, (EventKind.LOADING, f"{OPT}…", "")),
        ({"msg": f'loading plugin "{OPT}"...', "type": "t"}, (EventKind.LOADING, OPT, "")),
        ({"msg": f'skip loading plugin "{OPT}"...', "error": "no"}, (EventKind.SKIPPED, OPT, "no")),
        (
            {"msg": "skip loading plugin", "id": OPT, "type": "t", "error": "no"},
            (EventKind.SKIPPED, OPT, "no"),
        ),
        (
            {"msg": "failed to load plugin", "id": OPT, "type": "t", "error": "no"},
            (EventKind.FAILED, OPT, "no"),
        ),
        ({"msg": f"failed to load plugin {OPT}", "error": "no"}, (EventKind.FAILED, OPT, "no")),
        ({"msg": "starting containerd", "version": "v1"}, (EventKind.STARTING, "", "v1")),
        ({"msg": "containerd successfully booted in 0.5s"}, (EventKind.BOOTED, "", "0.5s")),
        (
            {"msg": "could not use snapshotter zfs in metadata plugin", "error": "no"},
            (EventKind.UNUSABLE, "zfs", "no"),
        ),
        ({"msg": "unknown proxy plugin type", "type": "x"}, (EventKind.PROXY, "", "x")),
        ({"msg": "Failed to run CRI", "level": "fatal"}, (EventKind.FATAL, "", "Failed to run CRI")),
        ({"msg": "loading plugin", "id": OPT, "type": "t", "runtime": "runc"}, None),
        ({"msg": "loading plugin"}, None),
        ({"msg": "Failed to run CRI", "level": "error"}, None),
        ({"msg": "serving...", "address": "/run/x"}, None),
    ],
)
def test_a_line_tells_one_fact_or_none(
    fields: dict[str, str], told: tuple[EventKind, str, str] | None
) -> None:
    """In the words of 1.x and of 2.x; a shim's plugins are not the daemon's."""
    assert fact(**fields) == told


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("containerd: no such file", EventKind.ABORTED, "no such file"),
        ("/usr/bin/containerd: no such file", EventKind.ABORTED, "no such file"),
        ("panic: it is over", EventKind.PANICKED, "it is over"),
        ("fatal error: stack overflow", EventKind.PANICKED, "stack overflow"),
        (
            "Nov 24 03:13:06 n systemd[1]: containerd.service: Main process exited, code=x",
            EventKind.EXITED,
            "code=x",
        ),
        ("Nov 24 03:13:06 n kubelet[1]: containerd: no such file", None, ""),
        ("nothing of containerd's", None, ""),
    ],
)
def test_what_goes_past_the_log_tells_an_end(line: str, kind: EventKind | None, text: str) -> None:
    """Of the daemon itself; what others say of it is theirs."""
    event = interpret(strip_envelope(line.encode()), 7)
    assert (event is None) == (kind is None)
    if event is not None:
        assert (event.kind, event.text, event.line) == (kind, text, 7)
