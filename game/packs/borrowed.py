"""Names that are missing because the pack that has them is not required."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from game.packs.check_context import Context, parted
from game.packs.contents import content_of
from game.packs.diagnostics import Findings
from game.packs.find import files_of, find_packs, shipped_folder
from game.packs.merge import Origin
from game.packs.schema_model import Source


def tell_borrowed(context: Context) -> None:
    """Say of missing names that a pack which comes with the game has them, once for each name.

    The other packs are read only where something is missing.
    """
    if not context.missing:
        return
    owners = _owners({root.id for root in context.merged.roots})
    for name, places in context.missing.items():
        owner = owners.get(parted(name.rpartition(".")[2])[0])
        if owner is not None:
            placed, path = places[0]
            hint = f"`{name}` is in {owner}; add it to `requires:` in pack.yaml."
            _hint(context.findings, placed.origin_of(path), name, hint)


def _owners(loaded: set[str]) -> Mapping[str, str]:
    """For every id of the packs that come with the game, but for these, the pack that has it."""
    owners: dict[str, str] = {}
    for owner, root in find_packs(shipped_folder()).items():
        if owner in loaded:
            continue
        aside = Findings()
        for file in files_of(root, aside):
            for _, entry in content_of(file, aside, use_cache=True).entries:
                owners.setdefault(entry.id, owner)
                if isinstance(entry, Source):
                    owners |= {one.id: owner for one in entry.passages if one.id not in owners}
    return owners


def _hint(findings: Findings, origin: Origin, name: str, hint: str) -> None:
    """Put a hint to what was said of a name at its first place."""
    file, path = origin
    found = findings.by_file.get(file, [])
    for at, one in enumerate(found):
        if one.path == path and name in one.message:
            found[at] = dataclasses.replace(one, hint=hint)
            return
