"""One plain connection before gRPC's, whose own errors do not tell a missing socket from a forbidden one."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

from .error import DaemonError

_ABSENT = "no such socket; is the daemon running, and is this its address?"


def probe(path: str, timeout: float) -> None:
    """Connect and hang up. ``timeout`` in seconds. Raises ``DaemonError``."""
    if not path:
        raise DaemonError("no path; a daemon's address reads unix:///run/containerd/containerd.sock")
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        raise DaemonError(_ABSENT) from None
    except PermissionError:
        raise DaemonError("permission denied on the way to the socket; run as root or with sudo") from None
    except (OSError, ValueError) as error:
        raise DaemonError(f"not a usable path: {_words(error)}") from None
    if not stat.S_ISSOCK(mode):
        raise DaemonError("that is no socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as plain:
        plain.settimeout(timeout)
        try:
            plain.connect(path)
        except FileNotFoundError:  # gone since
            raise DaemonError(_ABSENT) from None
        except PermissionError:
            raise DaemonError(_forbidden(path)) from None
        except ConnectionRefusedError:
            raise DaemonError("nothing listens on it: the daemon has ended") from None
        except (TimeoutError, BlockingIOError):
            raise DaemonError("it takes no more connections: whoever listens there hangs") from None
        except OSError as error:
            raise DaemonError(f"not a usable path: {_words(error)}") from None


def _words(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else "") or str(error)


def _forbidden(path: str) -> str:
    import grp  # there is none on Windows

    group = Path(path).stat().st_gid
    try:
        name = grp.getgrgid(group).gr_name
    except KeyError:
        name = str(group)
    if group == 0:
        return (
            "permission denied: only root may use it; run with sudo, or give the socket a group in the config "
            "([grpc] gid)"
        )
    return f"permission denied: join the group {name} to use it, or run with sudo"
