"""Which release a daemon may be that does not say so: told by the calls that it has.

``Server`` came with 1.3, the process id in its answer with 1.7; 1.7 then answered ``PluginInfo`` with "not
implemented", and 2.0 has it.
"""

from __future__ import annotations

from contextlib import suppress

from plugscope.plugin import Semantics
from plugscope.sources.release import ERAS, Span

from .client import DaemonClient
from .error import DaemonError, NoSuchCall

_CLASSIC, _V1, _NEWEST = ERAS[Semantics.CLASSIC], ERAS[Semantics.V1], ERAS[Semantics.V2]


def span_of(client: DaemonClient, pid: int, type_: str, id_: str) -> Span:
    """The oldest and the newest minor release that answers so. ``type_`` and ``id_`` are those of any of its plugins,
    ``pid`` is what ``Server`` answered, or 0."""
    least, most = _CLASSIC[0], _NEWEST[1]
    try:
        client.server()
        least = (1, 7) if pid else _V1[0]
    except NoSuchCall:
        return _CLASSIC
    except DaemonError:
        pass
    with suppress(DaemonError):
        try:
            client.plugin_info(type_, id_)
            least = ERAS[Semantics.V2_0][0]
        except NoSuchCall as error:
            most = _V1[1]
            least = (1, 7) if error.words.startswith("not implemented") else least
    return least, most
