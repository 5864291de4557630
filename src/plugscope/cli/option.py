"""Arguments and options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from msgspec import Struct

SOURCE = click.argument("source", metavar="SOURCE")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
DISABLE = click.option(
    "--disable", "-d", multiple=True, metavar="URI", help="Leave this plugin out. May be given several times."
)
SEMANTICS = click.option(
    "--semantics",
    type=click.Choice(["classic", "v1", "v2.0", "v2"]),
    help="Apply another era's rules: containerd 1.0-1.2, 1.3-1.7, 2.0-2.2, 2.3 and later.",
)
TRUST = click.option(
    "--trust", is_flag=True, help="Run this Python code (in a worker process; that is no security sandbox)."
)
SELECT = click.option(
    "--select",
    "query",
    default="",
    metavar="QUERY",
    help="Only this part: a word, type:cri, status:error, id==bolt, +bolt with what it requires, bolt+ with what "
    "requires it, bolt+1 to that depth, -word without.",
)
PYTHON = click.option(
    "--python", metavar="PATH", default="", help="The Python interpreter that runs the plugins."
)


def _above_zero(most: float) -> Callable[[click.Context, click.Parameter, float], float]:
    def check(_context: click.Context, _parameter: click.Parameter, value: float) -> float:
        if not 0 < value <= most:
            raise click.BadParameter(f"{value:g} is not above 0 and at most {most:g}")
        return value

    return check


TIMEOUT = click.option(
    "--timeout",
    default=10.0,
    show_default=True,
    metavar="S",
    callback=_above_zero(86_400),
    help="Seconds that each init may take.",
)
# The worker itself takes some 20 MiB before it has imported anything.
MEMORY = click.option(
    "--memory",
    default=1024,
    show_default=True,
    metavar="MIB",
    type=click.IntRange(64, 1 << 20),
    help="Memory that the worker with the plugins may take, 64 MiB at least.",
)


CATALOG = click.option(
    "--catalog",
    default="",
    metavar="NAME",
    help="Which containerd a configuration is for, such as containerd-2.1; ask: the one on PATH.",
)
BOOT = click.option(
    "--boot",
    default=-1,
    metavar="N",
    help="Which boot of a log: counted from 1, or from the end with -1, the last.",
)
OBSERVED = click.option(
    "--observed",
    default="",
    metavar="LOG",
    help="Lay what happened, by this log, listing or running daemon (unix:///path), over what the source lets expect.",
)


class Asked(Struct, frozen=True):
    """What a verb is asked about: the source, and how to open it and which part of it to take.

    ``boot``: which boot of a log. ``observed``: a log, a listing or a daemon, of which what happened is laid over the
    source. ``catalog``: the release that a containerd configuration is for; without one, that of what was observed.
    """

    source: str
    as_json: bool = False
    semantics: str | None = None
    trust: bool = False
    python: str = ""
    catalog: str = ""
    disable: tuple[str, ...] = ()
    query: str = ""
    boot: int = -1
    observed: str = ""


def shared(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the source and the options that every verb has; those of ``Asked`` reach it as one argument."""

    @wraps(verb)
    def gathered(**options: Any) -> None:
        asked = {name: options.pop(name) for name in Asked.__struct_fields__ if name in options}
        verb(Asked(**asked), **options)

    for decorate in (CATALOG, PYTHON, TRUST, SEMANTICS, JSON, SOURCE):
        gathered = decorate(gathered)
    return gathered
