"""Plugins declared in a Python module, loaded in a worker process."""

from .catalog import load_catalog

__all__ = [
    "load_catalog",
]
