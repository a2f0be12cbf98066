"""The ids that a pack may name: its own and those of the packs that it requires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from game.packs.contents import content_of
from game.packs.diagnostics import Findings
from game.packs.fields import Kind, Memory
from game.packs.find import files_of
from game.packs.merge import Merged, merged
from game.packs.resolve import resolved
from game.packs.schema import Indicator, InstrumentEntry
from game.packs.schema_model import Entry
from game.packs.walk import leaves
from game.rules.expression import Axis

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Known:
    """What can be named.

    Attributes:
        pack: the id of the pack itself; None where its manifest cannot be read.
        packs: the ids of all packs that take part.
        ids: by kind, each id with a few words about it.
        former: by kind, ids that entries had before.
        others: by kind, `pack/id` of the entries of required packs.
        axes: `nation`, `sector` or `region` of indicators and instruments, by kind and id.
        stored: indicators that are not computed.
        memory: the names of flags and of counters.
        unread: kinds of which a file could not be read, so that any id may be right.
    """

    pack: str | None
    packs: tuple[str, ...]
    ids: Mapping[Kind, Mapping[str, str]]
    former: Mapping[Kind, tuple[str, ...]]
    others: Mapping[Kind, tuple[str, ...]]
    axes: Mapping[tuple[Kind, str], Axis]
    stored: frozenset[str]
    memory: Mapping[str, tuple[str, ...]]
    unread: frozenset[Kind]

    def targets(self, kind: Kind) -> dict[str, str]:
        """`name` and `name[place]` of indicators that are stored, or of instruments."""
        found: dict[str, str] = {}
        for name, words in self.ids[kind].items():
            if kind == "indicator" and name not in self.stored:
                continue
            found[name] = words
            axis = self.axes.get((kind, name), "nation")
            if axis != "nation":
                for place, title in self.ids[axis].items():
                    found[f"{name}[{place}]"] = f"{words} ({title})"
        return found


def known_of(folder: Path) -> Known:
    """What a pack may name, as far as it can be read; errors in it are no hindrance."""
    state, own = read(folder)
    return _known(state, own)


def read(folder: Path) -> tuple[Merged, str | None]:
    """What a pack and those it requires define, as far as it can be read; and the pack's id."""
    findings = Findings()
    roots = resolved([folder], findings)
    contents = [
        (root, content_of(file, findings, use_cache=True, form=root.manifest.format))
        for root in roots
        for file in files_of(root.folder, findings)
    ]
    own = next((root.id for root in roots if root.folder == folder), None)
    return merged(roots, contents, findings), own


def words_of(entry: Entry) -> str:
    """What an entry is called, or says where it has no title."""
    names = ("claim", "title", "says")
    title = next((getattr(entry, name) for name in names if getattr(entry, name, None)), "")
    return " ".join(str(title).split())


def _known(state: Merged, own: str | None) -> Known:
    entries = {
        kind: {n: one.entry for n, one in all_.items()} for kind, all_ in state.entries.items()
    }
    ids = {
        kind: {name: _words(one) for name, one in all_.items()} for kind, all_ in entries.items()
    }
    for kind, names in state.broken.items():
        for name in sorted(names):
            ids[kind].setdefault(name, "")
    memory: dict[str, set[str]] = {"flag": set(), "counter": set()}
    for all_ in entries.values():
        for entry in all_.values():
            for leaf in leaves(entry):
                if isinstance(leaf.mark, Memory):
                    memory[leaf.mark.kind].add(str(leaf.value))
    memory["counter"].update(f"{person}.standing" for person in ids["person"])
    return Known(
        pack=own,
        packs=tuple(root.id for root in state.roots),
        ids=ids,
        former={
            k: tuple(o for e in all_.values() for o in e.former_ids) for k, all_ in entries.items()
        },
        others={
            kind: tuple(f"{one.pack}/{name}" for name, one in all_.items() if one.pack != own)
            for kind, all_ in state.entries.items()
        },
        axes={
            (kind, name): one.scope
            for kind, all_ in entries.items()
            for name, one in all_.items()
            if isinstance(one, (Indicator, InstrumentEntry))
        },
        stored=frozenset(
            name
            for name, one in entries["indicator"].items()
            if not (isinstance(one, Indicator) and one.computed)
        ),
        memory={kind: tuple(sorted(names)) for kind, names in memory.items()},
        unread=frozenset(state.unread),
    )


def _words(entry: Entry) -> str:
    unit = f", {entry.unit}" if isinstance(entry, Indicator) else ""
    text = " ".join(f"{words_of(entry)}{unit}".split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
