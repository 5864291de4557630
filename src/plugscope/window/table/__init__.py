"""The plugins as text: the table with its filter line, and the legend of types.

``table`` shows ``model``, which has a row for each plugin that the filter lets through; ``legend`` names the types
with their colours, and filters by them.
"""

from .legend import Legend
from .table import PluginTable

__all__ = [
    "Legend",
    "PluginTable",
]
