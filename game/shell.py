"""How the command line ends: one line for people, a status for scripts, a file for bugs.

Status 0 is done, 1 that the thing checked does not hold, 2 wrong usage or unreadable input, 70 a
bug, 130 an interrupt, 141 that nobody reads the output any more.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import IO, Any, NoReturn

import click

DOES_NOT_HOLD = 1
REFUSED = 2
BUG = 70
INTERRUPTED = 130
NOBODY_READS = 141
PROGRAM = "guiding-hand"
LONGEST = 600
"""Characters of a line; what is repeated of a command line may be longer than a screen."""


def version() -> str:
    """The version of the game; nothing where it runs from its source."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed(PROGRAM)
    except PackageNotFoundError:
        return ""


class Refusal(click.ClickException):
    """Something that cannot be done as asked: what, where, what to do, in one line."""

    exit_code = REFUSED

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        _say(self.format_message())


class Commands(click.Group):
    """A group whose commands may live in modules that are imported only when they are called.

    Args:
        lazy: for the name of a command, `module:attribute` and its line in the help.
    """

    def __init__(
        self, *args: Any, lazy: dict[str, tuple[str, str]] | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, imported now if it lives elsewhere."""
        if cmd_name in self.lazy:
            module, _, attribute = self.lazy[cmd_name][0].partition(":")
            found: click.Command = getattr(importlib.import_module(module), attribute)
            return found
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; where there is none, the refusal says what is near."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from game.rules import suggest

            near = suggest(args[0], self.list_commands(ctx))
            if near is None or "Did you mean" in error.message:
                raise
            told = f"{error.message} Did you mean '{near}'?"
            raise click.UsageError(told, ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        rows = []
        for name in self.list_commands(ctx):
            if name in self.lazy:
                rows.append((name, self.lazy[name][1]))
            elif (command := super().get_command(ctx, name)) is not None:
                rows.append((name, command.get_short_help_str(limit=60)))
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and end the process with a status and at most one line."""
        prog_name = prog_name or PROGRAM
        if not standalone_mode:
            return super().main(args, prog_name, standalone_mode=False, **extra)
        _write_anything()
        try:
            code = super().main(args, prog_name, standalone_mode=False, **extra)
            if sys.stdout is not None:
                sys.stdout.flush()
        except click.Abort:
            _leave(INTERRUPTED)
        except click.UsageError as error:
            _usage(error)
        except click.ClickException as error:
            error.show()
            _leave(error.exit_code)
        except BrokenPipeError:
            _nobody_reads()
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                _say("the disk is full; the output could not be written")
                _leave(REFUSED)
            _bug(error)
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click would take a closed pipe for a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _nobody_reads()


def _usage(error: click.UsageError) -> NoReturn:
    command = error.ctx.command_path if error.ctx is not None else PROGRAM
    _say(f"{error.format_message()} (`{command} --help` tells more)", command)
    _leave(REFUSED)


def _say(text: str, command: str = PROGRAM) -> None:
    line = " ".join(text[:LONGEST].split())
    # What is repeated of a name or a file could hold what a terminal acts on.
    shown = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in line)
    click.echo(f"{command}: {shown}", err=True)


def _write_anything() -> None:
    """Write out what the terminal's or the file's encoding cannot show, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _nobody_reads() -> NoReturn:
    # Python flushes stdout once more on its way out, and would complain.
    sink = os.open(os.devnull, os.O_WRONLY)
    with contextlib.suppress(OSError, ValueError):
        os.dup2(sink, sys.stdout.fileno())
    _leave(NOBODY_READS)


def _leave(code: int) -> NoReturn:
    sys.exit(code)


def _bug(error: Exception) -> NoReturn:
    """Leave what is known of a bug in a file, and say where in one line."""
    from game.crash import write_crash_file

    try:
        place = f"what is known of it is in {write_crash_file(error)}"
    except OSError as trouble:
        place = f"no file could be written about it ({trouble.strerror or trouble})"
    _say(f"this is a bug ({type(error).__name__}: {error}); {place}")
    _leave(BUG)
