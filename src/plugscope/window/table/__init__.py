"""The panel with all plugins in a table, and the legend of their types."""

from .legend import Legend
from .table import PluginTable

__all__ = [
    "Legend",
    "PluginTable",
]
