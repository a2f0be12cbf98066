"""Inputs that mean harm, made from a seed: bytes, YAML, rules, zip files, PO files, whole packs.

Each kind has a `try_` that gives one input to the code that meets it in the game. It returns
whether the input was taken; what it raises is a fault. `python -m tests.packs.fuzz 100000` runs
many and tells how long they took and which took longest.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from game.packs import load_pack, load_packs, render_text, to_json
from game.packs.archive import archive_of
from game.packs.guards import LARGEST_FILE, ReadError, decoded
from game.packs.locate import comments_cut, first_of_twice, locate
from game.packs.po import BrokenPoError, read_messages
from game.packs.reader import read
from game.rules import RuleError, Vocabulary, bounds, check
from tests.packs.factory import TINY, write_files, write_pack
from tests.packs.zips import tiny_pieces, zipped

HANG = 60
"""Seconds after which an input counts as one that never ends."""

YAML_WORDS = [
    "&a ", "*a", "<<: ", "!!python/object/apply:os.system ", "? ", "- ", "[", "{", "]", "}",
    "|\n", ">-\n", "'", '"', ": ", "#", " #x", "%YAML 1.1\n", "---\n", "...\n", "\t", "\r",
    "\x00", "\x1b[2J", "\u202e", "\u2028", "\ufeff", "\x85", "\ud7ff", "1e999", "0x", "1_000",
    ".inf", ".nan", "2024-13-45", "12:30", "null", "true", "~", "__class__", "__proto__", "id: ",
    "change: tiny/long-rain", "remove: x/y", "former_ids: [long-rain]", "[@click=app.quit]",
    "{governor}", "{0.__class__}", "%s", "\\", "\U0001f600", "999999999999999999", "-0.0",
    "1e308", "requires: [tiny]", "format: 2", "e\u0301", "=", "- - - ",
]  # fmt: skip
RULE_WORDS = [
    "demand", "capacity[wool]", "sum(", "mean(", "if", "else", "and", "or", "not", "(", ")", "[",
    "]", "+", "-", "*", "/", "**", "^", "<", ">=", "==", "=", "!=", ",", ".", "1", "0", "1e308",
    "1e-320", "50%", "99" * 40, 'flag("a.b")', 'fired("long-rain")', "previous(", "change(",
    "div(1, 0, 2)", "clamp(", "support.schools", "__import__", "().__class__", "lambda: 0",
    "\x00", "\u202e", "'", '"', "\\", "{", "}", "balance.growth", "after.gdp", "year", "ramp(",
    "sqrt(", "-" * 30, "(" * 30, "not " * 30, "x" * 300, "\u0661", "\uff11",
]  # fmt: skip
PO_WORDS = [
    'msgid "', 'msgstr "', 'msgctxt "', "msgid_plural", "msgstr[0]", "msgstr[99999999]", '"',
    "\\", "\\n", "\n", "#, fuzzy\n", "#| ", "#~ ", "#: a:1\n", "#",
    "Plural-Forms: nplurals=9999999; plural=n;\\n", "Content-Type: text/plain; charset=utf-7\\n",
    "charset=idna", "\x00", "\x1b[2J", "\u202e", "\ufeff", "{a}", "Language: xx\\n",
    "POT-Creation-Date: 9999-99-99\\n", "\u2068", "\u2069",
]  # fmt: skip
PO = (
    'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    "#: a.yaml:3\n"
    'msgctxt "event/long-rain:title"\nmsgid "Long rain"\nmsgstr "Langer Regen"\n\n#, fuzzy\n'
    '#| msgid "Old"\nmsgctxt "event/x:text"\nmsgid "Two\\n"\n"lines"\nmsgstr "Zwei\\n"\n"Zeilen"\n'
)


def mangled(luck: random.Random, raw: bytes, words: list[str]) -> bytes:
    """Bytes after one to six harms: cut, doubled, moved, overwritten, or a word put in."""
    for _ in range(luck.choice((1, 1, 1, 2, 3, 6))):
        start = luck.randint(0, len(raw))
        end = min(len(raw), start + luck.choice((0, 1, 1, 4, 40)))
        word = luck.choice(words).encode("utf-8", "surrogatepass")
        match luck.randrange(7):
            case 0:
                raw = raw[:start] + raw[end:]
            case 1:
                raw = raw[:end] + raw[start:end] * luck.choice((1, 2, 50)) + raw[end:]
            case 2:
                raw = raw[:start] + bytes([luck.randrange(256)]) + raw[end:]
            case 3:
                raw = raw[:start] + luck.randbytes(end - start) + raw[end:]
            case 4:
                raw = raw[:start] + word * luck.choice((1, 1, 2, 400)) + raw[end:]
            case 5:
                to = luck.randint(0, len(raw))
                raw = raw[:to] + raw[start:end] + raw[to:]
            case _:
                raw = raw[:start] + word + raw[end:]
    return raw[: LARGEST_FILE + 1]


def try_bytes(luck: random.Random) -> bool:
    """Bytes that may be anything, as a file of a pack."""
    alphabet = "".join(YAML_WORDS) if luck.random() < 0.5 else "[]{}:,-'\"|>&*!?#% \n\tab01"
    size = luck.choice((0, 1, 8, 60, 400))
    text = "".join(luck.choices(alphabet, k=size)).encode("utf-8", "surrogatepass")
    return _read(text if luck.random() < 0.8 else luck.randbytes(size))


def try_yaml(luck: random.Random) -> bool:
    """A good file, damaged."""
    return _read(mangled(luck, luck.choice(list(TINY.values())).encode(), YAML_WORDS))


def _read(raw: bytes) -> bool:
    try:
        data = read(raw)
    except ReadError as refusal:
        _must(refusal.found.message.isprintable())
        with contextlib.suppress(ReadError):
            locate(decoded(raw))
            first_of_twice(decoded(raw))
        return False
    text = decoded(raw)
    locate(text)
    comments_cut(text)
    json.dumps(data)
    return True


def try_rule(luck: random.Random, vocabulary: Vocabulary) -> bool:
    """Words of the rule language in any order, or a good rule damaged."""
    text = " ".join(luck.choices(RULE_WORDS, k=luck.choice((1, 3, 8, 20, 80))))
    if luck.random() < 0.6:
        good = (
            'clamp(demand / capacity, 0.2, 1) if previous(gdp) > 400 and not flag("a.b") else 50%'
        )
        text = mangled(luck, good.encode(), RULE_WORDS).decode("utf-8", "replace")[:2_000]
    try:
        found = check(
            text, vocabulary, scope=luck.choice(("nation", "sector", "region")), want="either"
        )
    except RuleError as error:
        _must(0 <= error.start <= error.end <= len(text) + 1)
        return False
    low, high = bounds(found, vocabulary)
    assert low <= high
    return True


def try_zip(luck: random.Random) -> bool:
    """A zip file, damaged, read to its last member."""
    raw = mangled(luck, luck.choice(_zips()), ["PK\1\2", "PK\3\4", "PK\5\6", "\xff", "../", "\x00"])
    archive = archive_of(raw)
    for refusal in archive.refusals:
        assert refusal.message.isprintable()
    for name in archive.members:
        with contextlib.suppress(OSError):
            assert len(archive.read(name, 100_000)) <= 100_000
    return not archive.refusals


def try_po(luck: random.Random) -> bool:
    """A translation, damaged."""
    try:
        read_messages(mangled(luck, PO.encode(), PO_WORDS))
    except (BrokenPoError, ReadError):
        return False
    return True


def try_pack(luck: random.Random) -> bool:
    """A pack with one to three files damaged, loaded, checked and told of."""
    files = dict(TINY)
    with tempfile.TemporaryDirectory() as folder:
        pack = write_files(Path(folder) / "tiny", files)
        for inside in luck.sample(sorted(files), luck.choice((1, 1, 3))):
            raw = mangled(luck, files[inside].encode(), [*YAML_WORDS, *RULE_WORDS])
            (pack / inside).write_bytes(raw)
        loaded = load_packs([pack], use_cache=False)
        for one in loaded.diagnostics:
            shown = render_text(one)
            assert all(line.isprintable() for line in shown.split("\n"))
            assert len(shown) < 3_000
            json.dumps(to_json(one))
        assert loaded.ok or any(one.severity == "error" for one in loaded.diagnostics)
        return loaded.ok


def _must(holds: bool) -> None:
    assert holds


def _zips() -> list[bytes]:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in list(TINY.items())[:4]:
            packed.writestr(f"tiny/{name}", text)
    return [zipped(tiny_pieces()[:6]), file.getvalue(), zipped([])]


@dataclass
class Tally:
    """What came of many inputs: how many of each kind were taken, and the slowest of all."""

    tried: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str, int] = (0.0, "", 0)


SHARES = {"bytes": 30, "yaml": 30, "rule": 15, "zip": 14, "po": 6, "pack": 5}
"""Of a hundred inputs, how many of each kind."""


def run(count: int, seed: int = 1) -> Tally:
    """Try many inputs; input `n` of a seed is the same whatever the count.

    Raises:
        AssertionError: one raised, hung or was told in words that cannot be shown; it is named.
    """
    with tempfile.TemporaryDirectory() as folder:
        vocabulary = load_pack(write_pack(Path(folder) / "tiny")).vocabulary
    tries: dict[str, Callable[[random.Random], bool]] = {
        "bytes": try_bytes,
        "yaml": try_yaml,
        "rule": lambda luck: try_rule(luck, vocabulary),
        "zip": try_zip,
        "po": try_po,
        "pack": try_pack,
    }
    tally = Tally()
    for number in range(count):
        luck = random.Random(f"{seed}:{number}")
        kind = luck.choices(list(SHARES), list(SHARES.values()))[0]
        began = time.process_time()
        try:
            with not_for_ever():
                tally.taken[kind] += tries[kind](luck)
        except BaseException as error:
            raise AssertionError(f"input {number} of seed {seed} ({kind})") from error
        tally.tried[kind] += 1
        tally.slowest = max(tally.slowest, (time.process_time() - began, kind, number))
    return tally


@contextlib.contextmanager
def not_for_ever() -> Iterator[None]:
    """Stop what takes so long that it would never end."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    signal.alarm(HANG)
    try:
        yield
    finally:
        signal.alarm(0)


def main() -> None:
    """Run as many as the command line says and tell what came of them."""
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    began = time.process_time()
    tally = run(count, seed)
    seconds, kind, number = tally.slowest
    print(f"{count:,} inputs in {time.process_time() - began:.0f} s of computing, seed {seed}")
    print(", ".join(f"{name} {tally.taken[name]:,}/{n:,} taken" for name, n in tally.tried.items()))
    print(f"slowest: input {number} ({kind}), {seconds:.3f} s")


if __name__ == "__main__":
    main()
