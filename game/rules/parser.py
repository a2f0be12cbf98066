"""A Pratt parser for rules: one class, no recursion that an author's text could drive deep."""

from __future__ import annotations

from typing import Any, cast

from game.rules.errors import RuleError, shown
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
from game.rules.tokens import Token, tokenize

MAX_DEPTH = 24
MAX_NODES = 400

_CHOOSE, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _MINUS, _POSTFIX = range(1, 10)
_BINDING = {
    "if": _CHOOSE,
    "or": _OR,
    "and": _AND,
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), _COMPARE),
    **dict.fromkeys("+-", _SUM),
    **dict.fromkeys("*/", _PRODUCT),
    **dict.fromkeys("([.", _POSTFIX),
}
_FOREIGN = {"AND": "and", "OR": "or", "NOT": "not", "IF": "if", "ELSE": "else", "then": "if"}


def parse(text: str) -> Syntax:
    """The syntax tree of a rule.

    Raises:
        RuleError: at the first fault; nothing else, whatever the text.
    """
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0
        self.token = self.tokens[0]
        self.sign = self.token.sign
        self.depth = 0
        self.nodes = 0

    # -- the stream of tokens

    def take(self) -> Token:
        token = self.token
        if token.kind != "end":
            self.at += 1
            self.token = self.tokens[self.at]
            self.sign = self.token.sign
        return token

    def fault(self, token: Token, message: str, hint: str | None = None) -> RuleError:
        return RuleError(message, token.start, token.end, slug="syntax", hint=hint)

    def close(self, closing: str, opening: Token) -> Token:
        if self.sign == closing:
            return self.take()
        if self.token.kind == "end":
            raise self.fault(opening, f"this {opening.text} is never closed", f"add {closing}")
        raise self.stray(self.token, f"{closing} is missing before it")

    def stray(self, token: Token, hint: str | None = None) -> RuleError:
        if token.kind == "name" and token.text in _FOREIGN:
            return self.fault(token, f"{token.text} is not used here", _foreign_hint(token.text))
        return self.fault(token, f"{_described(token)} does not fit here", hint)

    # -- expressions

    def whole(self) -> Syntax:
        if len(self.tokens) == 1:
            raise self.fault(self.token, "there is nothing here", "write an expression")
        found = self.expression(0)
        if self.token.kind == "end":
            return found
        if self.sign in (")", "]"):
            raise self.fault(self.token, f"this {self.token.text} closes nothing")
        if self.sign == ",":
            raise self.fault(self.token, "a rule is one value", "commas part arguments: min(a, b)")
        raise self.stray(self.token, "an operator is missing before it")

    def nested(self, opening: Token, binding: int) -> Syntax:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise RuleError(
                f"this is nested more than {MAX_DEPTH} deep",
                opening.start,
                opening.end,
                slug="too-deep",
                hint="split it: a computed indicator can hold a part of it",
            )
        found = self.expression(binding)
        self.depth -= 1
        return found

    def count(self, token: Token) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise RuleError(
                f"this rule has more than {MAX_NODES} parts",
                token.start,
                token.end,
                slug="too-long",
                hint="split it: a computed indicator can hold a part of it",
            )

    def expression(self, binding: int) -> Syntax:
        """What stands here, as far as operators that bind tighter than `binding` hold it."""
        left = self.prefix()
        while (tightness := _BINDING.get(self.sign, 0)) > binding:
            self.count(self.token)
            match tightness:
                case 9:
                    left = self.postfix(left)
                case 5:
                    left = self.comparison(left)
                case 1:
                    left = self.choose(left)
                case _:
                    op = self.take().text
                    right = self.expression(tightness)
                    left = BinarySyntax(cast(Any, op), left, right, left.start, right.end)
        return left

    def prefix(self) -> Syntax:
        token = self.token
        self.count(token)
        if not self.sign:
            return self.atom(token)
        match self.sign:
            case "(":
                self.take()
                inner = self.nested(token, 0)
                closing = self.close(")", token)
                # With its brackets, so that a caret shows the whole of it.
                return inner._replace(start=token.start, end=closing.end)
            case "-":
                self.take()
                operand = self.nested(token, _MINUS)
                return UnarySyntax("-", operand, token.start, operand.end)
            case "not":
                self.take()
                operand = self.nested(token, _NOT)
                return UnarySyntax("not", operand, token.start, operand.end)
        raise self.misplaced(token)

    def atom(self, token: Token) -> Syntax:
        match token.kind:
            case "number":
                self.take()
                return NumberSyntax(token.value, token.start, token.end)
            case "string":
                self.take()
                return StringSyntax(token.text, token.start, token.end)
            case "name":
                if token.text in _FOREIGN and self.tokens[self.at + 1].kind != "operator":
                    raise self.stray(token)
                return self.name()
        before = self.tokens[self.at - 1] if self.at else token
        hint = f"something must follow {before.text}" if before.kind != "end" else None
        raise self.fault(token, "the rule breaks off here", hint)

    def misplaced(self, token: Token) -> RuleError:
        match token.text:
            case "if":
                return self.stray(token, "write a if condition else b")
            case "+":
                return self.stray(token, "a number needs no + sign")
            case ")" | "]" | ",":
                return self.stray(token, "a value is missing before it")
            case "[":
                return self.stray(token, "there are no lists; x[new_energy] picks one sector")
            case ".":
                return self.stray(token, "a name with a prefix is written support.zones")
        return self.stray(token, "a value is missing before it")

    def name(self) -> NameSyntax:
        first = self.take()
        if self.sign != ".":
            return NameSyntax("", first.text, first.start, first.end)
        self.take()
        second = self.token
        if second.kind != "name":
            raise self.fault(second, f"a name is missing after {shown(first.text)}.")
        self.take()
        if self.sign == ".":
            raise self.fault(self.token, "a name has one dot at most")
        return NameSyntax(first.text, second.text, first.start, second.end)

    # -- what follows a value

    def postfix(self, left: Syntax) -> Syntax:
        opening = self.take()
        match opening.text:
            case "(":
                return self.call(left, opening)
            case "[":
                return self.index(left, opening)
        raise self.fault(opening, "a dot joins two names only", "as in support.zones")

    def call(self, left: Syntax, opening: Token) -> CallSyntax:
        if not isinstance(left, NameSyntax) or left.prefix:
            raise self.fault(
                opening,
                f"{shown(self.text[left.start : left.end])} is not a function",
                "write * to multiply",
            )
        arguments: list[Syntax] = []
        if self.sign != ")":
            arguments.append(self.nested(opening, 0))
            while self.sign == ",":
                comma = self.take()
                if self.sign == ")":
                    raise self.fault(comma, "nothing follows this comma")
                arguments.append(self.nested(opening, 0))
        closing = self.close(")", opening)
        return CallSyntax(left, tuple(arguments), left.start, closing.end)

    def index(self, left: Syntax, opening: Token) -> IndexSyntax:
        token = self.token
        if isinstance(left, IndexSyntax):
            raise self.fault(opening, "one place has been picked already", "write x[new_energy]")
        if token.kind == "string":
            written = shown(token.text)
            raise self.fault(token, "a place is named without quotes", f"write [{written}]")
        if token.kind != "name" or self.sign:
            raise self.fault(token, "the name of a sector or region is missing here")
        self.take()
        closing = self.close("]", opening)
        place = NameSyntax("", token.text, token.start, token.end)
        return IndexSyntax(left, place, left.start, closing.end)

    def comparison(self, left: Syntax) -> CompareSyntax:
        ops: list[Any] = []
        operands = [left]
        while _BINDING.get(self.sign, 0) == _COMPARE:
            ops.append(self.take().text)
            if len(ops) > 1:
                self.count(self.token)
            operands.append(self.expression(_COMPARE))
        return CompareSyntax(tuple(ops), tuple(operands), left.start, operands[-1].end)

    def choose(self, then: Syntax) -> ChooseSyntax:
        sign = self.take()
        test = self.nested(sign, _CHOOSE)
        if self.sign != "else":
            raise self.fault(sign, "this if has no else", "write a if condition else b")
        self.take()
        # Looser than `if` itself, so that `a if b else c if d else e` reads from the right.
        other = self.nested(sign, 0)
        return ChooseSyntax(test, then, other, then.start, other.end)


def _described(token: Token) -> str:
    match token.kind:
        case "end":
            return "the end of the rule"
        case "string":
            return f'"{shown(token.text)}"'
    return shown(token.text)


def _foreign_hint(word: str) -> str:
    if word == "then":
        return "write a if condition else b"
    return f"write {_FOREIGN[word]}"
