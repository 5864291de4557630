"""All benchmarks, one after the other, each in a process of its own; arguments name some (``order read``)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    """Run them; 1 if one of them printed a number over what the design holds it to."""
    scripts = sorted(Path(__file__).parent.glob("bench_*.py"))
    wanted = [script for script in scripts if not names or script.stem.removeprefix("bench_") in names]
    codes = [subprocess.run([sys.executable, str(script)], check=False).returncode for script in wanted]
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
