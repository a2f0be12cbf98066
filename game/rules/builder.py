"""Builds terms and notes their faults: the ground that the resolver stands on."""

from __future__ import annotations

from collections.abc import Sequence

from game.rules.bounds import Analysis, UnprovableError
from game.rules.errors import RuleError, shown
from game.rules.expression import Axis, Expression, Read, Series
from game.rules.names import ways_out
from game.rules.syntax import Syntax
from game.rules.terms import Bare, Faults, Kind, Term, Where, broken
from game.rules.vocabulary import Vocabulary

# Of the typed tree, where change() and share() stand for two of what was written once. Sums of more
# terms than this would be a hundred deep, too deep for those who walk or print the tree.
MAX_TREE_SIZE = 1_000
MAX_TREE_HEIGHT = 100


class Known:
    """What rules of one vocabulary have in common: what its names mean, once it was asked."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.analysis = Analysis(vocabulary)
        self.reads: dict[tuple[str, str], Read] = {}
        """What a name by its prefix reads, where that is the same everywhere."""


class Builder:
    """What every step of resolving one rule needs: its text, its row, its faults, its bounds."""

    def __init__(self, text: str, known: Known, scope: Axis, ending: bool) -> None:
        self.text = text
        self.known = known
        self.vocabulary = known.vocabulary
        self.scope = scope
        self.ending = ending
        self.faults = Faults()
        self.analysis = known.analysis
        self.given: list[tuple[int, Expression]] = []
        """The numbers and flags of the text, each with where it stands."""

    def note(self, at: Term | Syntax | Bare, slug: str, message: str, hint: str | None) -> None:
        """Keeps a fault of the part at `at`."""
        self.faults.note(RuleError(message, at.start, at.end, slug=slug, hint=hint))

    def written(self, at: Term | Syntax, limit: int = 40) -> str:
        """A part as the author wrote it, safe to show."""
        return shown(self.text[at.start : at.end], limit)

    def make(self, expression: Expression, kind: Kind, at: Syntax, parts: Sequence[Term]) -> Term:
        """A term from its parts; what cannot be shown to be finite is noted as a fault."""
        size, height, sound = 1, 0, True
        bare: tuple[Bare, ...] = ()
        for part in parts:
            size += part.size
            height = max(height, part.height)
            sound = sound and part.sound
            bare = _both(bare, part.bare) if bare else part.bare
        height += 1
        if size > MAX_TREE_SIZE or height > MAX_TREE_HEIGHT:
            raise RuleError(
                "this rule has too many parts once share() and change() are written out"
                if size > MAX_TREE_SIZE
                else f"more than {MAX_TREE_HEIGHT} operations build on one another here",
                at.start,
                at.end,
                slug="too-long",
                hint="split it: a computed indicator can hold a part of it",
            )
        sound = sound and self.finite(expression, at, parts)
        return Term(expression, kind, at.start, at.end, bare, size, height, sound)

    def finite(self, expression: Expression, at: Syntax, parts: Sequence[Term]) -> bool:
        """Whether a part is proved to have a finite value; what is not proved is noted."""
        try:
            self.analysis.interval(expression)
        except UnprovableError as unprovable:
            position = unprovable.part
            place = at if position is None or position >= len(parts) else parts[position]
            self.note(place, unprovable.slug, unprovable.message, unprovable.hint)
            return False
        return True

    def wanted(self, term: Term, kind: Kind) -> Term:
        """The term if it is of the kind that its place needs; else the fault is noted."""
        if term.kind == kind or not term.sound:
            return term
        if kind == "number":
            hint = f"write 1 if {self.written(term)} else 0"
            self.note(term, "type", "this is a condition, and a number is needed here", hint)
        else:
            hint = f"compare it: {self.written(term)} > 0.5"
            self.note(term, "type", "this is a number, and a condition is needed here", hint)
        return broken(kind, term.start, term.end)

    def left_to_row(self, term: Term) -> None:
        """Notes every series that varies over an axis which is not the row's."""
        for bare in term.bare:
            if bare.axis != self.scope:
                row = "national" if self.scope == "nation" else f"by {self.scope}"
                self.note(
                    bare,
                    "scope",
                    f"{bare.text} has a value for each {bare.axis}, and this row is {row}",
                    f"say {ways_out(bare.text, bare.axis, self.vocabulary)}",
                )

    def read(self, series: Series, syntax: Syntax, where: Where) -> Term:
        """A term that reads a series, this year or the year before."""
        if where.lagged and series.kind not in ("indicator", "support", "spend"):
            message = f"the year before of {self.written(syntax)} is not kept"
            self.note(
                syntax,
                "scope",
                message,
                "previous() and change() read indicators, support.x, spend.x",
            )
            return broken("number", syntax.start, syntax.end)
        read = Read(series, lagged=where.lagged)
        self.analysis.interval(read)
        return self.reading(read, syntax)

    def reading(self, read: Read, syntax: Syntax) -> Term:
        """The term of a read, which leaves its axis to the row."""
        axis = read.series.axis
        if axis == "nation":
            return Term(read, "number", syntax.start, syntax.end)
        bare = Bare(axis, self.written(syntax), syntax.start, syntax.end)
        return Term(read, "number", syntax.start, syntax.end, (bare,))


def _both(left: tuple[Bare, ...], right: tuple[Bare, ...]) -> tuple[Bare, ...]:
    """One of each axis, the left one first asked, in the order of the text."""
    known = {bare.axis for bare in left}
    more = [bare for bare in right if bare.axis not in known]
    return tuple(sorted((*left, *more), key=lambda bare: bare.start)) if more else left
