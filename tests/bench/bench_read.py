"""How long reading a manifest of 100,000 registrations takes, against parsing its text alone."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.synthetic import catalog_of
from tests.bench.table import Row, best_ms, show

from plugscope.sources.manifest import read_manifest, write_manifest


def main() -> int:
    """Print the table; 1 if a number is over what the design holds it to."""
    # The catalog itself is let go: the collector would count it while the text is parsed.
    data = write_manifest(catalog_of(100_000), "json").encode()
    parse = best_ms(lambda: json.loads(data), 5)
    read = best_ms(lambda: read_manifest(data, "json", "bench"), 5)
    rows = [
        Row("json.loads, 100,000 registrations", parse),
        Row("read a JSON manifest of 100,000", read),
        Row("read a JSON manifest of 100,000, against json.loads", read / parse, "x", 3),
    ]
    text = write_manifest(catalog_of(10_000), "toml")
    parse = best_ms(lambda: tomllib.loads(text), 3)
    read = best_ms(lambda: read_manifest(text.encode(), "toml", "bench"), 3)
    rows.append(Row("read a TOML manifest of 10,000, against tomllib", read / parse, "x"))
    catalog = catalog_of(100_000)
    rows.append(Row("write a JSON manifest of 100,000", best_ms(lambda: write_manifest(catalog, "json"), 3)))
    rows.append(Row("write a TOML manifest of 100,000", best_ms(lambda: write_manifest(catalog, "toml"), 3)))
    return 0 if show("Reading", rows) else 1


if __name__ == "__main__":
    sys.exit(main())
