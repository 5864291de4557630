"""What is remembered between sessions, in one JSON file in the user's configuration folder."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_MOST_RECENT = 12
_MOST_SOURCES = 50


class Settings:
    """Recent sources, trusted paths, the state of the window, and what was changed and chosen in each source.

    ``file`` is where they live; a missing or damaged file is an empty one. Values are plain JSON. Two windows may
    share the file: each writes the key that it changes, and leaves the others' as they are on disk.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._values: dict[str, Any] = {}
        self._unsaved: dict[str, Any] = {}
        self._read()

    def _read(self) -> None:
        try:
            values = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return
        if isinstance(values, dict):
            self._values = {**values, **self._unsaved}

    @classmethod
    def of_user(cls) -> Settings:
        """The settings of this user."""
        folder = os.environ.get("PLUGSCOPE_CONFIG_DIR")
        if not folder:
            import platformdirs

            folder = platformdirs.user_config_dir("plugscope", appauthor=False)
        return cls(Path(folder) / "settings.json")

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key."""
        return self._values.get(key, default)

    def put(self, key: str, value: Any) -> None:
        """Remember a value, on disk at once. That it cannot be written is no reason to stop anything."""
        if self._values.get(key) == value:
            return
        self._read()
        self._values[key] = value
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            scratch = self._file.with_suffix(".new")
            # In ASCII: a file's name may hold bytes that are no text, and they come as lone surrogates.
            scratch.write_text(json.dumps(self._values, indent=1), "utf-8")
            scratch.replace(self._file)
        except OSError:
            self._unsaved[key] = value
        else:
            self._unsaved.clear()

    @property
    def recent(self) -> list[str]:
        """The sources opened last, the newest first."""
        return self._texts("recent")

    def add_recent(self, source: str) -> None:
        """Put a source in front."""
        self._read()
        others = [known for known in self.recent if known != source]
        self.put("recent", [source, *others][:_MOST_RECENT])

    def clear_recent(self) -> None:
        """Forget the sources opened."""
        self.put("recent", [])

    def trusts(self, key: str) -> bool:
        """Whether the user said that this Python path may be run."""
        self._read()
        return key in self._texts("trusted")

    def trust(self, key: str) -> None:
        """The user trusts the code at this path (``trust_key``)."""
        self._read()
        self.put("trusted", sorted({*self._texts("trusted"), key}))

    @property
    def trusted(self) -> list[str]:
        """All trusted paths."""
        return self._texts("trusted")

    def revoke(self, key: str) -> None:
        """The user trusts it no longer."""
        self._read()
        self.put("trusted", [known for known in self._texts("trusted") if known != key])

    def overrides_in(self, source: str) -> dict[str, bool]:
        """What the user had toggled in a source when it was last open: by URI, whether it is to be disabled."""
        value = self._of_source("toggled", source)
        if not isinstance(value, dict):
            return {}
        return {uri: off for uri, off in value.items() if isinstance(off, bool)}

    def set_overrides_in(self, source: str, overrides: Mapping[str, bool]) -> None:
        """Remember what is toggled in a source; nothing, to forget it."""
        self._put_of_source("toggled", source, dict(overrides))

    def release_in(self, source: str) -> str:
        """The release that the user chose for a configuration, as ``containerd-2.1.9``; "" if none was chosen."""
        value = self._of_source("releases", source)
        return value if isinstance(value, str) else ""

    def set_release_in(self, source: str, name: str) -> None:
        """Remember the release that was chosen for a configuration; "", to forget it."""
        self._put_of_source("releases", source, name)

    def _of_source(self, key: str, source: str) -> Any:
        by_source = self.get(key, {})
        return by_source.get(source) if isinstance(by_source, dict) else None

    def _put_of_source(self, key: str, source: str, value: Any) -> None:
        """Keep what is not empty, for the sources of late."""
        by_source = self.get(key, {})
        kept = dict(by_source) if isinstance(by_source, dict) else {}
        if kept.pop(source, None) is None and not value:
            return
        if value:
            kept[source] = value
        self.put(key, dict(list(kept.items())[-_MOST_SOURCES:]))

    def _texts(self, key: str) -> list[str]:
        value = self.get(key, [])
        return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
