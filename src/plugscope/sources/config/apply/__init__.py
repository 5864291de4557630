"""TODO"""

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
