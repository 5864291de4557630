"""What can be opened: one module a kind of source, each returns a Catalog."""

from .error import NothingTold, SourceError
from .opening import Opened, Reading, Stdin, locate_refused, open_over, open_source, standard_input
from .runnable import functions_target, is_runnable
from .shipped import Example, catalog_names, containerd_facts, example_names, examples
from .source import Kind, Source, recognise
from .target import is_findable, trust_key

__all__ = [
    "Example",
    "Kind",
    "NothingTold",
    "Opened",
    "Reading",
    "Source",
    "SourceError",
    "Stdin",
    "catalog_names",
    "containerd_facts",
    "example_names",
    "examples",
    "functions_target",
    "is_findable",
    "is_runnable",
    "locate_refused",
    "open_over",
    "open_source",
    "recognise",
    "standard_input",
    "trust_key",
]
