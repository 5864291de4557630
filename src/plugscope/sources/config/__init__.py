"""A containerd ``config.toml``: read, understood, applied to a release's plugins, and changed."""

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
