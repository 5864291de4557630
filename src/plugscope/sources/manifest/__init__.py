"""Manifests: the file a user writes, in TOML, JSON or YAML (docs/manifest.md, resources/schema), as a catalog and back.

``reader`` parses (``yaml_reader``; ``json_slices`` for large JSON) into the ``shape``, and ``convert`` makes the
catalog. Only when that fails is the JSON Schema asked for all that is wrong (``schema_error``, ``duplicate``), with
the line of each (``position``; ``locating`` for plugins that a daemon would refuse). ``writer`` writes a catalog as a
manifest (``toml_writer``).
"""

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
