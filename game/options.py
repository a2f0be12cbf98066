"""What commands share: options, and errors that are written for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from game.shell import Refusal

if TYPE_CHECKING:
    from game.packs import Diagnostic

F = TypeVar("F", bound=Callable[..., Any])
MOST_SHOWN = 5
"""Errors of a pack that are printed where the pack is only a means."""


def pack_option(command: F) -> F:
    """`--pack PACK`, on every command that needs one."""
    return click.option(
        "--pack",
        "packs",
        multiple=True,
        metavar="PACK",
        type=click.Path(path_type=Path),
        is_eager=True,
        callback=_installed,
        help="A pack to use: its folder, its .zip file, or the id of one that the game knows; "
        "what it requires comes along. May be given again.",
    )(command)


def _installed(
    _ctx: click.Context, _param: click.Parameter, given: tuple[Path, ...]
) -> tuple[Path, ...]:
    """The packs that are given, with ids of packs that the game knows as where those lie."""
    if all(len(path.parts) != 1 or path.exists() for path in given):
        return given
    from game.packs.find import find_packs

    known = find_packs()
    return tuple(path if path.exists() else known.get(str(path), path) for path in given)


def json_option(command: F) -> F:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def pack_path(name: str) -> Path:
    """Where a pack is that the command line names: its folder, or one file of it all (.zip).

    Raises:
        Refusal: there is nothing, or another file.
    """
    path = Path(name)
    if path.is_dir() or (path.suffix == ".zip" and path.is_file()):
        return path
    if not path.exists():
        raise Refusal(f"{name} is not there")
    if path.name == "pack.yaml":
        raise Refusal(f"{name} is a file; a pack is the folder that it lies in: {path.parent}")
    raise Refusal(f"{name} is a file; a pack is a folder with a pack.yaml in it, or a .zip file")


def language_option(command: F) -> F:
    """`--language`, on commands that open the game; without it a setting or the system decides."""
    return click.option(
        "--language",
        metavar="LANGUAGE",
        expose_value=False,
        callback=_language,
        help="The language of the words, like en or zh_CN.",
    )(command)


def _language(ctx: click.Context, _param: click.Parameter, name: str | None) -> None:
    """Put a language in force; packs are eager, so that theirs are known by now."""
    if not ctx.resilient_parsing:
        choose_language(name, ctx.params.get("packs", ()))


def choose_language(name: str | None, packs: Sequence[Path] = ()) -> None:
    """Put the language in force that was named, or else that of the settings or the system.

    Raises:
        Refusal: neither the game nor a pack that it knows has the language that was named.
    """
    from game.tui.settings import load_settings
    from game.words import nearest, speak, wanted

    if name is not None:
        try:
            speak(nearest(name) or name)
        except ValueError as error:
            raise Refusal(f"--language: {error}") from error
        if nearest(name) is None:
            _demand_told(name, packs)
        return
    kept = load_settings().language
    speak(kept if nearest(kept) == kept else wanted())


def _demand_told(name: str, packs: Sequence[Path]) -> None:
    """Refuse a language that no pack is told in; the game does not speak it."""
    from game.packs.contents import manifest_of
    from game.packs.diagnostics import Findings
    from game.packs.find import MANIFEST, find_packs
    from game.packs.translate import is_told_in
    from game.words import ENGLISH, languages, speak

    roots = [*packs, *find_packs().values()]
    if any(is_told_in(root, name) for root in roots):
        return
    speak(ENGLISH)
    known = set(languages())
    for root in roots:
        manifest, _ = manifest_of(root / MANIFEST, str(root), Findings())
        known.update(manifest.languages if manifest is not None else ())
    there = ", ".join([ENGLISH, *sorted(known - {ENGLISH})])
    raise Refusal(f"--language: nothing is told in {name}; there is {there}")


@contextmanager
def refusals() -> Iterator[None]:
    """Errors that are written for people, as one line or as diagnostics; status 2."""
    try:
        yield
    except (click.ClickException, BrokenPipeError):
        raise
    except OSError as error:
        # A folder that may not be entered, a full disk, a name that no system keeps: no bug.
        what = f"{error.filename}: " if error.filename else ""
        raise Refusal(f"{what}{error.strerror or error}") from error
    except Exception as error:
        from game.lab.errors import BadContentError, NotFoundError
        from game.lab.planning import PlanningError
        from game.lab.running import LostProcessError

        if isinstance(error, BadContentError):
            _show(error.diagnostics)
            count = len(error.diagnostics)
            what = "one error" if count == 1 else f"{count:,} errors"
            raise Refusal(f"{what} in what was to be read; nothing was run") from error
        if isinstance(error, (NotFoundError, PlanningError, LostProcessError)):
            raise Refusal(str(error)) from error
        raise


def _show(diagnostics: Sequence[Diagnostic]) -> None:
    from game.packs import render_text

    for one in diagnostics[:MOST_SHOWN]:
        click.echo(render_text(one), err=True)
    if len(diagnostics) > MOST_SHOWN:
        more = len(diagnostics) - MOST_SHOWN
        click.echo(f"and {more:,} more: `guiding-hand check` lists them", err=True)
