"""A schedule spread out into single rows, and those put together that can be worked out at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from game.engine.execute.schedule import Schedule, Sink
from game.engine.layout import Layout
from game.engine.lowering import Instruction, Operand, Operation, Value
from game.rules.expression import Read, Series

Rows = Sequence[int]
"""Numbers of rows: the state's first, then the noise's, then constants and results."""
Kind = tuple[Operation, int]
"""What is done, and for a reduction to how many places."""
SWAPPED: dict[Operation, Operation] = {"less": "greater", "less_equal": "greater_equal"}
REDUCTIONS: tuple[Operation, ...] = ("sum", "largest", "smallest")


@dataclass(frozen=True, slots=True)
class Step:
    """One operation on some rows; its results are rows one after the other."""

    kind: Kind
    operands: tuple[Rows, ...]
    results: range


@dataclass
class Packing:
    """The steps of a schedule, on rows that each have one value.

    What is spread costs nothing here, and what is stored is read where it was made: the state is
    read once before all steps and written once after them.

    Attributes:
        layout: where the state's rows are.
        noise: how many rows of noise there are.
        fixed: series that no tape moves.
        first_year: whether this year's values are read for last year's.
        steps: what is done, each step after those that it needs.
        still: steps that use fixed series and constants alone.
        constants: the row of each.
        stored: for each row of the state that is written, the row that it is written from.
        added: for each addend in order, its row, the row that it is added to, and its amount's.
    """

    layout: Layout
    noise: int
    fixed: frozenset[Series]
    first_year: bool
    steps: list[Step] = field(default_factory=list)
    still: list[Step] = field(default_factory=list)
    constants: dict[float, int] = field(default_factory=dict)
    stored: dict[int, int] = field(default_factory=dict)
    added: list[tuple[int, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.size = self.layout.height + self.noise
        """How many rows there are so far."""
        self.read: set[int] = set()
        """Rows of the state that are read."""
        self._steady: set[int] = set()
        """Rows that do not move while a state is carried on."""
        self._found: dict[int, Rows] = {}
        """The rows of each value."""

    def pack(self, schedule: Schedule) -> None:
        """Take in a schedule."""
        instructions = schedule.program.instructions
        for begin, end, root, sink in schedule.items:
            for index in range(begin, end):
                self._found[index] = self._instruction(instructions[index])
            self._sink(self._rows(root), sink)

    def _constant(self, value: float) -> Rows:
        if value not in self.constants:
            self.constants[value] = self.size
            self._steady.add(self.size)
            self.size += 1
        return (self.constants[value],)

    def _rows(self, operand: Operand) -> Rows:
        match operand:
            case Value(index):
                return self._found[index]
            case Read():
                return self._read(operand)
            case _:
                return self._constant(operand)

    def _read(self, read: Read) -> Rows:
        found = self.layout.read(read, first_year=self.first_year)
        rows = range(found, found + 1) if isinstance(found, int) else range(found.start, found.stop)
        if read.series in self.fixed and not read.lagged:
            self._steady.update(rows)
        self.read.update(set(rows).difference(self.stored))
        return [self.stored.get(row, row) for row in rows]

    def _instruction(self, one: Instruction) -> Rows:
        operands = [self._rows(operand) for operand in one.operands]
        size = self.layout.sizes[one.axis]
        match one.operation, operands:
            case "spread" | "spread_condition", [value]:
                return _spread(value, size)
            case "less" | "less_equal", [a, b]:
                return self._step((SWAPPED[one.operation], 0), size, b, a)
            case "masked", _:
                return self._step(("logical_and", 0), size, *operands)
            case "as_number", [mask]:
                return self._step(("logical_and", 0), size, mask, self._constant(1.0))
            case "where", [mask, then, other]:
                return self._where(size, mask, then, other)
            case "safe_divide", [a, b, default]:
                mask = self._step(("not_equal", 0), size, b, self._constant(0.0))
                divisor = self._where(size, mask, b, self._constant(1.0))
                quotient = self._step(("divide", 0), size, a, divisor)
                return self._where(size, mask, quotient, default)
        places = self.layout.sizes[one.source] if one.operation in REDUCTIONS else 0
        return self._step((one.operation, places), size, *operands)

    def _where(self, size: int, mask: Rows, then: Rows, other: Rows) -> Rows:
        """Choose by bits, with operations that others have too."""
        against = self._step(("logical_not", 0), size, mask)
        yes = self._step(("logical_and", 0), size, mask, then)
        no = self._step(("logical_and", 0), size, against, other)
        return self._step(("logical_or", 0), size, yes, no)

    def _step(self, kind: Kind, size: int, *operands: Rows) -> Rows:
        wanted = kind[1] or size
        taken = tuple(_spread(operand, wanted) for operand in operands)
        made = range(self.size, self.size + size)
        self.size += size
        step = Step(kind, taken, made)
        if all(map(self._steady.issuperset, operands)):
            self._steady.update(made)
            self.still.append(step)
        else:
            self.steps.append(step)
        return made

    def _sink(self, value: Rows, sink: Sink) -> None:
        target = range(sink.rows.start, sink.rows.stop)
        value = _spread(value, len(target))
        if sink.kind == "store":
            if sink.bounds is not None:
                low, high = map(self._constant, sink.bounds)
                value = self._step(("maximum", 0), len(target), value, low)
                value = self._step(("minimum", 0), len(target), value, high)
            self.stored.update(zip(target, value, strict=True))
            return
        if sink.noise is not None:
            start = self.layout.height
            noise = range(start + sink.noise.start, start + sink.noise.stop)
            value = self._step(("multiply", 0), len(target), value, noise)
        assert sink.amount is not None, "whatever adds to the ledger has rows for its amounts"
        kept = range(sink.amount.start, sink.amount.stop)
        self.added += zip(value, target, kept, strict=True)


def _spread(value: Rows, size: int) -> Rows:
    """The rows of a value, or the only one for every place."""
    return [value[0]] * size if len(value) == 1 and size > 1 else value


def grouped(steps: Sequence[Step]) -> list[list[Step]]:
    """The steps in groups of one kind, none of which needs another of its group.

    The next group is always of the kind of that step which most others still wait for, one after
    the other: so that there are few groups.
    """
    maker = {row: i for i, step in enumerate(steps) for row in step.results}
    needs = [
        {maker[row] for rows in step.operands for row in rows if row in maker} for step in steps
    ]
    users: list[list[int]] = [[] for _ in steps]
    for i, needed in enumerate(needs):
        for one in needed:
            users[one].append(i)
    waiting = [1] * len(steps)
    for i in range(len(steps) - 1, -1, -1):
        waiting[i] += max((waiting[user] for user in users[i]), default=0)
    missing = [len(needed) for needed in needs]
    ready: dict[Kind, list[int]] = defaultdict(list)
    for i, number in enumerate(missing):
        if not number:
            ready[steps[i].kind].append(i)
    groups = []
    while ready:
        kind = max(ready, key=lambda kind: max(waiting[i] for i in ready[kind]))
        chosen = ready.pop(kind)
        groups.append([steps[i] for i in chosen])
        for i in chosen:
            for user in users[i]:
                missing[user] -= 1
                if not missing[user]:
                    ready[steps[user].kind].append(user)
    return groups


def stages(groups: Sequence[list[Step]]) -> list[list[list[Step]]]:
    """Groups that follow each other and do not need each other, put together."""
    found: list[list[list[Step]]] = []
    made: set[int] = set()
    for group in groups:
        needs = (rows for step in group for rows in step.operands)
        if not found or not all(map(made.isdisjoint, needs)):
            found.append([])
            made = set()
        found[-1].append(group)
        made.update(*(step.results for step in group))
    return found
