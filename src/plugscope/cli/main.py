"""The command line's front door."""

from __future__ import annotations

import errno
import os
import sys
from typing import TypeGuard

import click

from plugscope import __version__

from . import boot_verb, config_verb, file_verb, order_verb
from .terminal import safe

_HELP = """See what a plugin system will do when it starts, what it did, and why.

Without a verb, `plugscope [SOURCE]` opens the window; `plugscope SOURCE --observed LOG` with what happened over it.

\b
SOURCE is one of
  FILE                    a manifest in TOML, JSON or YAML, or containerd's config.toml
  package.module[:attr]   a Python module, and the registry or list in it
  path.py[:attr]          a Python file
  DIRECTORY               a Python package
  catalog:containerd-2.3  a shipped containerd release (the newest 2.3)
  example:NAME            a shipped example
  unix:///path.sock       a running containerd
  -                       standard input

\b
Try
  plugscope order catalog:containerd-2.3
  plugscope explain catalog:containerd-2.3 --disable io.containerd.metadata.v1.bolt
  plugscope replay example:shop

Exit codes: 0 fine; 1 something was found (a failure, a problem, a difference); 2 the arguments or the source
cannot be used.
"""


class _ReaderGone(Exception):
    """Whoever read standard output reads no more."""


class _Verbs(click.Group):
    """Click would end with 1 when the reader has gone, as if something had been found."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise _ReaderGone from None


@click.group(
    cls=_Verbs, help=_HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="plugscope")
def cli() -> None:
    """The group that the verbs belong to."""


for _command in (*order_verb.COMMANDS, *boot_verb.COMMANDS, *file_verb.COMMANDS, *config_verb.COMMANDS):
    cli.add_command(_command)

VERBS = frozenset(cli.commands)


def run(arguments: list[str]) -> int:
    """Run a verb; returns the exit code."""
    try:
        cli.main(args=arguments, prog_name="plugscope", standalone_mode=False)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        command = "plugscope" if context is None else context.command_path
        click.echo(f"error: {command}: {safe(error.format_message())}", err=True)
        return 2
    except click.Abort:
        return 130
    except (_ReaderGone, BrokenPipeError):
        _discard_output()
        return 0
    except Exception as error:
        if _is_of_output(error):
            _discard_output()
            click.echo(f"error: standard output: {safe(error.strerror or str(error))}", err=True)
            return 2
        if os.environ.get("PLUGSCOPE_DEBUG"):
            raise
        kind = type(error).__name__
        click.echo(
            f"error: plugscope itself failed: {kind}: {safe(str(error))} (set PLUGSCOPE_DEBUG=1 for the traceback)",
            err=True,
        )
        return 2
    except SystemExit as ended:
        return int(ended.code or 0) if isinstance(ended.code, int | None) else 2
    return 0


def _is_of_output(error: Exception) -> TypeGuard[OSError]:
    """Whether standard output takes no more. Errors of files have the file's name, and verbs tell them themselves."""
    full = (errno.ENOSPC, errno.EFBIG, errno.EIO)
    return isinstance(error, OSError) and error.filename is None and error.errno in full


def _discard_output() -> None:
    """Keep Python from complaining, when it flushes at exit, of what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
