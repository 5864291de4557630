"""A containerd ``config.toml``: read, understood, applied to a release's plugins, and changed."""

from .reader import ASK, config_catalog

__all__ = ["ASK", "config_catalog"]
