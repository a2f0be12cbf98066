"""From a name to a series, or to an error that says which name was meant."""

from __future__ import annotations

from collections.abc import Iterable

from game.rules.errors import RuleError, shown
from game.rules.expression import Axis, Series, SeriesKind
from game.rules.suggest import suggest
from game.rules.syntax import CallSyntax, NameSyntax, StringSyntax
from game.rules.vocabulary import FUNCTIONS, PREFIXES, SPECIALS, USAGE, Vocabulary

MEMORY: dict[str, SeriesKind] = {
    "fired": "fired",
    "times": "times",
    "years_since": "since",
    "active": "active",
    "flag": "flag",
    "counter": "counter",
}
CONDITIONS: frozenset[SeriesKind] = frozenset({"flag", "fired", "active"})

_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./")
_LONGEST_NAME = 80
_ALIENS = {
    "avg": "write mean(x)",
    "average": "write mean(x)",
    "median": "write mean(x)",
    "total": "write sum(x)",
    "maximum": "write max(a, b), or largest(x) over sectors or regions",
    "minimum": "write min(a, b), or smallest(x) over sectors or regions",
    "any": "write count(condition) > 0",
    "all": "write count(not condition) == 0",
    "if": "write a if condition else b",
    "pow": "there are no powers: multiply, or use sqrt(x)",
    "exp": "there is no exp: use saturate(x, half) or ramp(x, low, high)",
    "log": "there is no log: use saturate(x, half) or ramp(x, low, high)",
    "ln": "there is no ln: use saturate(x, half) or ramp(x, low, high)",
    "round": "numbers are not rounded; compare them instead",
    "floor": "numbers are not rounded; compare them instead",
    "int": "numbers are not rounded; compare them instead",
    "random": "chance belongs into the rule's noise or the event's chance",
    "seen": 'write fired("event")',
    "lag": "write previous(x)",
}


def named_series(syntax: NameSyntax, vocabulary: Vocabulary, *, ending: bool) -> Series:
    """The series of a name, with its prefix if it has one.

    Raises:
        RuleError: for a name that is none, or that may not be read here.
    """
    name = syntax.name
    match syntax.prefix:
        case "":
            return _bare(syntax, vocabulary)
        case "nation":
            return _national(syntax, vocabulary)
        case "support" | "spend" as kind:
            axis = vocabulary.instruments.get(name)
            if axis is None:
                raise _unknown(syntax, "instrument", vocabulary.instruments, f"{kind}.")
            return Series(kind, name, axis)
        case "after":
            _only_in_endings(syntax, ending)
            info = vocabulary.indicators.get(name)
            if info is None:
                raise _unknown(syntax, "indicator", vocabulary.indicators, "after.")
            return Series("after", name, info.axis)
        case "balance":
            _only_in_endings(syntax, ending)
            if name not in vocabulary.balances:
                raise _unknown(syntax, "balance", vocabulary.balances, "balance.")
            return Series("balance", name, "nation")
    raise _wrong_prefix(syntax, vocabulary)


def _bare(syntax: NameSyntax, vocabulary: Vocabulary) -> Series:
    if syntax.name in SPECIALS:
        return Series("special", syntax.name, SPECIALS[syntax.name][0])
    info = vocabulary.indicators.get(syntax.name)
    if info is None:
        raise _unknown_bare(syntax, vocabulary)
    return Series("indicator", syntax.name, info.axis)


def _national(syntax: NameSyntax, vocabulary: Vocabulary) -> Series:
    if syntax.name not in vocabulary.indicators and syntax.name not in SPECIALS:
        known = [name for name, info in vocabulary.indicators.items() if info.axis == "nation"]
        raise _unknown(syntax, "national indicator", known, "nation.")
    series = _bare(syntax, vocabulary)
    if series.axis == "nation":
        return series
    raise RuleError(
        f"{syntax.name} is not national: it has a value for each {series.axis}",
        syntax.start,
        syntax.end,
        slug="scope",
        hint=f"say {ways_out(syntax.name, series.axis, vocabulary)}",
    )


def ways_out(text: str, axis: Axis, vocabulary: Vocabulary) -> str:
    """How a series by sector or region becomes one number."""
    places = vocabulary.places(axis)
    place = places[0] if places else axis
    if "new_energy" in places:
        place = "new_energy"
    return f"mean({text}), sum({text}) or {text}[{place}]"


def _only_in_endings(syntax: NameSyntax, ending: bool) -> None:
    if not ending:
        raise RuleError(
            f"{syntax.text} is known only when a campaign ends",
            syntax.start,
            syntax.end,
            slug="scope",
            hint=f"only endings read {syntax.prefix}.x",
        )


def _unknown(syntax: NameSyntax, noun: str, known: Iterable[str], prefix: str) -> RuleError:
    near = suggest(syntax.name, known)
    return RuleError(
        f"there is no {noun} {shown(syntax.name)}",
        syntax.start,
        syntax.end,
        slug="unknown-name",
        hint=f"did you mean {prefix}{near}?" if near else None,
    )


def _unknown_bare(syntax: NameSyntax, vocabulary: Vocabulary) -> RuleError:
    name = syntax.name
    message, hint = f"there is no indicator {shown(name)}", None
    if name in FUNCTIONS:
        message, hint = f"{name} is a function", f"write {USAGE[name]}"
    elif name in vocabulary.instruments:
        message = f"{name} is an instrument"
        hint = f"write support.{name} (0 to 1) or spend.{name} (billion yuan a year)"
    elif name in vocabulary.sectors or name in vocabulary.regions:
        axis: Axis = "sector" if name in vocabulary.sectors else "region"
        example = next((i for i, info in vocabulary.indicators.items() if info.axis == axis), "x")
        message = f"{name} is a {axis}, not a number"
        hint = f"pick it from an indicator: {example}[{name}]"
    elif name in vocabulary.balances:
        message, hint = f"{name} is a balance", f"write balance.{name}"
    elif name in PREFIXES:
        message, hint = f"{name} is a prefix", f"write {name}.x"
    else:
        near = suggest(name, [*vocabulary.indicators, *SPECIALS])
        instrument = None if near else suggest(name, vocabulary.instruments)
        if near or instrument:
            hint = f"did you mean {near or 'support.' + str(instrument)}?"
    return RuleError(message, syntax.start, syntax.end, slug="unknown-name", hint=hint)


def _wrong_prefix(syntax: NameSyntax, vocabulary: Vocabulary) -> RuleError:
    places = {*vocabulary.sectors, *vocabulary.regions}
    hint = f"the prefixes are {', '.join(PREFIXES)}"
    if syntax.prefix in places:
        hint = f"write {syntax.name}[{syntax.prefix}]"
    elif syntax.name in places:
        hint = f"write {syntax.prefix}[{syntax.name}]"
    elif syntax.prefix in ("sector", "region"):
        hint = f"write {syntax.name}"
    elif near := suggest(syntax.prefix, PREFIXES):
        hint = f"did you mean {near}.{syntax.name}?"
    message = f"{shown(syntax.prefix)} is no prefix"
    return RuleError(message, syntax.start, syntax.end, slug="unknown-name", hint=shown(hint, 90))


def unknown_function(name: NameSyntax) -> RuleError:
    """The error for a call of something that is no function."""
    hint = _ALIENS.get(name.name)
    if hint is None and (near := suggest(name.name, FUNCTIONS)):
        hint = f"did you mean {USAGE[near]}?"
    return RuleError(
        f"there is no function {shown(name.name)}",
        name.start,
        name.end,
        slug="unknown-name",
        hint=hint,
    )


def memory_series(call: CallSyntax, text: str, vocabulary: Vocabulary) -> Series:
    """The series that `fired("e")` and its like read.

    Raises:
        RuleError: for an event or situation that does not exist, or a name not in quotes.
    """
    function = call.name.name
    argument = call.arguments[0]
    if not isinstance(argument, StringSyntax):
        written = shown(text[argument.start : argument.end])
        raise RuleError(
            f"{function}() takes a name in quotes",
            argument.start,
            argument.end,
            slug="type",
            hint=f'write {function}("{written}")',
        )
    kind, name = MEMORY[function], argument.value
    if kind in ("flag", "counter"):
        _check_spelling(argument, kind)
        return Series(kind, name, "nation")
    own, other = vocabulary.events, vocabulary.situations
    noun = "event"
    if kind == "active":
        own, other, noun = other, own, "situation"
    if name in own:
        return Series(kind, name, own[name])
    if name in other:
        message = f"{name} is a situation" if noun == "event" else f"{name} is an event"
        hint = f'write active("{name}")' if noun == "event" else f'write fired("{name}")'
    else:
        message = f'there is no {noun} "{shown(name)}"'
        near = suggest(name, own)
        hint = f'did you mean {function}("{near}")?' if near else ""
    raise RuleError(message, argument.start, argument.end, slug="unknown-name", hint=hint or None)


def _check_spelling(argument: StringSyntax, kind: str) -> None:
    name = argument.value
    if not name or len(name) > _LONGEST_NAME or not _NAME_CHARACTERS.issuperset(name):
        raise RuleError(
            f'"{shown(name)}" is no name for a {kind}',
            argument.start,
            argument.end,
            slug="unknown-name",
            hint="use letters, digits and _ - . as in governor.closed_her_lines",
        )


def wrong_count(syntax: CallSyntax) -> RuleError:
    """The error for a call with too many or too few arguments."""
    function = syntax.name.name
    fewest, most = FUNCTIONS[function]
    given = len(syntax.arguments)
    wanted = "two or more values" if fewest != most else _values(fewest)
    hint = f"write {USAGE[function]}"
    if function in ("min", "max") and given == 1:
        over = "smallest" if function == "min" else "largest"
        hint = f"over sectors or regions write {over}(x)"
    return RuleError(
        f"{function}() takes {wanted}, not {given}",
        syntax.start,
        syntax.end,
        slug="arity",
        hint=hint,
    )


def _values(count: int) -> str:
    return "one value" if count == 1 else f"{count} values"
