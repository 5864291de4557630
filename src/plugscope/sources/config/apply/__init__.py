"""TODO"""

from .catalog import ASK, config_catalog, read_config
from .choice import HINT, version_of
from .naming import Names

__all__ = [
    "ASK",
    "HINT",
    "Names",
    "config_catalog",
    "read_config",
    "version_of",
]
