"""`pack texts`: the texts of a pack for translators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from game.options import json_option, refusals
from game.shell import DOES_NOT_HOLD, Refusal

if TYPE_CHECKING:
    from game.packs import Pack


@click.command()
@click.argument("pack", metavar="PACK")
@click.option("--export", "export", metavar="LANGUAGE", help="Write or update its PO file.")
@click.option(
    "--import", "bring", nargs=2, metavar="FILE.po LANGUAGE",
    help="Check a translator's file and put it in its place.",
)  # fmt: skip
@click.option("--status", is_flag=True, help="How far each language is.")
@click.option("--count", is_flag=True, help="Count the texts instead of listing them.")
@json_option
def texts(
    pack: str,
    export: str | None,
    bring: tuple[str, str] | None,
    status: bool,
    count: bool,
    as_json: bool,
) -> None:
    """Take the texts of PACK (a folder or an id) out for translation, and back in.

    Without an option it lists the address and the words of every text. A language is named as in
    zh_CN or de; its file is texts/zh_CN.po in the pack.
    """
    if sum(map(bool, (export, bring, status, count))) > 1:
        raise click.UsageError("take one of --export, --import, --status and --count")
    with refusals():
        from game.authoring.opening import opened

        here = opened(pack, original=True)
        loaded, owner = here.pack, here.owner
        if export is not None:
            _export(loaded, owner, export)
        elif bring is not None:
            _import(loaded, owner, Path(bring[0]), bring[1])
        elif status:
            _status(loaded, owner, as_json=as_json)
        elif count:
            _count(loaded, owner, as_json=as_json)
        else:
            _list(loaded, owner, as_json=as_json)


def _language(name: str, pack: Pack, owner: str) -> str:
    from game.packs.check_texts import own_language
    from game.words import LANGUAGE

    if not LANGUAGE.match(name):
        raise Refusal(f"{name} is no language; write it like zh_CN, de or pt_BR")
    if name == own_language(pack, owner):
        raise Refusal(f"{owner} is written in {name}; there is nothing to translate")
    return name


def _export(pack: Pack, owner: str, language: str) -> None:
    from game.authoring.texts import exported, known_bytes, path_of, put
    from game.packs.guards import ReadError
    from game.packs.po import BrokenPoError

    language = _language(language, pack, owner)
    path = _writable(path_of(pack, owner, language))
    known = known_bytes(path)
    try:
        raw = exported(pack, owner, language, known)
    except (ReadError, BrokenPoError) as error:
        line = getattr(error, "line", 1)
        raise Refusal(f"{path}:{line}: {error}; mend it or move it away, then export") from error
    if raw != known:
        put(path, raw)
    click.echo(f"{path}: {_standing(pack, owner, language, raw)}")


def _import(pack: Pack, owner: str, file: Path, language: str) -> None:
    from game.authoring.texts import exported, judged_file, path_of, put
    from game.packs import render_text

    language = _language(language, pack, owner)
    if not file.is_file():
        raise Refusal(f"there is no file {file}")
    said = judged_file(pack, owner, language, file)
    for one in said:
        click.echo(render_text(one))
    path = _writable(path_of(pack, owner, language))
    if any(one.severity == "error" for one in said):
        click.echo(f"{path} was left as it was: mend the errors first")
        click.get_current_context().exit(DOES_NOT_HOLD)
    raw = exported(pack, owner, language, file.read_bytes())
    put(path, raw)
    click.echo(f"{path}: {_standing(pack, owner, language, raw)}")


def _writable(path: Path) -> Path:
    if not path.parent.parent.is_dir():
        raise Refusal(f"{path.parent.parent} is no folder; translate the folder that it is made of")
    return path


def _standing(pack: Pack, owner: str, language: str, raw: bytes) -> str:
    from game.packs.check_texts import judged

    found = judged(pack, owner, language, raw)
    parts = [f"{found.translated:,} of {found.total:,} texts translated"]
    told = (
        (found.stale, "to look at again"),
        (found.wrong, "wrong"),
        (found.too_wide, "too wide"),
    )
    parts += [f"{number:,} {what}" for number, what in told if number]
    return ", ".join(parts)


def _status(pack: Pack, owner: str, *, as_json: bool) -> None:
    from game.packs.check_texts import own_language, standings

    found = standings(pack, owner)
    if as_json:
        keys = ("language", "total", "translated", "stale", "missing", "too_wide", "wrong")
        rows = [{key: getattr(one, key) for key in keys} for one in found]
        told = {"pack": owner, "language": own_language(pack, owner), "translations": rows}
        click.echo(json.dumps(told, indent=2))
        return
    click.echo(f"{owner} is written in {own_language(pack, owner)}")
    if not found:
        click.echo("no translations; begin one with --export LANGUAGE")
        return
    click.echo(f"{'language':<12}{'texts':>8}{'translated':>12}{'stale':>8}{'missing':>9}"
               f"{'too wide':>10}{'wrong':>7}")  # fmt: skip
    for one in found:
        click.echo(f"{one.language:<12}{one.total:>8,}{one.translated:>12,}{one.stale:>8,}"
                   f"{one.missing:>9,}{one.too_wide:>10,}{one.wrong:>7,}")  # fmt: skip


def _count(pack: Pack, owner: str, *, as_json: bool) -> None:
    from game.authoring.texts import counted
    from game.packs.texts import texts_of

    counts = counted(texts_of(pack, owner))
    if as_json:
        click.echo(json.dumps(counts, indent=2))
        return
    for kind, number in counts.items():
        click.echo(f"{number:>8,}  {kind}")
    click.echo(f"{sum(counts.values()):>8,}  in all")


def _list(pack: Pack, owner: str, *, as_json: bool) -> None:
    from game.packs.diagnostics import escaped
    from game.packs.texts import texts_of

    told = texts_of(pack, owner)
    if as_json:
        rows = [{"address": one.address, "text": one.text, "fits": one.fits} for one in told]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for one in told:
        click.echo(f"{one.address}  {escaped(' '.join(one.text.split()))}")
