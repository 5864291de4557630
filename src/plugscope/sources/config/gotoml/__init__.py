"""What the TOML libraries of containerd refuse, and in which words.

They are not the standard's: go-toml 1.x takes what is no TOML and refuses what is, and each words a fault its own way
at its own place. So each is read as it reads itself, which finds where it stops and why: ``v1_error`` is go-toml
1.x (containerd 1.5 to 1.7), ``v2_error`` go-toml 2.x (2.0 and newer). Builds in use have two patches of the one
and three minors of the other.
"""

from .toml_error import TomlError, v1_error, v2_error
from .v2_parser import Reads

__all__ = [
    "Reads",
    "TomlError",
    "v1_error",
    "v2_error",
]
