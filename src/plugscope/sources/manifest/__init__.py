"""Manifests: the config a user writes, in TOML, JSON or YAML (docs/manifest.md, resources/schema)."""

from .reader import FORMATS, read_manifest
from .writer import write_manifest

__all__ = ["FORMATS", "read_manifest", "write_manifest"]
