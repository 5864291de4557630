"""What can be opened: a text goes in; out comes a ``Catalog`` and, where the source tells it, what happened.

``recognise`` (``source``, ``target``) finds what a text names, ``recognition`` what kind of content a file or a stream
has, and ``open_source`` (``opening``) calls the reader of that kind: ``manifest``, ``config``, ``log``, ``listing``,
``daemon`` or ``shipped``; all of that is in an ``Opened``. Python code is read by ``python``, in a worker. ``observed``
turns what a log, a listing or a daemon tells into a recording, and lays it over another source (``open_over``).
``release`` knows containerd's versions, ``toml`` where in a file a value stands. What cannot be read is a
``SourceError``, with the location.

The readers are faces of their own: each is loaded when a source of its kind is opened.
"""

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
