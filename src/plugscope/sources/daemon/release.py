"""Which release a daemon may be that does not say so: told by the calls that it has.

``Server`` came with 1.3, the process id in its answer with 1.7; 1.7 then answered ``PluginInfo`` with "not
implemented", and 2.0 has it.
"""

from __future__ import annotations

from contextlib import suppress

from plugscope.sources.observed import Span

from .client import DaemonClient
from .error import DaemonError, NoSuchCall

_OLDEST, _NEWEST = (1, 0), (99, 0)


def span_of(client: DaemonClient, pid: int, type_: str, id_: str) -> Span:
    """The oldest and the newest minor release that answers so. ``type_`` and ``id_`` are those of any of its plugins,
    ``pid`` is what ``Server`` answered, or 0."""
    least, most = _OLDEST, _NEWEST
    try:
        client.server()
        least = (1, 7) if pid else (1, 3)
    except NoSuchCall:
        return _OLDEST, (1, 2)
    except DaemonError:
        pass
    with suppress(DaemonError):
        try:
            client.plugin_info(type_, id_)
            least = (2, 0)
        except NoSuchCall as error:
            most = (1, 7)
            least = (1, 7) if error.words.startswith("not implemented") else least
    return least, most
