"""A containerd ``config.toml``: a file goes in, a release's catalog with the file applied to it comes out.

``read`` reads the file and its imports as the release would (``gotoml``: what its TOML library refuses), ``apply``
chooses the release and changes its catalog accordingly, and ``edit`` writes what was toggled back into the text.
"""

from plugscope.sources.recognition import looks_like_config
from plugscope.sources.release import Release

from .apply import ASK, config_catalog, read_config
from .edit import (
    ChangeRefused,
    Naming,
    Proposal,
    change_disabled,
    naming_of,
    propose,
    release_of,
    snippet,
    written,
)
from .read import MOST_BYTES

__all__ = [
    "ASK",
    "MOST_BYTES",
    "ChangeRefused",
    "Naming",
    "Proposal",
    "Release",
    "change_disabled",
    "config_catalog",
    "looks_like_config",
    "naming_of",
    "propose",
    "read_config",
    "release_of",
    "snippet",
    "written",
]
