"""TODO"""

from .legend import Legend
from .table import PluginTable

__all__ = [
    "Legend",
    "PluginTable",
]
