"""A containerd ``config.toml``: read, understood, applied to a release's plugins, and changed."""

from plugscope.sources.recognition import looks_like_config

from .change import ChangeRefused, Naming, change_disabled, naming_of, snippet, written
from .proposal import Proposal, propose, release_of
from .reader import ASK, config_catalog, read_config
from .release import Release

__all__ = [
    "ASK",
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
