"""What networkx answers: the resolved graph for other programs.

A package of its own so that networkx is loaded by whoever asks for it, and not before the first paint.
"""

from .graph import to_graphml, to_networkx

__all__ = [
    "to_graphml",
    "to_networkx",
]
