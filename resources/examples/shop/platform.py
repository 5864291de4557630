"""The platform that the shop runs on, in the words that containers use for it."""

from __future__ import annotations

import platform

from plugscope.plugin import Platform

_ARCHITECTURES = {"x86_64": "amd64", "AMD64": "amd64", "aarch64": "arm64", "ARM64": "arm64"}


def this_platform() -> Platform:
    """Such as ``linux/amd64``."""
    machine = platform.machine()
    return Platform(platform.system().lower(), _ARCHITECTURES.get(machine, machine))
