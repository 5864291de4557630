"""Which boots a log tells of."""

from __future__ import annotations

from io import BytesIO

import pytest
from tests.sources.log.capture import log_of

from plugscope.sources import SourceError
from plugscope.sources.boot_log import EventKind
from plugscope.sources.log import read_log
from plugscope.sources.log.boots import KEPT, Boots, split
from plugscope.sources.log.reading import read_events


def _boots(text: str) -> Boots:
    return split(read_events([text.encode()]))


def _line(second: int, words: str) -> str:
    return f'time="2026-11-24T03:13:{second:02}.100000000Z" level=info {words}\n'


def _boot(second: int) -> str:
    name = "io.containerd.content.v1.content"
    return _line(second, 'msg="starting containerd" version=v2.0.11') + _line(
        second + 1, f'msg="loading plugin" id={name} type=io.containerd.content.v1'
    )


def test_the_last_boot_is_chosen() -> None:
    """Without a wish the last one; with one that boot, counted from either end."""
    data = log_of("1.6.20/restart-ok-then-abort")
    assert read_log(BytesIO(data), "x").number == 2
    assert read_log(BytesIO(data), "x", 1).number == 1
    assert read_log(BytesIO(data), "x", -2).number == 1
    with pytest.raises(SourceError, match="there is no boot 3: the log tells of 2"):
        read_log(BytesIO(data), "x", 3)


def test_a_crash_loop_keeps_the_last_boots() -> None:
    """A thousand boots are counted; the last are kept."""
    boots = _boots("".join(_boot(n % 50) for n in range(1000)))
    assert boots.count == 1000
    assert [boot.number for boot in boots.kept] == list(range(1000 - KEPT + 1, 1001))


def test_newest_first_is_noticed() -> None:
    """journalctl -r: the clock runs backwards, and the first boot of the file is the last."""
    text = "".join(reversed((_boot(1) + _boot(11)).splitlines(keepends=True)))
    boots = _boots(text)
    assert boots.newest_first
    assert [boot.time[17:19] for boot in boots.kept] == ["01", "11"]


def test_two_daemons_at_once_are_kept_apart() -> None:
    """A daemon of Docker's beside another: each line names its process."""
    ours, theirs = _boot(1).splitlines(), _boot(2).splitlines()
    text = "".join(
        f"Nov 24 03:13:06 node1 containerd[7]: {a}\nNov 24 03:13:06 node1 dockerd[8]: {b}\n"
        for a, b in zip(ours, theirs, strict=True)
    )
    assert [len(boot.events) for boot in _boots(text).kept] == [2, 2]


def test_an_end_before_any_start_is_a_boot_of_its_own() -> None:
    """A configuration that cannot be read ends the daemon before it says that it starts."""
    boots = _boots(_boot(1) + "containerd: failed to load TOML: /etc/containerd/config.toml: bad\n")
    assert boots.count == 2
    assert boots.kept[-1].has(EventKind.ABORTED)


def test_another_programs_panic_is_no_boot() -> None:
    """Only containerd's own end counts."""
    text = "Nov 24 03:13:06 node1 kubelet[9]: panic: nothing to do with it\nkernel: panic: x\n"
    assert _boots(_boot(1) + "Nov 24 03:13:06 node1 kubelet[9]: panic: no\n").count == 1
    assert not any(boot.has(EventKind.LOADING) for boot in _boots(text).kept)


def test_times_of_another_precision_do_not_turn_a_log_round() -> None:
    """Lines that are written before the log's format is set have whole seconds: as text, Z is behind any fraction."""
    log = (
        b'time="2026-11-24T03:13:06Z" level=info msg="starting containerd" version=2.0.1\n'
        b'time="2026-11-24T03:13:06.462857543Z" level=warning msg="failed to load plugin" error=x id=a.v1.b type=a.v1\n'
    )
    read = read_log(BytesIO(log), "x.log")
    assert not read.boots.newest_first
    assert [step.uri for step in read.recording.failures()] == ["a.v1.b"]


def test_a_name_without_a_type_is_no_plugin() -> None:
    """It spoils nothing of what the others tell."""
    log = (
        b'time="2026-11-24T03:13:06.462857541Z" level=warning msg="failed to load plugin" error=x id=@SUM type=a.v1\n'
        b'time="2026-11-24T03:13:06.462857543Z" level=warning msg="failed to load plugin" error=x id=a.v1.b type=a.v1\n'
    )
    assert [step.uri for step in read_log(BytesIO(log), "x.log").recording.failures()] == ["a.v1.b"]
