"""A configuration that was read, applied to the plugins of a release: the catalog of that configuration.

``catalog`` is the main line: ``choice`` says which release the file is for, ``plugin_lists`` what it disables and
requires (``naming`` knows which plugins a name means), ``proxy`` what it adds. Then each entry gets its settings in
force (``effective``) and directories, and ``effect`` changes its lookups and outcome where a setting
does (``cri``: what CRI refuses). ``listener`` finds addresses that end the boot once all plugins are up.
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
