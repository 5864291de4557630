"""How long ordering takes.

With a Go toolchain (``go`` on the path, or its path in ``$GO``) the same registrations are ordered by Go's own loops,
written out in ``go/main.go``, in the same run; the two orders have to be the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.synthetic import catalog_of, chain_of
from tests.bench.table import Row, best_ms, say, show
from tests.plugin.sample import module_registrations

from plugscope.plugin import Registration, order_of

_GO = Path(__file__).parent / "go"


def main() -> int:
    """Print the table; 1 if a number is over what the design holds it to."""
    module = module_registrations()
    thousand, ten = catalog_of(1_000).registrations, catalog_of(10_000).registrations
    hundred, chain = catalog_of(100_000).registrations, chain_of(100_000).registrations
    base = best_ms(lambda: order_of(ten))
    rows = [
        Row("order, containerd/plugin's own 34", best_ms(lambda: order_of(module), inner=200), hold=0.05),
        Row("order, 1,000", best_ms(lambda: order_of(thousand), inner=10), hold=1),
        Row("order, 10,000", base, hold=12),
        Row("order, 100,000, against 10,000", best_ms(lambda: order_of(hundred), 3) / base, "x", 20),
        Row(
            "order, a chain 100,000 deep, against 10,000", best_ms(lambda: order_of(chain), 3) / base, "x", 20
        ),
    ]
    rows += _against_go({"34": module, "1,000": thousand}, {"1,000": 0.06})
    return 0 if show("Ordering", rows) else 1


def _against_go(inputs: dict[str, Sequence[Registration]], hold: dict[str, float]) -> list[Row]:
    go = os.environ.get("GO") or shutil.which("go")
    if go is None:
        say("no Go toolchain: the comparison with Go's own loops is left out")
        return []
    with tempfile.TemporaryDirectory() as folder:
        program = str(Path(folder) / "order")
        subprocess.run([go, "build", "-o", program, "."], cwd=_GO, check=True)
        rows = []
        for name, registrations in inputs.items():
            took = _go_ms(program, registrations)
            ours = best_ms(lambda given=registrations: order_of(given), inner=20)  # type: ignore[misc]
            rows.append(Row(f"order, {name}, against Go's own loops", ours / took, "x", hold.get(name, 0)))
        return rows


def _go_ms(program: str, registrations: Sequence[Registration]) -> float:
    lines = "".join(f"{' '.join((r.type, r.id, *r.requires))}\n" for r in registrations)
    done = subprocess.run([program, "500"], input=lines, capture_output=True, text=True, check=True)
    nanoseconds, *order = done.stdout.splitlines()
    expected = [registrations[position].uri for position in order_of(registrations).sequence]
    assert order == expected, "Go orders otherwise"
    return int(nanoseconds) / 1e6


if __name__ == "__main__":
    sys.exit(main())
