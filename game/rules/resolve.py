"""From a syntax tree to a typed expression: names, scopes, kinds, lags and places."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal, cast

from game.rules.bounds import Analysis
from game.rules.builder import Builder, Known
from game.rules.errors import RuleError, shown
from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Axis,
    Call,
    Choose,
    Compare,
    Expression,
    Holds,
    Logic,
    Negate,
    Not,
    Number,
    Read,
    SeriesKind,
)
from game.rules.forms import Forms
from game.rules.names import (
    CONDITIONS,
    MEMORY,
    memory_series,
    named_series,
    unknown_function,
    ways_out,
    wrong_count,
)
from game.rules.parser import parse
from game.rules.rewrite import placed
from game.rules.suggest import suggest
from game.rules.syntax import (
    BinarySyntax,
    CallSyntax,
    ChooseSyntax,
    CompareSyntax,
    IndexSyntax,
    NameSyntax,
    NumberSyntax,
    StringSyntax,
    Syntax,
    UnarySyntax,
)
from game.rules.terms import Term, Where, broken
from game.rules.vocabulary import FUNCTIONS, Vocabulary

Want = Literal["number", "condition", "either"]

_EVERYWHERE: frozenset[SeriesKind] = frozenset({"indicator", "special", "support", "spend"})


def check(
    text: str,
    vocabulary: Vocabulary,
    *,
    scope: Axis = "nation",
    want: Want = "number",
    ending: bool = False,
) -> Expression:
    """The meaning of a rule's text, proved to have a finite value whatever the state is.

    Args:
        text: the rule as the author wrote it.
        vocabulary: what it may name.
        scope: the row that it stands in: one for the nation, or one for every sector or region.
        want: whether it must be a number or a condition.
        ending: whether it may read `after.x` and `balance.x`.

    Raises:
        RuleError: the first fault in the order of the text; further ones are its `others`.
    """
    return Checker(vocabulary).check(text, scope=scope, want=want, ending=ending)


class Checker:
    """Checks rules of one vocabulary; what was worked out for one serves those that follow."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known = Known(vocabulary)
        self._forms = Forms(self._known.analysis)

    @property
    def analysis(self) -> Analysis:
        """The least and greatest values of every part of what was checked."""
        return self._known.analysis

    def over(self, vocabulary: Vocabulary) -> Checker:
        """A checker of another vocabulary, which knows what that has in common with this one."""
        own = self._known.vocabulary
        if vocabulary == own:
            return self
        other = Checker(vocabulary)
        same = ("indicators", "sectors", "regions", "instruments")
        if all(getattr(own, name) == getattr(vocabulary, name) for name in same):
            other._known.analysis = self._known.analysis
            other._known.reads = self._known.reads
            other._forms = Forms(self._known.analysis)
        return other

    def check(
        self, text: str, *, scope: Axis = "nation", want: Want = "number", ending: bool = False
    ) -> Expression:
        """As `check` does.

        Raises:
            RuleError: the first fault in the order of the text; further ones are its `others`.
        """
        place = scope, want, ending
        found = self._forms.filled(text, place)
        if found is None:
            resolver = _Resolver(text, self._known, scope, ending)
            found = resolver.whole(parse(text), want)
            self._forms.learn(text, place, found, resolver.given)
        return found


class _Resolver(Builder):
    def whole(self, syntax: Syntax, want: Want) -> Expression:
        term = self.term(syntax, Where())
        if want != "either":
            term = self.wanted(term, want)
        self.left_to_row(term)
        if not self.faults and any(map(math.isinf, self.analysis.interval(term.expression))):
            hint = "put it in clamp(x, low, high)"
            self.note(term, "unbounded", "this may grow without limit", hint)
        self.faults.raise_first()
        return term.expression

    # -- the parts

    def term(self, syntax: Syntax, where: Where) -> Term:
        return _TERMS[type(syntax)](self, syntax, where)

    def constant(self, syntax: NumberSyntax, where: Where) -> Term:
        number = Number(syntax.value)
        self.analysis.note(number, (syntax.value, syntax.value))
        self.given.append((syntax.start, number))
        return Term(number, "number", syntax.start, syntax.end)

    def text_in_quotes(self, syntax: StringSyntax, where: Where) -> Term:
        hint = 'only fired("event"), flag("name") and their like take text'
        self.note(syntax, "type", "text in quotes has no value", hint)
        return broken("number", syntax.start, syntax.end)

    def number(self, syntax: Syntax, where: Where) -> Term:
        return self.wanted(self.term(syntax, where), "number")

    def condition(self, syntax: Syntax, where: Where) -> Term:
        return self.wanted(self.term(syntax, where), "condition")

    def name(self, syntax: NameSyntax, where: Where) -> Term:
        known = None if where.lagged else self.known.reads.get((syntax.prefix, syntax.name))
        if known is not None:
            return self.reading(known, syntax)
        if not syntax.prefix and syntax.name in ("true", "false"):
            truth = Compare("==", Number(1.0), Number(1.0 if syntax.name == "true" else 0.0))
            return self.make(truth, "condition", syntax, ())
        try:
            series = named_series(syntax, self.vocabulary, ending=self.ending)
        except RuleError as error:
            self.faults.note(error)
            return broken("number", syntax.start, syntax.end)
        term = self.read(series, syntax, where)
        if isinstance(term.expression, Read) and series.kind in _EVERYWHERE and not where.lagged:
            self.known.reads[syntax.prefix, syntax.name] = term.expression
        return term

    def index(self, syntax: IndexSyntax, where: Where) -> Term:
        target = self.term(syntax.target, Where(inside=True, lagged=where.lagged))
        place = syntax.place.name
        found = [axis for axis in target.axes() if place in self.vocabulary.places(axis)]
        if not found:
            if target.sound:
                self.no_such_place(syntax, target)
            return broken(target.kind, syntax.start, syntax.end)
        axis = found[0]
        position = self.vocabulary.places(axis).index(place)
        picked = target.without(axis, placed(target.expression, axis, position))
        sound = picked.sound and self.finite(picked.expression, syntax, ())
        return Term(
            picked.expression,
            picked.kind,
            syntax.start,
            syntax.end,
            picked.bare,
            picked.size,
            picked.height,
            sound,
        )

    def no_such_place(self, syntax: IndexSyntax, target: Term) -> None:
        place = syntax.place
        written = self.written(target)
        axes = target.axes()
        if not axes:
            message = f"{written} is one number, without sectors or regions"
            self.note(syntax, "scope", message, f"write {written}")
            return
        places = self.vocabulary.places(axes[0])
        other: Axis = "region" if axes[0] == "sector" else "sector"
        if place.name in self.vocabulary.places(other):
            message = f"{place.name} is a {other}, and {written} has a value for each {axes[0]}"
            self.note(place, "scope", message, None)
            return
        near = suggest(place.name, places)
        message = f"there is no {axes[0]} {shown(place.name)}"
        self.note(place, "unknown-name", message, f"did you mean {near}?" if near else None)

    # -- operators

    def unary(self, syntax: UnarySyntax, where: Where) -> Term:
        if syntax.op == "-":
            part = self.number(syntax.operand, where)
            return self.make(Negate(part.expression), "number", syntax, (part,))
        part = self.condition(syntax.operand, where)
        return self.make(Not(part.expression), "condition", syntax, (part,))

    def binary(self, syntax: BinarySyntax, where: Where) -> Term:
        # Down the left side first: a long sum must not become a deep recursion.
        chain = [syntax]
        while isinstance(chain[-1].left, BinarySyntax):
            chain.append(chain[-1].left)
        left = self.term(chain[-1].left, where)
        for step in reversed(chain):
            left = self.joined(step, left, where)
        return left

    def joined(self, step: BinarySyntax, left: Term, where: Where) -> Term:
        if step.op == "and" or step.op == "or":
            left = self.wanted(left, "condition")
            right = self.condition(step.right, where)
            logic = Logic(step.op, left.expression, right.expression)
            return self.make(logic, "condition", step, (left, right))
        left = self.wanted(left, "number")
        right = self.number(step.right, where)
        arithmetic = Arithmetic(step.op, left.expression, right.expression)
        return self.make(arithmetic, "number", step, (left, right))

    def compare(self, syntax: CompareSyntax, where: Where) -> Term:
        operands = [self.compared(operand, where) for operand in syntax.operands]
        chain: Term | None = None
        for op, left, right in zip(syntax.ops, operands, operands[1:], strict=False):
            comparison = Compare(op, left.expression, right.expression)
            link = self.make(comparison, "condition", syntax, (left, right))
            if chain is None:
                chain = link
            else:
                both = Logic("and", chain.expression, link.expression)
                chain = self.make(both, "condition", syntax, (chain, link))
        assert chain is not None
        return chain

    def compared(self, syntax: Syntax, where: Where) -> Term:
        term = self.term(syntax, where)
        if term.kind == "condition" and term.sound:
            hint = f"write {self.written(term)} or not {self.written(term)} by itself"
            self.note(term, "type", "this is a condition already, and only numbers compare", hint)
            return broken("number", term.start, term.end)
        return term

    def choose(self, syntax: ChooseSyntax, where: Where) -> Term:
        then = self.number(syntax.then, where)
        test = self.condition(syntax.test, where)
        other = self.number(syntax.other, where)
        chosen = Choose(test.expression, then.expression, other.expression)
        return self.make(chosen, "number", syntax, (test, then, other))

    # -- calls

    def call(self, syntax: CallSyntax, where: Where) -> Term:
        function = syntax.name.name
        if function not in FUNCTIONS:
            self.faults.note(unknown_function(syntax.name))
            return broken("number", syntax.start, syntax.end)
        fewest, most = FUNCTIONS[function]
        if not fewest <= len(syntax.arguments) <= most:
            self.faults.note(wrong_count(syntax))
            return broken("number", syntax.start, syntax.end)
        match function:
            case "previous" | "change":
                return self.lagged(syntax, where)
            case "sum" | "mean" | "largest" | "smallest" | "count":
                return self.aggregate(syntax, where)
            case "share":
                return self.share(syntax, where)
        if function in MEMORY:
            return self.memory(syntax, where)
        parts = [self.number(argument, where) for argument in syntax.arguments]
        expressions = tuple(part.expression for part in parts)
        return self.make(Call(cast(Any, function), expressions), "number", syntax, parts)

    def lagged(self, syntax: CallSyntax, where: Where) -> Term:
        function, argument = syntax.name.name, syntax.arguments[0]
        if where.lagged:
            message = "only the year before is kept: previous() and change() do not nest"
            self.note(syntax, "scope", message, None)
            return broken("number", syntax.start, syntax.end)
        now = self.number(argument, where) if function == "change" else None
        if now is not None and not now.sound:
            return now
        before = self.number(argument, Where(inside=where.inside, lagged=True))
        if now is None:
            return self.make(before.expression, "number", syntax, (before,))
        difference = Arithmetic("-", now.expression, before.expression)
        return self.make(difference, "number", syntax, (now, before))

    def varying(self, syntax: CallSyntax, where: Where) -> tuple[Term, Axis | None]:
        """The argument of an aggregate, and the axis that it runs over if there is just one."""
        function, argument = syntax.name.name, syntax.arguments[0]
        inside = Where(inside=True, lagged=where.lagged)
        if function == "count":
            part = self.condition(argument, inside)
        else:
            part = self.number(argument, inside)
        axes = part.axes()
        if len(axes) == 1 and self.vocabulary.places(axes[0]):
            return part, axes[0]
        if part.sound and not axes:
            message = (
                f"{function}() runs over sectors or regions, and nothing here varies over them"
            )
            self.note(argument, "scope", message, f"write {self.written(argument)} by itself")
        elif len(axes) > 1:
            message = f"{function}() runs over sectors or over regions, and both are read here"
            hint = f"say {ways_out(part.bare[1].text, axes[1], self.vocabulary)} of one of them"
            self.note(part.bare[1], "scope", message, hint)
        elif axes:
            message = f"there are no {axes[0]}s for {function}() to run over"
            self.note(argument, "scope", message, None)
        return part, None

    def aggregate(self, syntax: CallSyntax, where: Where) -> Term:
        part, axis = self.varying(syntax, where)
        if axis is None:
            return broken("number", syntax.start, syntax.end)
        reduced = Aggregate(cast(Any, syntax.name.name), part.expression)
        return self.make(reduced, "number", syntax, (part.without(axis, part.expression),))

    def share(self, syntax: CallSyntax, where: Where) -> Term:
        part, axis = self.varying(syntax, where)
        if axis is None or not part.sound:
            return broken("number", syntax.start, syntax.end)
        whole = self.make(Aggregate("sum", part.expression), "number", syntax, (part,))
        whole = whole.without(axis, whole.expression)
        nothing = self.make(Number(0.0), "number", syntax, ())
        quotient = Call("div", (part.expression, whole.expression, Number(0.0)))
        return self.make(quotient, "number", syntax, (part, whole, nothing))

    def memory(self, syntax: CallSyntax, where: Where) -> Term:
        try:
            series = memory_series(syntax, self.text, self.vocabulary)
        except RuleError as error:
            self.faults.note(error)
            return broken("number", syntax.start, syntax.end)
        term = self.read(series, syntax, where)
        elsewhere = series.axis not in ("nation", self.scope) and not where.inside
        if not term.sound:
            return term
        if series.kind in CONDITIONS:
            holds = self.make(Holds(term.expression), "condition", syntax, (term,))
            if series.kind == "flag":
                self.given.append((syntax.start, holds.expression))
            if not elsewhere:
                return holds
            # In a row of another axis the event of a sector means that of any sector.
            count = Aggregate("count", holds.expression)
            many = self.make(count, "number", syntax, (holds.without(series.axis, count),))
            some = Compare(">", many.expression, Number(0.0))
            return self.make(some, "condition", syntax, (many,))
        if not elsewhere:
            return term
        reduced = Aggregate("sum" if series.kind == "times" else "smallest", term.expression)
        return self.make(reduced, "number", syntax, (term.without(series.axis, term.expression),))


_TERMS: Mapping[type, Callable[[_Resolver, Any, Where], Term]] = {
    NameSyntax: _Resolver.name,
    NumberSyntax: _Resolver.constant,
    StringSyntax: _Resolver.text_in_quotes,
    IndexSyntax: _Resolver.index,
    CallSyntax: _Resolver.call,
    UnarySyntax: _Resolver.unary,
    BinarySyntax: _Resolver.binary,
    CompareSyntax: _Resolver.compare,
    ChooseSyntax: _Resolver.choose,
}
