"""The commands of a developer's day, on a bare Python: `python3 packaging/dev.py --help`.

This file is read by every Python 3 there is, so that an old one gets a sentence and no traceback;
what it does is in `devkit`.
"""

import os
import shutil
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the one file that an older Python gets to read
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        newer = shutil.which(name)
        if newer and subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(newer, [newer, *sys.argv])
    sys.exit(
        "Plugscope needs Python 3.11 or later, and this is Python %d.%d. Install a newer one "  # noqa: UP031
        "(python.org, or your system's package manager) and name it: make PYTHON=/path/to/python3.12 run"
        % sys.version_info[:2]
    )

from devkit.verb import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
