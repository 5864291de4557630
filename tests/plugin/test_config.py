"""A plugin's configuration: what the user wrote over the plugin's defaults."""

from __future__ import annotations

import enum
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from plugscope.plugin import ConfigError, Registration, decode_config


class Level(enum.StrEnum):
    LOW = "low"
    HIGH = "high"


@dataclass
class Pool:
    size: int = 4
    ratio: float = 0.5


@dataclass
class Config:
    name: str = "store"
    fast: bool = False
    pool: Pool = field(default_factory=Pool)
    tags: tuple[str, ...] = ("a",)
    where: Path = Path("/var")
    level: Level = Level.LOW
    limit: int | None = None
    mode: Literal["rw", "ro"] | None = None
    extra: dict[str, Any] = field(default_factory=lambda: {"depth": 1})


@dataclass(frozen=True, slots=True)
class Frozen:
    size: int = 1

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("size is below zero")


def test_what_is_given_lies_over_the_defaults() -> None:
    """Nested tables too; what is not given keeps its default."""
    config, unknown = decode_config(
        Config(), {"name": "big", "pool": {"size": 8}, "extra": {"depth": 2, "new": True}}
    )
    assert config == Config(name="big", pool=Pool(8, 0.5), extra={"depth": 2, "new": True})
    assert unknown == []


def test_the_default_is_never_changed() -> None:
    """Two boots of one registration start from the same defaults."""
    default = Config()
    decode_config(default, {"pool": {"size": 8}, "extra": {"depth": 9}})
    assert default == Config()
    nested = {"a": {"b": 1}}
    config, _ = decode_config(nested, {"a": {"b": 2}})
    assert (nested, config) == ({"a": {"b": 1}}, {"a": {"b": 2}})


def test_unknown_keys_are_named_and_ignored() -> None:
    """By their dotted path, as the daemon warns of them. A dict takes any key."""
    config, unknown = decode_config(Config(), {"nam": "x", "pool": {"sice": 1}})
    assert config == Config()
    assert unknown == ["nam", "pool.sice"]
    assert decode_config({"a": 1}, {"b": 2}) == ({"a": 1, "b": 2}, [])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": 3}, "name: expected str, found int 3"),
        ({"pool": 3}, "pool: expected Pool, found int 3"),
        ({"pool": {"size": "big"}}, "pool.size: expected int, found str 'big'"),
        ({"pool": {"size": True}}, "pool.size: expected int, found bool True"),
        ({"pool": {"size": 1.5}}, "pool.size: expected int, found float 1.5"),
        ({"fast": 1}, "fast: expected bool, found int 1"),
        ({"tags": "a"}, "tags: expected tuple, found str 'a'"),
        ({"level": "middle"}, "level: expected Level, found str 'middle'"),
        ({"limit": "much"}, "limit: expected int | None, found str 'much'"),
        ({"limit": True}, "limit: expected int | None, found bool True"),
        ({"extra": {"depth": "x"}}, "extra.depth: expected int, found str 'x'"),
        ({"name": {"a": 1}}, "name: expected str, found dict {'a': 1}"),
    ],
)
def test_a_value_of_another_type_is_refused(given: dict[str, Any], words: str) -> None:
    """With its path, what was expected and what was found."""
    with pytest.raises(ConfigError) as raised:
        decode_config(Config(), given)
    assert str(raised.value) == words


def test_literal_fields_take_their_values_alone() -> None:
    """A field that starts as ``None`` is judged by its annotation."""
    assert decode_config(Config(), {"mode": "ro"})[0].mode == "ro"
    with pytest.raises(ConfigError, match=r"^mode: expected .*, found str 'wo'$"):
        decode_config(Config(), {"mode": "wo"})


def test_what_a_file_cannot_spell_is_converted() -> None:
    """Lists become tuples, texts become paths and enum members, whole numbers become fractions."""
    config, _ = decode_config(
        Config(), {"tags": ["x", "y"], "where": "/srv", "level": "high", "pool": {"ratio": 1}}
    )
    assert (config.tags, config.where, config.level) == (("x", "y"), Path("/srv"), Level.HIGH)
    assert isinstance(config.pool.ratio, float)


def test_a_frozen_configuration_is_replaced_and_checked() -> None:
    """Its own check runs again, and what it says is a configuration error."""
    assert decode_config(Frozen(), {"size": 5})[0] == Frozen(5)
    with pytest.raises(ConfigError, match="size is below zero"):
        decode_config(Frozen(), {"size": -1})


@dataclass
class Locked:
    lock: Any = field(default_factory=threading.Lock)
    size: int = 1


def test_any_default_is_fine_while_nothing_is_set() -> None:
    """A default that cannot be copied, or is no table at all, matters only to who wants to change it."""
    locked, odd = Locked(), object()
    assert decode_config(locked, {})[0] is locked
    assert decode_config(odd, {})[0].__class__ is object
    with pytest.raises(ConfigError, match="cannot be copied"):
        decode_config(locked, {"size": 2})
    with pytest.raises(ConfigError, match="a default configuration is a dataclass or a dict, not int"):
        decode_config(3, {"size": 2})


def test_annotations_that_cannot_be_resolved_do_not_matter() -> None:
    """A name that the module does not have is a type nobody can check; the default's type still counts."""
    loose: Any = dataclass(type("Loose", (), {"__annotations__": {"size": "Missing"}, "size": 1}))
    assert decode_config(loose(), {"size": 2})[0].size == 2
    with pytest.raises(ConfigError):
        decode_config(loose(), {"size": "two"})


def test_a_registration_s_config_is_its_default() -> None:
    """Handed out as declared."""
    assert Registration("a", "x", config={"a": 1}).config == {"a": 1}
