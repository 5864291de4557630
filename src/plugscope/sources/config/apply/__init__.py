"""What a configuration does to a release's catalog: lists, proxies, settings, and where it ends the boot.

``catalog`` puts it together from ``plugin_lists``, ``proxy``, ``effect`` (with ``cri``) and ``listener``; ``choice``
finds the release that a file is for, ``naming`` what its names mean to that release.
"""

from .catalog import ASK, config_catalog, read_config
from .choice import version_of
from .naming import Names

__all__ = [
    "ASK",
    "Names",
    "config_catalog",
    "read_config",
    "version_of",
]
