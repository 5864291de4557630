"""In the child: what came of an init function, as plain values that can be sent. Nothing foreign is trusted."""

from __future__ import annotations

import traceback
from types import CoroutineType, GeneratorType
from typing import Literal

from plugscope.plugin import BootAborted, Meta, Plugin, chain, is_skip_plugin

from .message import ErrorLink, MetaReport
from .plain import text_of


def returned_by(plugin: Plugin | None) -> str:
    """The class of a plugin's instance, with its module; "" if it has none."""
    if plugin is None or plugin.err is not None:
        return ""
    kind = type(plugin.instance())
    return text_of(f"{kind.__module__}.{kind.__qualname__}", 200)


def idle_of(plugin: Plugin | None) -> list[str]:
    """A note if the init function only began: calling one that is async, or that yields, runs none of its code."""
    instance = None if plugin is None or plugin.err is not None else plugin.instance()
    if isinstance(instance, CoroutineType) and not instance.cr_suspended and instance.cr_frame is not None:
        return ["returned a coroutine that nothing awaits: none of its code has run"]
    if isinstance(instance, GeneratorType) and not instance.gi_suspended and instance.gi_frame is not None:
        return ["returned a generator that nothing has begun: none of its code has run"]
    return []


def outcome_of(error: BaseException | None) -> Literal["ok", "skip", "error"]:
    """How an init function came out that raised this, or nothing."""
    if error is None:
        return "ok"
    return "skip" if isinstance(error, Exception) and is_skip_plugin(error) else "error"


def error_text(error: BaseException | None) -> str:
    """What an error says, in a few words of ours where it says nothing; "" for none."""
    if error is None:
        return ""
    if isinstance(error, SystemExit):
        return f"called sys.exit({'' if error.code is None else text_of(error.code, 200)}): the process ends here"
    text = text_of(error)
    if isinstance(error, MemoryError):
        return f"MemoryError: {text or 'the memory limit was reached'}"
    return text or type(error).__name__


def chain_of(error: BaseException | None) -> list[ErrorLink]:
    """An error and all that it wraps, twenty at the most."""
    if error is None:
        return []
    return [ErrorLink(text_of(type(e).__name__), text_of(e)) for e in list(chain(error))[:20]]


def traceback_of(error: BaseException | None) -> str:
    """The traceback as Python prints it; "" for an end of the boot that is no fault of the code."""
    if error is None or isinstance(error, BootAborted):
        return ""
    try:
        text = "".join(traceback.format_exception(error))
    except Exception:  # it imports what it needs only now, and a plugin may have taken sys.modules apart
        text = _frames_of(error)
    return text_of(text, 20_000)


def _frames_of(error: BaseException) -> str:
    """Where the error came through, without the lines themselves."""
    lines = ["Traceback (most recent call last):"]
    frame = error.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        lines.append(f'  File "{code.co_filename}", line {frame.tb_lineno}, in {code.co_name}')
        frame = frame.tb_next
    return "\n".join([*lines, f"{type(error).__name__}: {text_of(error)}"])


def decisive_of(error: BaseException | None, raised: list[Exception | None]) -> int | None:
    """The lookup whose error the plugin's own is or wraps, the last one made if several are."""
    if error is None:
        return None
    wrapped = {id(e) for e in chain(error)}
    return next(
        (n for n in range(len(raised) - 1, -1, -1) if raised[n] is not None and id(raised[n]) in wrapped),
        None,
    )


def meta_of(meta: Meta) -> MetaReport:
    """What the plugin left in its Meta, whatever that is: it may have put anything there."""
    try:
        return MetaReport(
            [text_of(platform, 200) for platform in list(meta.platforms)[:100]],
            {text_of(k, 500): text_of(v) for k, v in list(dict(meta.exports).items())[:500]},
            [text_of(name, 500) for name in list(meta.capabilities)[:500]],
        )
    except Exception:
        return MetaReport(exports={"(unreadable)": text_of(meta, 500)})
