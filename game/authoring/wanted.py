"""What a field wants, in words: `a number or an expression`, `a list of ids of passages`."""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, StringConstraints
from pydantic.fields import FieldInfo

from game.packs.fields import Amount, Expr, Memory, PercentOf, Prose, Ref, Target, as_text
from game.packs.schema_lab import Margin

MARKS = (Ref, Prose, Expr, Target, Memory)
Mark = Ref | Prose | Expr | Target | Memory

_SCOPES = {
    "row": "",
    "nation": " over the nation",
    "target": " in the scope of the indicator",
}
_WANT = {
    "number": "a number or expression",
    "condition": "a condition",
    "either": "an expression or condition",
}
_PLAIN = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
_PLURALS = {"person": "people", "strategy": "strategies"}
_ARTICLES = {"a": "an", "e": "an", "i": "an", "o": "an", "u": "an"}


SHORT_FORMS = {
    ("Manifest", "authors"): "text, or a list of it",
    ("Manifest", "requires"): "a list, each the id of a pack or a requirement",
    ("Source", "authors"): "text, or a list of it",
    ("Passage", "number"): "text or a number",
    ("Choice", "costs"): "a number or expression (billion yuan), or costs in parts",
    ("Experiment", "arms"): "a mapping: a name, to an arm",
}
"""Fields that may be written in more ways than their type says."""


def wanted_in(model: type[BaseModel], field: str, hint: Any) -> str:
    """What a field of a class wants, in words."""
    return SHORT_FORMS.get((model.__name__, field)) or wanted(hint)


def marks_of(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """The bare type inside `Annotated`, and all that is said about it, the outermost last."""
    said: list[Any] = []
    while get_origin(hint) is Annotated:
        hint, *more = get_args(hint)
        said = [*said, *more]
    return hint, tuple(said)


def mark_of(said: tuple[Any, ...]) -> Mark | None:
    """The mark among the things said about a type: what it stands for."""
    return next((one for one in reversed(said) if isinstance(one, MARKS)), None)


def arms_of(hint: Any) -> list[Any]:
    """The alternatives of a type, without None; one, for a type that has none."""
    origin = get_origin(hint)
    if origin is Union or origin is types.UnionType:
        return [arm for arm in get_args(hint) if arm is not type(None)]
    return [hint]


def reads_numbers(said: tuple[Any, ...]) -> bool:
    """Whether a number passes for the text of an expression."""
    return any(isinstance(one, BeforeValidator) and one.func is as_text for one in said)


def a(noun: str) -> str:
    """A noun with its article."""
    return f"{_ARTICLES.get(noun[0], 'a')} {noun}"


def many(noun: str) -> str:
    """A noun in the plural."""
    return _PLURALS.get(noun, f"{noun}s")


def noun_of(model: type[BaseModel]) -> str:
    """What a class of the schema is called: `InstrumentEntry` is an instrument."""
    words = "".join(f" {one}" if one.isupper() else one for one in model.__name__)
    return words.strip().removesuffix("Entry").strip().lower()


def wanted(hint: Any) -> str:
    """What a type of the schema wants, in words."""
    if hint == PercentOf:
        return "a percentage, as `5%`"
    if hint == Amount:
        return "a percentage of the plan's budget, or whole billion yuan over the plan"
    if hint == Margin:
        return "a number, or a percentage"
    inner, said = marks_of(hint)
    mark = mark_of(said)
    arms = arms_of(inner)
    if len(arms) > 1:
        return ", or ".join(dict.fromkeys(_alternative(arm) for arm in arms))
    inner = arms[0]
    if get_origin(inner) is Annotated:
        return wanted(inner)
    return _container(inner, said) or (
        _marked(mark, said) if mark is not None else _scalar(inner, said)
    )


def _alternative(arm: Any) -> str:
    if get_origin(arm) is dict:
        mark = mark_of(marks_of(get_args(arm)[0])[1])
        if isinstance(mark, Ref):
            return f"the same by {mark.kinds[0]}"
    return wanted(arm)


def _container(inner: Any, said: tuple[Any, ...]) -> str | None:
    origin = get_origin(inner)
    if origin is tuple:
        items = get_args(inner)
        if Ellipsis not in items:
            return f"a list of {len(items)}, each {wanted(items[0])}"
        return f"a list, each {wanted(items[0])}"
    if origin is dict:
        key, value = get_args(inner)
        return f"a mapping: {wanted(key)}, to {wanted(value)}"
    if origin is Literal:
        told = [f"`{one}`" for one in get_args(inner)]
        return " or ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return a(noun_of(inner))
    return None


def _marked(mark: Mark, said: tuple[Any, ...]) -> str:
    if isinstance(mark, Ref):
        return "the id of " + " or ".join(a(kind) for kind in mark.kinds)
    if isinstance(mark, Target):
        kind = mark.kinds[0]
        return f"{a(kind)}, `name` or `name[place]`"
    if isinstance(mark, Expr):
        return _WANT[mark.want] + _SCOPES[mark.scope] + (" at the end" if mark.ending else "")
    if isinstance(mark, Memory):
        return f"the name of a {mark.kind}"
    return "text" if mark.fits is None else f"text, up to {mark.fits} characters"


def _scalar(inner: Any, said: tuple[Any, ...]) -> str:
    text = _PLAIN.get(inner, "a value")
    for item in said:
        if isinstance(item, StringConstraints) and isinstance(item.pattern, str):
            return form_of(item.pattern)
    low, high, above = limits(said)
    if above is not None:
        return f"{text} above {above:g}"
    if low is not None and high is not None:
        return f"{text}, {low:,.0f} to {high:,.0f}"
    return f"{text}, {low:g} or more" if low is not None else text


def form_of(pattern: str) -> str:
    """What text of a pattern looks like."""
    if "%" in pattern:
        return "a percentage, like `10%`"
    if pattern.startswith("^[0-9]"):
        return "a version, like `1.0.0`"
    if "[-_]" in pattern:
        return "kebab-case or snake_case"
    if "_[a-z" in pattern:
        return "snake_case, like `market_quality`"
    return "kebab-case, like `solar-glut`"


def constraints(said: tuple[Any, ...]) -> list[Any]:
    """What is said about a type, with what `Field(...)` says of values taken out of it."""
    return [
        item for one in said for item in (one.metadata if isinstance(one, FieldInfo) else [one])
    ]


def limits(said: tuple[Any, ...]) -> tuple[float | None, float | None, float | None]:
    """The least and the greatest value of a number, and what it must be above."""
    found: dict[str, Any] = {}
    for item in constraints(said):
        for name in ("ge", "le", "gt"):
            if getattr(item, name, None) is not None:
                found[name] = getattr(item, name)
    return found.get("ge"), found.get("le"), found.get("gt")
