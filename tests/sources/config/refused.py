"""Files that are no TOML, and what real daemons and libraries said to each (tests/data/toml/refused.json).

A row: ``toml``, and by release of a daemon (Debian's builds) and by version of a library the message; "" where the file
was taken. The daemons called the file ``c.toml``; a library's message is as containerd words it.
"""

from __future__ import annotations

import json
from pathlib import Path

DAEMONS = ("1.6.20", "1.7.24", "2.1.9")
LIBRARIES = {2: "go-toml 2.2.4", 3: "go-toml 2.3.0"}

ROWS: list[dict[str, str]] = json.loads(
    (Path(__file__).parents[2] / "data" / "toml" / "refused.json").read_text("utf-8")
)
