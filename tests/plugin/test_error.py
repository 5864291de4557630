"""Errors keep their nature through wrapping."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plugscope.plugin import (
    CircularDependencyError,
    IDRegisteredError,
    InvalidRequiresError,
    MultipleInstancesError,
    NoPluginIDError,
    NoTypeError,
    PluginError,
    PluginInitializedError,
    PluginNotFoundError,
    SkipPlugin,
    chain,
    is_not_found,
    is_skip_plugin,
)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoTypeError, "plugin: no type"),
        (NoPluginIDError, "plugin: no id"),
        (SkipPlugin, "skip plugin"),
        (InvalidRequiresError, "invalid requires"),
        (IDRegisteredError, "plugin: id already registered"),
        (PluginInitializedError, "plugin: already initialized"),
        (PluginNotFoundError, "plugin: not found"),
        (MultipleInstancesError, "plugin: multiple instances"),
        (CircularDependencyError, "plugin: dependency loop detected"),
    ],
)
def test_each_error_has_the_words_of_its_go_variable(error: type[PluginError], words: str) -> None:
    """One class an error variable, under one root, with its text as class attribute and default message."""
    assert issubclass(error, PluginError)
    assert error.text == words
    assert str(error()) == words


def test_a_skip_says_why_in_go_s_order() -> None:
    """The reason first, then the words; a reason that has the words already is left alone."""
    assert str(SkipPlugin("no zfs here")) == "no zfs here: skip plugin"
    assert str(SkipPlugin("zfs: skip plugin")) == "zfs: skip plugin"


def explicit() -> Exception:
    try:
        raise SkipPlugin("no zfs")
    except SkipPlugin as skip:
        try:
            raise RuntimeError("cannot start") from skip
        except RuntimeError as wrapped:
            return wrapped


def implicit() -> Exception:
    try:
        raise SkipPlugin("no zfs")
    except SkipPlugin:
        try:
            raise RuntimeError("cannot start")
        except RuntimeError as wrapped:
            return wrapped


def deep() -> Exception:
    try:
        raise ValueError("outer") from explicit()
    except ValueError as outer:
        return outer


def denied() -> Exception:
    try:
        raise SkipPlugin("no zfs")
    except SkipPlugin:
        try:
            raise RuntimeError("cannot start") from None
        except RuntimeError as cut:
            return cut


@pytest.mark.parametrize("make", [SkipPlugin, explicit, implicit, deep])
def test_a_wrapped_skip_is_a_skip(make: Callable[[], Exception]) -> None:
    """Through ``raise … from``, through an except block, and through both."""
    assert is_skip_plugin(make())


def test_from_none_cuts_the_chain() -> None:
    """Who says ``from None`` means that the cause is none of the caller's business."""
    assert not is_skip_plugin(denied())
    assert [type(e) for e in chain(denied())] == [RuntimeError]


def test_no_error_is_no_skip_and_nothing_missing() -> None:
    """``None`` is what a plugin that came up has for an error."""
    assert not is_skip_plugin(None)
    assert not is_not_found(None)


def test_a_chain_that_bites_its_tail_ends() -> None:
    """Exceptions can be tied into a ring by hand."""
    one, two = RuntimeError("one"), RuntimeError("two")
    one.__cause__, two.__cause__ = two, one
    assert list(chain(one)) == [one, two]
    assert not is_not_found(one)


def test_not_found_is_seen_through_wrapping() -> None:
    """The nature that containerd's plugins test for."""
    outer = RuntimeError("no store")
    outer.__cause__ = PluginNotFoundError("no plugins registered for t: plugin: not found")
    assert is_not_found(outer)
    assert not is_skip_plugin(outer)


def test_a_ring_names_where_it_closes() -> None:
    """The first URI is the plugin that was on the stack already, as in Go's text."""
    error = CircularDependencyError(cycle=("a.x", "b.y"))
    assert str(error).startswith("circular plugin dependency at a.x: plugin: dependency loop detected")
    assert str(error).endswith("(a.x -> b.y -> a.x)")
