"""What the frozen `plugscope-worker` starts with: the Python that a frozen program has not.

Its first argument is the worker module to run (see `plugscope.installation.worker_command`); the rest is the module's.
"""

import runpy
import sys

if len(sys.argv) < 2 or not sys.argv[1].startswith("plugscope."):
    sys.exit("plugscope-worker is started by plugscope, with the name of a module of its own")
del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
