"""System libraries and programs: which are missing, what Debian calls them, and how they get installed."""

import ctypes
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from pathlib import Path

from devkit.say import DevError, say

# Library names as the loader knows them, each with the Debian package that brings it.
EVERYWHERE = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libXrender.so.1": "libxrender1",
}
ON_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
ON_WAYLAND = {
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}

# Programs that tests start, each with the Debian package that brings it.
FOR_SCENES = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool"}
FOR_TESTS = FOR_SCENES | {
    "containerd": "containerd",
    "appstreamcli": "appstream",
    "desktop-file-validate": "desktop-file-utils",
    "update-mime-database": "shared-mime-info",
}


def libraries_for_a_window(environment: Mapping[str, str]) -> dict[str, str]:
    """The libraries that Qt loads in this session: X11's and Wayland's where there is one."""
    wanted = dict(EVERYWHERE)
    if environment.get("DISPLAY"):
        wanted |= ON_X11
    if environment.get("WAYLAND_DISPLAY"):
        wanted |= ON_WAYLAND
    return wanted


def shared_python() -> dict[str, str]:
    """The interpreter as a library, which a frozen program starts with; Debian packs it apart."""
    name = sysconfig.get_config_var("INSTSONAME") or ""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {name: f"libpython{version}"} if ".so" in name else {}


def require(libraries: Mapping[str, str], packages: Iterable[str] = ()) -> None:
    """See that each library loads; install those that do not, and the other packages named, where we may.

    Raises `DevError` that names them all at once, where we may not.
    """
    if not sys.platform.startswith("linux"):
        return
    others = list(packages)
    missing = [name for name in libraries if not _loads(name)]
    wanted = list(dict.fromkeys([*(libraries[name] for name in missing), *others]))
    if not wanted or (install_packages(wanted) and all(map(_loads, missing))):
        return
    reasons = [f"Qt cannot start without these system libraries: {', '.join(missing)}."] if missing else []
    reasons += [f"Python cannot make a virtual environment without {package}." for package in others]
    raise DevError(
        "\n".join(reasons) + f"\nOn Debian or Ubuntu: sudo apt-get install {' '.join(wanted)}\n"
        "Elsewhere, install what your system calls them."
    )


def offer_programs(wanted: Mapping[str, str], why: str) -> None:
    """Install the programs that are missing, where we may; say what is left out for want of them, where not."""
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name in wanted if not _found(name)]
    if missing and not install_packages(wanted[name] for name in missing):
        packages = " ".join(dict.fromkeys(wanted[name] for name in missing))
        say(
            f"Not installed: {', '.join(missing)}. {why}\nOn Debian or Ubuntu: sudo apt-get install {packages}"
        )


def install_packages(packages: Iterable[str]) -> bool:
    """Install Debian packages without a question asked. False where that is not ours to do, or fails."""
    names = list(dict.fromkeys(packages))
    if not (sys.platform.startswith("linux") and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    say(f"Installing system packages: {' '.join(names)} …")
    if _apt("install", "--no-install-recommends", *names, quiet=True):
        return True
    # A list of packages that is missing or old is the usual reason.
    _apt("update", quiet=True)
    return _apt("install", "--no-install-recommends", *names, quiet=False)


def _apt(*arguments: str, quiet: bool) -> bool:
    """Run apt-get. The second try of an install is the one whose complaints are worth reading."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["apt-get", "--yes", "--quiet=2", "-o=Dpkg::Use-Pty=0", *arguments],
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode and not quiet:
        say(done.stdout)
    return done.returncode == 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _found(program: str) -> bool:
    """Whether a program can be started; Debian keeps some where only root's path leads."""
    return (
        any(shutil.which(program, path=path) for path in (os.environ.get("PATH"), "/usr/sbin", "/sbin"))
        or Path("/usr/bin", program).exists()
    )
