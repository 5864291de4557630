"""What can be opened: one module a kind of source, each returns a Catalog."""

from .error import NothingTold, SourceError
from .opening import (
    Kind,
    Source,
    Stdin,
    functions_target,
    is_runnable,
    locate_refused,
    read_content,
    recognise,
    standard_input,
)
from .shipped import catalog_names, example_names
from .target import is_findable, trust_key

__all__ = [
    "Kind",
    "NothingTold",
    "Source",
    "SourceError",
    "Stdin",
    "catalog_names",
    "example_names",
    "functions_target",
    "is_findable",
    "is_runnable",
    "locate_refused",
    "read_content",
    "recognise",
    "standard_input",
    "trust_key",
]
