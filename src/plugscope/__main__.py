"""``plugscope`` and ``python -m plugscope``: a verb goes to the command line, anything else to the window."""

import sys

VERBS = frozenset(("order", "predict", "replay", "explain", "check", "render", "convert", "diff", "config"))
"""What goes to the command line. They are named here a second time, for the window must not wait for its libraries."""


def main() -> None:
    """Run what the arguments ask for. The window starts without loading the command line's libraries."""
    arguments = sys.argv[1:]
    if arguments and (arguments[0] in VERBS or (arguments[0].startswith("-") and arguments[0] != "-")):
        from plugscope.cli import run

        sys.exit(run(arguments))
    from plugscope.app import start

    sys.exit(start(arguments))


if __name__ == "__main__":
    main()
