"""The packs and saves on this machine, as the screens reach them.

Everything heavy is imported inside the calls: the menu paints without it.
"""

from __future__ import annotations

import dataclasses
import re
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.tui.library import Changed, Entry, FailedPack, SaveInfo, ScenarioInfo
from game.words import language, said

if TYPE_CHECKING:
    from game.campaign import Campaign
    from game.campaign.kept import KeptDesk
    from game.engine import Model
    from game.packs import Diagnostic, Loaded, Pack
    from game.saves import Listed, SaveFile
    from game.tui.session import Session

LONGEST_SEED = 1_000_000_000
_GUIDED = re.compile(rb"^[ -]*guided: *true\b", re.MULTILINE)
MOST_FINDINGS = 20
DIFFICULTIES = ("gentle", "fair", "hard")


class Shelf:
    """Reads packs when they are first needed and keeps what it has compiled.

    Args:
        folders: packs to play with besides those that come with the game.
        practice: whether every campaign that is begun is for practice.
    """

    def __init__(self, folders: Sequence[Path] = (), *, practice: bool = False) -> None:
        self._folders = tuple(folders)
        self._practice = practice
        self._packs: dict[str, Pack] = {}
        self._failed: dict[str, FailedPack] = {}
        self._homes: dict[str, str] = {}
        self._models: dict[tuple[str, str], Model] = {}

    # Packs

    def _roots(self) -> dict[str, Path]:
        """Packs that can be chosen, by id: those given first; they stand for others of their id."""
        from game.packs import find_packs
        from game.packs.find import declared_id

        given = {declared_id(one) or one.name: one for one in self._folders}
        return {**given, **{name: one for name, one in find_packs().items() if name not in given}}

    def given(self) -> Sequence[Path]:
        """The packs to play with besides those that come with the game."""
        return self._folders

    def _given(self, name: str) -> bool:
        return self._roots()[name] in self._folders

    def _pack(self, name: str) -> Pack:
        """A pack with what it requires; those given are played together, all others alone.

        Raises:
            OSError: it cannot be played.
        """
        from game.packs import load_packs
        from game.packs.translate import translated

        if name not in self._packs:
            root = self._roots()[name]
            given = self._folders if self._given(name) else ()
            loaded = load_packs([root, *given], stand_ins=self._folders)
            if loaded.pack is None:
                self._failed[name] = _failure(name, root, loaded.diagnostics)
                raise OSError(
                    said(
                        "the pack {name} cannot be played: {message}",
                        name=name,
                        message=self._failed[name].first,
                    )
                )
            self._failed.pop(name, None)
            self._packs[name] = translated(loaded.pack, language())
        return self._packs[name]

    def again(self, folders: Sequence[Path]) -> Loaded:
        """Packs as they are written now, in the language in force; what was kept is forgotten."""
        from game.packs import load_packs
        from game.packs.translate import translated

        for kept in (self._packs, self._models, self._homes):
            kept.clear()
        loaded = load_packs(folders, stand_ins=self._folders)
        if loaded.pack is None:
            return loaded
        return dataclasses.replace(loaded, pack=translated(loaded.pack, language()))

    def _good(self) -> Iterator[tuple[str, Pack]]:
        """The packs that can be played."""
        for name in self._roots():
            try:
                yield name, self._pack(name)
            except OSError:
                continue

    def failed(self) -> Sequence[FailedPack]:
        """The packs that cannot be played, in order of name."""
        roots = self._roots()
        if not all(name in self._packs or name in self._failed for name in roots):
            list(self._good())
        return [self._failed[name] for name in sorted(self._failed) if name in roots]

    def _home_of(self, scenario: str) -> str:
        """The pack to load for a scenario: the one named as in pack/scenario, or the first.

        Raises:
            OSError: no pack holds it.
        """
        from game.packs.find import holds

        wanted, _, name = scenario.rpartition("/")
        home = self._homes.get(scenario, wanted)
        roots = self._roots()
        trouble = ""
        file = f"scenarios/{name}.yaml"
        likely = sorted(roots, key=lambda one: not (holds(roots[one], file) or self._given(one)))
        for pack in [home] if home in roots else likely:
            try:
                if name in self._pack(pack).scenarios:
                    return pack
            except OSError as error:
                trouble = str(error)
        raise OSError(
            trouble or said("no pack has a scenario called {scenario}", scenario=f"{scenario!r}")
        )

    def _model(self, scenario: str) -> Model:
        from game.engine import compile_model

        home, name = self._home_of(scenario), scenario.rpartition("/")[2]
        if (home, name) not in self._models:
            self._models[home, name] = compile_model(self._pack(home), name)
        return self._models[home, name]

    def scenarios(self) -> Sequence[ScenarioInfo]:
        """The scenarios of every pack that can be played, gentle ones first.

        A pack that brings none of its own is offered with those of the packs that it requires.
        """
        found: dict[str, ScenarioInfo] = {}
        added: list[ScenarioInfo] = []
        for name, pack in self._good():
            own = [one for one in pack.scenarios if pack.owner("scenario", one) == name]
            for scenario in pack.scenarios.values():
                if self._given(name) or scenario.id in own:
                    self._homes.setdefault(scenario.id, name)
                    found.setdefault(scenario.id, _scenario(scenario, pack))
                elif not own:
                    added.append(_with(_scenario(scenario, pack), name, pack))
        order = {name: place for place, name in enumerate(DIFFICULTIES)}
        plain = sorted(found.values(), key=lambda one: (one.minutes, order[one.difficulty]))
        return [*plain, *added]

    def guided(self) -> str | None:
        """The first scenario marked as guided; packs without one are not loaded for it."""
        for name, root in self._roots().items():
            if not _may_guide(root):
                continue
            try:
                found = self._pack(name).scenarios.values()
            except OSError:
                continue
            marked = next((scenario.id for scenario in found if scenario.guided), None)
            if marked is not None:
                return marked
        return None

    # Campaigns

    def begin(self, scenario: str, seed: int | None, *, practice: bool = False) -> Session:
        """A new campaign, with its save."""
        from game.campaign import Campaign
        from game.saves import create

        chosen = secrets.randbelow(LONGEST_SEED) if seed is None else seed
        practice = practice or self._practice
        campaign = Campaign.new(self._model(scenario), chosen, practice=practice)
        return self._session(campaign, create(campaign))

    def resume(self, path: Path, *, changed: Changed = "ask") -> tuple[Session, tuple[str, ...]]:
        """A kept campaign, and what should be said about it; `changed` rules are dealt with so."""
        from game.saves import open_save

        campaign, save, notices = open_save(path, self._load, on_change=changed)
        return self._session(campaign, save), tuple(notices)

    def kept_desk(self, path: Path) -> KeptDesk | None:
        """The desk at which a save stands, where it is known without replaying it."""
        from game.saves.desks import kept_desk

        return kept_desk(path)

    def fork(self, path: Path, at: int) -> Session:
        """A new campaign that follows a kept one up to a decision."""
        session, _ = self.resume(path)
        try:
            return self.branch(session.campaign, at)
        finally:
            session.close()

    def branch(self, campaign: Campaign, at: int) -> Session:
        """A new campaign that follows one that is being played up to a decision."""
        from game.saves import create

        fork = campaign.fork(at)
        return self._session(fork, create(fork))

    def _load(self, header: Mapping[str, Any]) -> Model:
        from game.saves import load_model

        return load_model(header, self._folders)

    def _session(self, campaign: Campaign, save: SaveFile) -> Session:
        from game.tui.session import Session

        return Session(campaign, save, path=save.path)

    # Saves

    def saves(self) -> Sequence[SaveInfo]:
        """The saves, the newest first."""
        from game.saves import list_saves

        return [_save(one) for one in list_saves()]

    def delete(self, path: Path) -> None:
        """Remove a save."""
        path.unlink()

    def rename(self, path: Path, name: str) -> Path:
        """Give a save another name.

        Raises:
            OSError: there is one of that name.
        """
        target = path.with_name(name.strip().replace(" ", "-") + path.suffix)
        if target.exists():
            raise OSError(said("there is a save called {stem} already", stem=target.stem))
        path.rename(target)
        return target

    def decisions(self, path: Path) -> Sequence[str]:
        """The decisions of a save, a line each."""
        from game.tui.told import told

        session, _ = self.resume(path)
        try:
            return told(session.campaign)
        finally:
            session.close()

    def entries(self, met: frozenset[str] | None = None) -> Sequence[Entry]:
        """The almanac of all packs; events only those met, where that is known."""
        from game.tui.entries import entries_of

        found: dict[tuple[str, str], Entry] = {}
        for _, pack in self._good():
            for entry in entries_of(pack, met):
                found.setdefault((entry.kind, entry.id), entry)
        return list(found.values())


def _failure(name: str, root: Path, said_of_it: Sequence[Diagnostic]) -> FailedPack:
    from game.packs import render_text

    worst = sorted(said_of_it, key=lambda one: one.severity != "error")
    first = worst[0]
    return FailedPack(
        name=name,
        place=str(root),
        first=f"{first.code} {first.message}",
        findings="\n\n".join(map(render_text, worst[:MOST_FINDINGS])),
    )


def _with(info: ScenarioInfo, name: str, pack: Pack) -> ScenarioInfo:
    """A scenario of a pack as it is played with another pack that adds to it."""
    title = said("{scenario} with {pack}", scenario=info.title, pack=pack.manifests[name].title)
    return dataclasses.replace(info, id=f"{name}/{info.id}", title=title)


def _may_guide(root: Path) -> bool:
    """Whether a scenario of a pack is marked as guided, as far as its text tells."""
    from game.packs.find import bytes_of, listing

    try:
        names = [one.name for one in listing(root, "scenarios") if one.name.endswith(".yaml")]
        return any(_GUIDED.search(bytes_of(root / "scenarios" / name)) for name in names)
    except OSError:
        return False


def _scenario(scenario: object, pack: Pack) -> ScenarioInfo:
    from game.packs.schema_campaign import Scenario

    assert isinstance(scenario, Scenario)
    start = tuple(
        (pack.indicators[name].title, _worded(value, pack.indicators[name].unit))
        for name, value in scenario.starts_from.items()
        if name in pack.indicators and pack.indicators[name].scope == "nation"
    )
    return ScenarioInfo(
        id=scenario.id,
        title=scenario.title,
        subtitle=scenario.subtitle or "",
        difficulty=scenario.difficulty,
        minutes=scenario.minutes,
        first_year=scenario.start,
        last_year=scenario.final_year,
        plans=len(scenario.plans),
        desk=scenario.desk.slots,
        opening=_before_anybody(scenario.opening, pack),
        start=start[:8],
    )


def _before_anybody(text: str, pack: Pack) -> str:
    """A text shown before a campaign has people: offices go by their titles."""
    from game.campaign.wording import named

    return named(text, {office: one.title for office, one in pack.people.items()})


def _worded(value: object, unit: str) -> str:
    from game.campaign.wording import amount

    return amount(float(str(value)), unit)


def _save(kept: Listed) -> SaveInfo:
    """A listed save as the screens show it."""
    return SaveInfo(
        path=kept.path,
        name=kept.name,
        scenario=kept.scenario,
        year=kept.year,
        changed=_ago(kept.changed),
        created=kept.created[:10],
        seed=kept.seed,
        trouble=kept.problem,
        practice=kept.practice,
    )


def _ago(changed: float) -> str:
    """A moment in words."""
    hours = (time.time() - changed) / 3600
    if hours < 1:
        return said("just now")
    if hours < 24:
        return said("{hours} h ago", hours=f"{hours:.0f}")
    days = hours / 24
    return said("{days} days ago", days=f"{days:.0f}") if days < 60 else said("long ago")
