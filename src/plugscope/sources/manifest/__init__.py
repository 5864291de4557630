"""Manifests: the config a user writes, in TOML, JSON or YAML (docs/manifest.md, resources/schema)."""

from .convert import to_shape
from .locating import locate
from .reader import FORMATS, as_text, looks_like_manifest, plain, read_manifest
from .writer import write_manifest

__all__ = [
    "FORMATS",
    "as_text",
    "locate",
    "looks_like_manifest",
    "plain",
    "read_manifest",
    "to_shape",
    "write_manifest",
]
