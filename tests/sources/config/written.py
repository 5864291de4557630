"""Configurations written into a folder that stands for a node's file system."""

from __future__ import annotations

from pathlib import Path

from plugscope.boot import Catalog, Recording, make_plan, predict
from plugscope.sources.config import config_catalog

CONFIG = "/etc/containerd/config.toml"


def write(base: Path, files: dict[str, str]) -> None:
    """Write files by their paths on the node."""
    for name, text in files.items():
        path = base / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")


def read(base: Path, release: str, text: str | dict[str, str]) -> Catalog:
    """The catalog of a release with a configuration (one file, or several by path) applied."""
    write(base, {CONFIG: text} if isinstance(text, str) else text)
    return config_catalog(base / CONFIG.lstrip("/"), f"containerd-{release}", name=CONFIG, base=base)


def boot(base: Path, release: str, text: str | dict[str, str]) -> Recording:
    """What would come of a boot with it."""
    return predict(make_plan(read(base, release, text)))


def codes(catalog: Catalog) -> dict[str, str]:
    """The diagnostics' codes, each with its place as line number or file:line."""
    return {found.code: found.location.removeprefix(f"{CONFIG}:") for found in catalog.diagnostics}


def told(catalog: Catalog, code: str) -> str:
    """The message of the first diagnostic of a code."""
    return next(found.message for found in catalog.diagnostics if found.code == code)
