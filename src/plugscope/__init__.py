"""Plugscope: what a plugin system will do when it starts, what it did, and why."""

__version__ = "0.1.0"
