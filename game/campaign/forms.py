"""Decisions as JSON and back: strict, so that a save or a submission holds only decisions.

A decision is an object with `kind` and exactly the fields of its class; fields that hold their
default are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from game.campaign.decisions import (
    UNITS,
    Answer,
    Begin,
    Count,
    Decision,
    Dossier,
    Expire,
    MidTerm,
    Plan,
    Promise,
    Step,
    Trigger,
    Visit,
)

LONGEST_ID = 120
LONGEST_TEXT = 1_000
LONGEST_SENTENCE = 400
MOST = 500
"""More dossiers, cells or promises than this in one plan are no plan."""


class DecisionError(ValueError):
    """A decision that cannot be read, or does not fit what is asked; the message is for people."""


class _Fields:
    """The fields of one JSON object, each taken once; what is left over is refused."""

    def __init__(self, value: object, what: str) -> None:
        if not isinstance(value, Mapping) or not all(isinstance(k, str) for k in value):
            raise DecisionError(f"{what} should be an object, found {_name(value)}")
        self.what = what
        self.rest: dict[str, object] = dict(value)

    def take(self, name: str) -> object:
        if name not in self.rest:
            raise DecisionError(f"{self.what} has no {name!r}")
        return self.rest.pop(name)

    def text(self, name: str, longest: int = LONGEST_ID) -> str:
        return _text(self.take(name), f"{name} of {self.what}", longest)

    def maybe(self, name: str, longest: int = LONGEST_ID) -> str | None:
        if self.rest.get(name) is not None:
            return self.text(name, longest)
        self.rest.pop(name, None)
        return None

    def one_of(self, name: str, words: tuple[str, ...]) -> Any:
        found = self.text(name)
        if found not in words:
            wanted = ", ".join(words)
            raise DecisionError(f"{name} of {self.what} is {found!r}; it should be one of {wanted}")
        return found

    def number(self, name: str) -> float:
        return _number(self.take(name), f"{name} of {self.what}")

    def flag(self, name: str) -> bool:
        found = self.rest.pop(name, False)
        if not isinstance(found, bool):
            raise DecisionError(f"{name} of {self.what} should be true or false")
        return found

    def several(self, name: str) -> list[object]:
        found = self.rest.pop(name, [])
        if not isinstance(found, list):
            raise DecisionError(f"{name} of {self.what} should be a list, found {_name(found)}")
        if len(found) > MOST:
            raise DecisionError(f"{name} of {self.what} holds more than {MOST}")
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(_text(one, f"{name} of {self.what}", LONGEST_ID) for one in self.several(name))

    def done(self) -> None:
        if self.rest:
            raise DecisionError(f"{self.what} does not have {sorted(self.rest)[0]!r}")


def _name(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    if value is None:
        return "nothing"
    return names.get(type(value), "a number" if isinstance(value, int | float) else "something")


def _text(value: object, what: str, longest: int) -> str:
    if not isinstance(value, str):
        raise DecisionError(f"{what} should be a text, found {_name(value)}")
    if len(value) > longest:
        raise DecisionError(f"{what} is longer than {longest} characters")
    if any(ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000 for c in value):
        raise DecisionError(f"{what} holds a character that cannot be shown")
    return value


def _number(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DecisionError(f"{what} should be a number, found {_name(value)}")
    try:
        number = float(value)
    except OverflowError:
        number = float("inf")
    if not isfinite(number) or abs(number) > 1e15:
        raise DecisionError(f"{what} is not a number that the game can use")
    return number


def dossier_to_json(dossier: Dossier) -> dict[str, Any]:
    """A dossier as JSON."""
    result: dict[str, Any] = {}
    if dossier.sector is not None:
        result["sector"] = dossier.sector
    if dossier.channel is not None:
        result["channel"] = dossier.channel
    result |= {"weight": dossier.weight, "lines": list(dossier.lines)}
    if dossier.architecture is not None:
        result["architecture"] = dossier.architecture
    if dossier.sunset:
        result["sunset"] = True
    return result


def dossier_from_json(value: object) -> Dossier:
    """Read a dossier.

    Raises:
        DecisionError: where it is not exactly one.
    """
    fields = _Fields(value, "a dossier")
    sector, channel = fields.maybe("sector"), fields.maybe("channel")
    if (sector is None) == (channel is None):
        raise DecisionError("a dossier names a sector or a channel, one of the two")
    weight = fields.one_of("weight", tuple(UNITS))
    lines = fields.texts("lines")
    architecture = None
    if fields.rest.get("architecture") is not None:
        architecture = fields.one_of("architecture", ("mission", "mixed", "market"))
    fields.rest.pop("architecture", None)
    sunset = fields.flag("sunset")
    fields.done()
    return Dossier(sector, channel, weight, lines, architecture, sunset)


def promise_to_json(promise: Promise) -> dict[str, Any]:
    """A promise as JSON."""
    result: dict[str, Any] = {
        "measure": promise.measure,
        promise.bound: promise.value,
        "word": promise.word,
    }
    if promise.mandate:
        result["mandate"] = True
    return result


def promise_from_json(value: object) -> Promise:
    """Read a promise.

    Raises:
        DecisionError: where it is not exactly one.
    """
    fields = _Fields(value, "a promise")
    measure = fields.text("measure", LONGEST_TEXT)
    bounds = [b for b in ("at_least", "at_most") if b in fields.rest]
    if len(bounds) != 1:
        raise DecisionError("a promise says at_least or at_most, one of the two")
    number = fields.number(bounds[0])
    word = fields.one_of("word", ("sure", "likely", "open"))
    mandate = fields.flag("mandate")
    fields.done()
    bound: Any = bounds[0]
    return Promise(measure, bound, number, word, mandate)


def to_json(decision: Decision) -> dict[str, Any]:
    """A decision as JSON: plain objects, lists, texts and numbers."""
    match decision:
        case Begin(aim):
            return {"kind": "begin"} | ({} if aim is None else {"aim": aim})
        case Plan():
            return _plan_to_json(decision)
        case Answer(choice, favour):
            return {"kind": "answer", "choice": choice} | ({"favour": True} if favour else {})
        case Visit(place):
            return {"kind": "visit"} | ({} if place is None else {"place": place})
        case Count(push):
            return {"kind": "count", "push": push}
        case Trigger(entry, sector):
            return {"kind": "trigger", **_entry_to_json(entry, sector)}
        case Expire(entry, sector):
            return {"kind": "expire", **_entry_to_json(entry, sector)}
        case Step():
            return {"kind": "step"}
        case MidTerm(close, opened, reweigh, weight):
            result: dict[str, Any] = {"kind": "midterm"}
            given = {"close": close, "reweigh": reweigh, "weight": weight}
            result |= {name: text for name, text in given.items() if text is not None}
            if opened is not None:
                result["open"] = dossier_to_json(opened)
            return result


def _entry_to_json(entry: str, sector: str | None) -> dict[str, Any]:
    return {"entry": entry} | ({} if sector is None else {"sector": sector})


def _plan_to_json(plan: Plan) -> dict[str, Any]:
    result: dict[str, Any] = {
        "kind": "plan",
        "dossiers": [dossier_to_json(one) for one in plan.dossiers],
    }
    if plan.amounts:
        result["amounts"] = [list(one) for one in plan.amounts]
    if plan.promises:
        result["promises"] = [promise_to_json(one) for one in plan.promises]
    if plan.proposals:
        result["proposals"] = list(plan.proposals)
    if plan.sentence:
        result["sentence"] = plan.sentence
    return result


def decision_from_json(value: object) -> Decision:
    """Read a decision back.

    Raises:
        DecisionError: where it is not exactly one; the message says what is wrong.
    """
    fields = _Fields(value, "a decision")
    kind = fields.text("kind")
    reader = _READERS.get(kind)
    if reader is None:
        raise DecisionError(f"{kind!r} is not a kind of decision ({', '.join(_READERS)})")
    fields.what = f"the decision {kind!r}"
    decision = reader(fields)
    fields.done()
    return decision


def _read_begin(fields: _Fields) -> Decision:
    return Begin(fields.maybe("aim"))


def _read_plan(fields: _Fields) -> Decision:
    dossiers = tuple(dossier_from_json(one) for one in fields.several("dossiers"))
    amounts = tuple(_amount(one) for one in fields.several("amounts"))
    promises = tuple(promise_from_json(one) for one in fields.several("promises"))
    proposals = fields.texts("proposals")
    sentence = fields.maybe("sentence", LONGEST_SENTENCE) or ""
    return Plan(dossiers, amounts, promises, proposals, sentence)


def _amount(value: object) -> tuple[str, str | None, float]:
    if not isinstance(value, list) or len(value) != 3:
        raise DecisionError("an amount should be a list of instrument, sector and billion yuan")
    instrument = _text(value[0], "the instrument of an amount", LONGEST_ID)
    sector = None
    if value[1] is not None:
        sector = _text(value[1], "the sector of an amount", LONGEST_ID)
    money = _number(value[2], "the money of an amount")
    if money < 0:
        raise DecisionError("the money of an amount is below zero")
    return instrument, sector, money


def _read_answer(fields: _Fields) -> Decision:
    return Answer(fields.text("choice"), fields.flag("favour"))


def _read_visit(fields: _Fields) -> Decision:
    return Visit(fields.maybe("place"))


def _read_midterm(fields: _Fields) -> Decision:
    close, reweigh = fields.maybe("close"), fields.maybe("reweigh")
    opened = fields.rest.pop("open", None)
    dossier = None if opened is None else dossier_from_json(opened)
    weight = None
    if fields.rest.get("weight") is not None:
        weight = fields.one_of("weight", tuple(UNITS))
    fields.rest.pop("weight", None)
    if (reweigh is None) != (weight is None):
        raise DecisionError("weighing a dossier anew names the dossier and its weight")
    if sum(one is not None for one in (close, dossier, reweigh)) > 1:
        raise DecisionError("the mid-term changes one dossier")
    return MidTerm(close, dossier, reweigh, weight)


def _read_count(fields: _Fields) -> Decision:
    if "push" not in fields.rest:
        raise DecisionError(f"{fields.what} has no 'push'")
    return Count(fields.flag("push"))


def _read_trigger(fields: _Fields) -> Decision:
    return Trigger(fields.text("entry"), fields.maybe("sector"))


def _read_expire(fields: _Fields) -> Decision:
    return Expire(fields.text("entry"), fields.maybe("sector"))


def _read_step(_fields: _Fields) -> Decision:
    return Step()


_READERS: Mapping[str, Callable[[_Fields], Decision]] = {
    "begin": _read_begin,
    "plan": _read_plan,
    "answer": _read_answer,
    "visit": _read_visit,
    "midterm": _read_midterm,
    "count": _read_count,
    "trigger": _read_trigger,
    "expire": _read_expire,
    "step": _read_step,
}
