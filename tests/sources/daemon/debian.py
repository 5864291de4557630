"""Real containerds to boot: those of Debian, the installed one or out of the archive."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TIMEOUT_S = 5.0
"""For the connection and for each block: a machine without network skips, and does not wait."""

_DOWNLOAD_S = 60.0
"""For the whole of it, well within what a test may take."""

_silent: dict[str, str] = {}
"""Hosts that could not be reached, and why: no test after the first waits for them."""


@dataclass(frozen=True)
class Package:
    """A ``.deb`` of Debian's archive, which leaves the archive some day."""

    version: str
    file: str
    sha256: str


PACKAGES = {
    package.version: package
    for package in (
        Package(
            "1.4.13",
            "containerd_1.4.13~ds1-1~deb11u4_amd64.deb",
            "6384a6a2bf90dc39b22d0b21e57a3b523129b7efd80c345b041f939d8689a1e2",
        ),
        Package(
            "1.6.20",
            "containerd_1.6.20~ds1-1+deb12u3_amd64.deb",
            "8669d264eeb0fcdb4a0b1ba436ab88ec5dafde4a66e1278ec279d830db4c2216",
        ),
        Package(
            "1.7.24",
            "containerd_1.7.24~ds1-6+deb13u1_amd64.deb",
            "ed708deb96fe476a3bce4efa5c0538dfbcf717ab9a7c7944ba7260342c25899c",
        ),
        Package(
            "2.1.9",
            "containerd_2.1.9+ds1-5_amd64.deb",
            "2dda86ce7033fd612fc50e136679d8174ccad680eb29cd4611e0d2a1b84cf591",
        ),
    )
}


class Unavailable(Exception):
    """Why there is no such containerd here."""


def program(version: str, kept_in: Path) -> Path:
    """The containerd of this version: the installed one, or Debian's, unpacked in ``kept_in``.

    Raises ``Unavailable``.
    """
    installed = shutil.which("containerd")
    if installed is not None and f" {version}" in _output(installed, "--version"):
        return Path(installed)
    kept = kept_in / version / "usr" / "bin" / "containerd"
    if not kept.exists():
        _fetch(PACKAGES[version], kept_in)
    return kept


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=20).stdout


def _fetch(package: Package, kept_in: Path) -> None:
    if platform.machine() != "x86_64":
        raise Unavailable(f"Debian's containerd {package.version} is fetched for amd64 alone")
    if shutil.which("dpkg-deb") is None:
        raise Unavailable("unpacking Debian's containerd needs dpkg-deb")
    with tempfile.TemporaryDirectory(dir=kept_in) as name:
        archive, folder = Path(name, "containerd.deb"), Path(name, "root")
        data = _download(package)
        try:
            archive.write_bytes(data)
            subprocess.run(["dpkg-deb", "-x", str(archive), str(folder)], check=True, timeout=120)
        except (OSError, subprocess.SubprocessError) as error:  # a full disk
            raise Unavailable(f"Debian's containerd {package.version} cannot be unpacked: {error}") from None
        try:
            folder.rename(kept_in / package.version)
        except OSError:  # another worker was faster
            if not (kept_in / package.version).is_dir():
                raise


def _read(address: str) -> bytes:
    """Raises ``OSError``, also where it takes too long."""
    deadline = time.monotonic() + _DOWNLOAD_S
    with urllib.request.urlopen(address, timeout=_TIMEOUT_S) as answer:
        blocks: list[bytes] = []
        while block := answer.read(1 << 18):
            blocks.append(block)
            if time.monotonic() > deadline:
                raise TimeoutError(f"it takes more than {_DOWNLOAD_S:g} s")
    return b"".join(blocks)


@cache
def _mirrors() -> tuple[str, ...]:
    """Where this machine has its Debian packages from, as its own apt says."""
    if shutil.which("apt-get") is None:
        return ()
    told = _output("apt-get", "indextargets", "--format", "$(ORIGIN) $(LABEL) $(REPO_URI)")
    lines = (line.split() for line in told.splitlines())
    return tuple(dict.fromkeys(words[2] for words in lines if words[:2] == ["Debian", "Debian"]))


def _download(package: Package) -> bytes:
    reasons: list[str] = [] if _mirrors() else ["apt knows no mirror of Debian here"]
    for mirror in _mirrors():
        address = f"{mirror.rstrip('/')}/pool/main/c/containerd/{package.file}"
        host = urllib.parse.urlsplit(address).netloc
        if host in _silent:
            reasons.append(_silent[host])
            continue
        try:
            data = _read(address)
        except urllib.error.HTTPError as error:
            reasons.append(f"{address}: {error}")
        except OSError as error:
            _silent[host] = f"{host}: {error}"
            reasons.append(_silent[host])
        else:
            if hashlib.sha256(data).hexdigest() == package.sha256:
                return data
            reasons.append(f"{address}: not the file that was expected")
    raise Unavailable(f"Debian's containerd {package.version} cannot be fetched ({'; '.join(reasons)})")
