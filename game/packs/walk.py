"""Walking over entries by their schema: every value with its path and the mark of its field."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from game.packs.diagnostics import DataPath
from game.packs.fields import Expr, Memory, Prose, Ref, Target

Mark = Ref | Prose | Expr | Target | Memory
_MARKS = (Ref, Prose, Expr, Target, Memory)


class Leaf(NamedTuple):
    """A value that is not a container, or the key of a mapping (`at` says which)."""

    path: DataPath
    mark: Mark | None
    value: Any
    at: Literal["key", "value"] = "value"


_Visit = Callable[[Any, DataPath, list[Leaf]], None]
_leaf = tuple.__new__  # calling the class itself takes twice as long


def leaves(model: BaseModel) -> list[Leaf]:
    """The leaves of the fields that the pack gives (defaults are left out), in schema order.

    Paths are those of the pack's data, except where a short form was spelled out by the schema.
    """
    found: list[Leaf] = []
    _visit_model(model, (), found)
    return found


def fields_at(model: Any, path: DataPath, data: Any) -> frozenset[str]:
    """The names of fields that the schema knows at a path of some data; empty for free keys."""
    types_here = [model]
    for step in path:
        types_here = [one for kind in types_here for one in _inside(kind, step)]
    return frozenset(
        _alias(name, info)
        for kind in types_here
        for one in _models(kind)
        for name, info in one.model_fields.items()
    )


def _alias(name: str, info: FieldInfo) -> str:
    return info.alias or name


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, str, _Visit], ...]:
    hints = typing.get_type_hints(model, include_extras=True)
    return tuple(
        (name, _alias(name, info), _visitor(hints[name]))
        for name, info in model.model_fields.items()
    )


def _visit_model(model: BaseModel, path: DataPath, out: list[Leaf]) -> None:
    given = model.model_fields_set
    values = model.__dict__
    for name, alias, visit in _plan(type(model)):
        if name in given:
            value = values[name]
            if value is not None:
                visit(value, (*path, alias), out)


@cache
def _visitor(hint: Any, mark: Mark | None = None) -> _Visit:
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *metadata = get_args(hint)
        own = next((one for one in reversed(metadata) if isinstance(one, _MARKS)), mark)
        return _visitor(inner, own)
    if origin is Union or origin is types.UnionType:
        arms = [arm for arm in get_args(hint) if arm is not type(None)]
        return _of_union(arms, mark) if len(arms) > 1 else _visitor(arms[0], mark)
    if origin is tuple:
        return _of_sequence([arm for arm in get_args(hint) if arm is not Ellipsis], mark)
    if origin is dict:
        key, item = get_args(hint)
        return _of_mapping(key, item, mark)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _visit_model
    return lambda value, path, out: out.append(_leaf(Leaf, (path, mark, value, "value")))


def _of_sequence(arms: list[Any], mark: Mark | None) -> _Visit:
    visit = _visitor(arms[0], mark)

    def run(value: Any, path: DataPath, out: list[Leaf]) -> None:
        for position, item in enumerate(value):
            visit(item, (*path, position), out)

    return run


def _of_mapping(key: Any, item: Any, mark: Mark | None) -> _Visit:
    visit = _visitor(item, mark)
    metadata = get_args(key)[1:] if get_origin(key) is Annotated else ()
    key_mark = next((one for one in reversed(metadata) if isinstance(one, _MARKS)), None)

    def run(value: Any, path: DataPath, out: list[Leaf]) -> None:
        for name, one in value.items():
            inner = (*path, name)
            out.append(_leaf(Leaf, (inner, key_mark, name, "key")))
            visit(one, inner, out)

    return run


def _of_union(arms: list[Any], mark: Mark | None) -> _Visit:
    visits = [(_shape(arm), _visitor(arm, mark)) for arm in arms]

    def run(value: Any, path: DataPath, out: list[Leaf]) -> None:
        shape = _shape_of(value)
        for wanted, visit in visits:
            if wanted == shape:
                visit(value, path, out)
                return
        out.append(Leaf(path, mark, value))

    return run


def _shape(hint: Any) -> str:
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    origin = get_origin(hint)
    if origin in (dict, tuple):
        return "mapping" if origin is dict else "list"
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint.__name__
    return "text" if hint is str else "other"


def _shape_of(value: Any) -> str:
    if isinstance(value, BaseModel):
        return type(value).__name__
    if isinstance(value, Mapping):
        return "mapping"
    if isinstance(value, tuple):
        return "list"
    return "text" if isinstance(value, str) else "other"


def _models(hint: Any) -> Iterator[type[BaseModel]]:
    origin = get_origin(hint)
    if origin is Annotated:
        yield from _models(get_args(hint)[0])
    elif origin is Union or origin is types.UnionType:
        for arm in get_args(hint):
            yield from _models(arm)
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint


def _inside(hint: Any, step: str | int) -> Iterator[Any]:
    """The types that stand under a step of a path."""
    origin = get_origin(hint)
    if origin is Annotated:
        yield from _inside(get_args(hint)[0], step)
    elif origin is Union or origin is types.UnionType:
        for arm in get_args(hint):
            yield from _inside(arm, step)
    elif origin is tuple and isinstance(step, int):
        yield get_args(hint)[0]
    elif origin is dict:
        yield get_args(hint)[1]
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        hints = typing.get_type_hints(hint, include_extras=True)
        for name, info in hint.model_fields.items():
            if _alias(name, info) == step:
                yield hints[name]
