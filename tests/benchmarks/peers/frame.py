"""The frame around the written rules: plans, years, events and effects of one world.

It goes in the order in which the engine works: orders, support, snapshot, events, rules, effects,
bounds, memory, record. Both dialects share it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from game.campaign.decisions import UNITS
from game.campaign.draft import CUT
from game.engine.batch import STOPS_A_PLAN, STOPS_A_YEAR
from game.engine.orders import DEGREES, Cell
from game.lab.office import SHIFT_YEAR
from game.lab.planning import Prepared
from game.rules.expression import Axis, Series
from tests.benchmarks.peers.written import Line, Written, dossier_of

Found = tuple[int, int, float, bool]
"""Something that happens: event, place, draw divided by chance, and whether it was scheduled."""


class World:
    """One campaign; the frame that both dialects share.

    Args:
        written: the model.
        space: the module's names.
        nation, sectors, regions: what holds the numbers.
    """

    def __init__(
        self,
        written: Written,
        space: Mapping[str, Any],
        nation: Any,
        sectors: list[Any],
        regions: list[Any],
    ) -> None:
        self.written, self.space = written, space
        self.n, self.sectors, self.regions = nation, sectors, regions
        self.parts = nation, sectors, regions
        self.timed: list[tuple[int, int, Any, str, float]] = []
        self.queue: list[tuple[int, int, int]] = []
        self.settings: list[tuple[Any, str, float]] = []
        self.behind: list[float] | None = None
        self.plan_years = 5
        self.plans = self.plan_age = 0
        self.fired: Counter[str] = Counter()
        self.used: list[tuple[Any, Line]] = []
        self._ran: Counter[tuple[str, str]] = Counter()
        unit = written.model.scenario.desk.unit.fraction
        self._shares = {
            dossier_of(one.sector, one.channel): UNITS[one.weight] * unit
            for one in written.model.scenario.carried
        }
        self._find_lines()

    def chances(self, year: int) -> list[tuple[int, int, float]]:
        """What happens by chance."""
        raise NotImplementedError

    def move(self, year: int) -> None:
        """The rules."""
        raise NotImplementedError

    def advance(self) -> None:
        """One year, up to what is recorded of it."""
        self.year()

    # What the written effects call.

    def add(self, owner: Any, name: str, amount: float, year: int, over: int, fades: int) -> None:
        """An amount over some years, taken back over some more."""
        self.timed.append((year, year + over - 1, owner, name, amount / over))
        if fades:
            first = year + over
            self.timed.append((first, first + fades - 1, owner, name, -amount / fades))

    def set(self, owner: Any, name: str, value: float) -> None:
        """Something set outright once all has been read."""
        self.settings.append((owner, name, value))

    def schedule(self, event: int, places: Iterable[int], year: int) -> None:
        """An event put down for later."""
        found = self.written.model.events[event]
        for place in places:
            if found.national or place in found.sectors:
                self.queue.append((event, 0 if found.national else place, year))

    # Plans.

    def run(self) -> None:
        """All plans and years, with the strategy's orders."""
        planner = self.written.planner
        for plan, span in enumerate(self.written.model.scenario.plans):
            entry = planner.entries[min(plan, len(planner.entries) - 1)]
            self._begin(entry, span.years)
            for year in range(1, span.years + 1):
                if year == SHIFT_YEAR and entry.shifted is not None:
                    self._charge(self.written.prices["midterm"])
                    self._order(entry, span.years, shifted=True)
                self.advance()
                full = year == span.years or (planner.shifts and year == SHIFT_YEAR - 1)
                self._record(full)

    def _begin(self, entry: Prepared, years: int) -> None:
        n = self.n
        n.budget = self.space["budget"](*self.parts)
        n.desk = self.space["desk"](*self.parts)
        self.plan_years = years
        self._order(entry, years, shifted=False)
        self._pay_for_closing(years)
        self.plans += 1
        self.plan_age = 0
        n.plan, n.plan_year, n.stops = float(self.plans), 1.0, 0.0
        planned = sum([getattr(owner, line.planned) for owner, line in self.used])
        n.reserve_left = max(n.budget - planned * years, 0.0)
        n.counter_desk_owed = 0.0
        self._update_reserve()

    def _order(self, entry: Prepared, years: int, *, shifted: bool) -> None:
        """The money of a plan, and how its sectors are organised."""
        n, budget = self.n, self.n.budget
        lines = entry.shifted if shifted and entry.shifted is not None else entry.lines
        money: dict[Cell, float] = {}
        for line in lines:
            whole = budget * line.money.amount if line.money.of_budget else line.money.amount
            money[line.cell] = whole / line.parts
        total = sum(money.values())
        if total > budget * (1.0 + 1e-9):
            money = {cell: amount * (budget / total) for cell, amount in money.items()}
        position = self.written.model.instruments.position
        funded = {position[cell]: amount / years for cell, amount in money.items()}
        counts: Counter[tuple[str, str]] = Counter()
        for i, line_ in enumerate(self.written.lines):
            setattr(self._owner(line_), line_.planned, funded.get(i, 0.0))
            if funded.get(i, 0.0) > 0.0:
                counts[line_.key] += 1
        n.priorities = float(sum(-(-count // 3) for count in counts.values()))
        names = self.written.model.layout.places["sector"]
        for sector, name in entry.architecture.items():
            owner = self.sectors[names.index(sector)]
            setattr(owner, self.written.architecture, DEGREES[name])
        n.lines_scale = 1.0
        self._find_lines()

    def _owner(self, line: Line) -> Any:
        return self.n if line.axis == "nation" else self.sectors[line.place]

    def _find_lines(self) -> None:
        owners = [(self._owner(line), line) for line in self.written.lines]
        self.used = [
            (owner, line)
            for owner, line in owners
            if getattr(owner, line.planned) or getattr(owner, line.smoothed)
        ]

    def _pay_for_closing(self, years: int) -> None:
        shares: dict[tuple[str, str], float] = {}
        for owner, line in self.used:
            money = getattr(owner, line.planned) * years
            shares[line.key] = shares.get(line.key, 0.0) + money
        shares = {key: money / self.n.budget for key, money in shares.items()}
        prices, unit = self.written.prices, self.written.model.scenario.desk.unit.fraction
        total = 0.0
        for key, share in self._shares.items():
            if shares.get(key, 0.0) < CUT * share - 1e-12:
                weight = min(UNITS, key=lambda name: abs(share / unit - UNITS[name]))
                total += prices[weight] + prices["per_plan"] * self._ran[key]
        self._charge(total)
        for key in {*self._shares, *shares}:
            self._ran[key] = self._ran[key] + 1 if shares.get(key, 0.0) > 0.0 else 0
        self._shares = shares

    def _charge(self, price: float) -> None:
        if price:
            year = int(self.n.year) + 1
            self.add(self.n, f"next_{self.written.capital}", -price, year, 1, 0)

    # Years.

    def year(self) -> None:
        """Support, snapshot, events, rules, effects, bounds, memory."""
        n, space, parts = self.n, self.space, self.parts
        recorded = space["current"](*parts)
        n.year += 1.0
        self.plan_age += 1
        n.plan_year = float(self.plan_age)
        self._support()
        if self.behind is None:
            space["first_snapshot"](*parts)
            self.behind = space["current"](*parts)
            space["put_behind"](*parts, self.behind)
        else:
            space["put_behind"](*parts, self.behind)
            space["snapshot"](*parts)
            self.behind = space["current"](*parts)
        year = int(n.year)
        happening = self._happening(year)
        space["rest"](*parts)
        self.move(year)
        self._act(happening, year)
        self._add_timed(year)
        space["settle"](*parts)
        self._remember(happening)
        space["put_behind"](*parts, recorded)

    def _record(self, full: bool) -> None:
        self._update_reserve()
        self.space["record_all" if full else "record_needed"](*self.parts)

    def _support(self) -> None:
        scale, dilution = self.space["money"](*self.parts)
        lines_scale = self.n.lines_scale
        for owner, line in self.used:
            spending = getattr(owner, line.planned) * lines_scale
            spending *= 1.0 - getattr(owner, line.locked)
            smoothed = getattr(owner, line.smoothed)
            smoothed += (spending - smoothed) / line.ramp
            setattr(owner, line.smoothed, smoothed)
            half = line.half * scale
            setattr(owner, line.support, smoothed / (smoothed + half) * dilution)

    def _happening(self, year: int) -> list[Found]:
        """What fires: by chance and by schedule, three stops a year, nine a plan."""
        found = [(*one, False) for one in self.chances(year)]
        if self.queue:
            due = [(event, place) for event, place, when in self.queue if when <= year]
            self.queue = [one for one in self.queue if one[2] > year]
            scheduled = {one for one in due if self._holds(*one)}
            found = [one for one in found if one[:2] not in scheduled]
            found += [(event, place, 0.0, True) for event, place in scheduled]
        found.sort(key=lambda one: one[:2])
        events = self.written.model.events
        asking = [one for one in found if events[one[0]].asks]
        room = int(min(STOPS_A_YEAR, STOPS_A_PLAN - self.n.stops))
        if len(asking) > room:
            asking.sort(key=lambda one: (one[2], events[one[0]].rank, one[1]))
            late = asking[room:]
            self.queue += [(one[0], one[1], year + 1) for one in late if one[3]]
            found = [one for one in found if one not in late]
        return found

    def _holds(self, event: int, place: int) -> bool:
        when: Callable[..., bool] | None = self.space.get(f"when_{event}")
        return when is None or bool(when(*self.parts, self.sectors[place]))

    def _act(self, happening: list[Found], year: int) -> None:
        events, space, parts, n = self.written.model.events, self.space, self.parts, self.n
        years_left = max(0, self.plan_years - self.plan_age)
        planned = sum([getattr(owner, line.planned) for owner, line in self.used])
        self._purse = [n.reserve_left, n.lines_scale, planned * years_left]
        by_event: dict[int, list[int]] = {}
        for event, place, _, _ in happening:
            by_event.setdefault(event, []).append(place)
        for event, places in by_event.items():
            space[f"act_{event}"](self, *parts, year, places)
            if not events[event].asks:
                continue
            if events[event].choices[events[event].default].price.free:
                space[f"answer_{event}"](self, *parts, year, places)
                continue
            for place in places:
                self._pay(event, place, year)
                space[f"answer_{event}"](self, *parts, year, [place])
        n.reserve_left, n.lines_scale = self._purse[:2]
        for owner, name, value in self.settings:
            setattr(owner, name, value)
        self.settings = []

    def _pay(self, event: int, place: int, year: int) -> None:
        found = self.written.model.events[event]
        price, rows = found.choices[found.default].price, self.written.writer.rows
        names = self.written.writer.names
        if price.favours_row is not None:
            self.add(self.n, f"next_{names.of(rows[price.favours_row][0])}", -1.0, year, 1, 0)
        money = self.space[f"price_{event}"](*self.parts, self.sectors[place])
        if money:
            reserve, scale, to_come = self._purse
            paid = min(money, reserve)
            lines = to_come * scale
            left = max(lines - (money - paid), 0.0)
            kept = left / lines if lines > 0.0 else 1.0
            self._purse[:2] = [reserve - paid, scale * kept]
        if price.capital and price.capital_row >= 0:
            self.add(self.n, f"next_{self.written.capital}", -price.capital, year, 1, 0)
        if price.desk_row is not None:
            name = f"next_{names.of(rows[price.desk_row][0])}"
            self.add(self.n, name, float(price.dossiers), year, 1, 0)

    def _add_timed(self, year: int) -> None:
        for first, last, owner, name, amount in self.timed:
            if first <= year <= last:
                setattr(owner, name, getattr(owner, name) + amount)
        self.timed = [one for one in self.timed if one[1] > year]

    def _remember(self, happening: list[Found]) -> None:
        events, names = self.written.model.events, self.written.writer.names
        for position, place, _, _ in happening:
            event = events[position]
            axis: Axis = "nation" if event.national else "sector"
            owner = self.n if event.national else self.sectors[place]
            setattr(owner, names.of(Series("last", event.id, axis)), self.n.year)
            times = names.of(Series("times", event.id, axis))
            setattr(owner, times, getattr(owner, times) + 1.0)
            self.n.stops += event.asks
            self.fired[event.id] += 1
        self.space["remember"](*self.parts)

    def _update_reserve(self) -> None:
        n = self.n
        n.reserve = min(n.reserve_left / n.budget, 1.0) if n.budget > 0.0 else 0.0
