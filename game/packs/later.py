"""Mappings whose values are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Later(Mapping[K, V], Generic[K, V]):
    """A mapping of known keys; each value is made once, and is never None.

    Args:
        keys: the keys, in order.
        make: the value of a key.
    """

    __slots__ = ("_make", "_values")

    def __init__(self, keys: Iterable[K], make: Callable[[K], V]) -> None:
        self._values: dict[K, V | None] = dict.fromkeys(keys)
        self._make = make

    def __getitem__(self, key: K) -> V:
        """The value of a key, made now if it was not asked for before."""
        value = self._values[key]
        if value is None:
            value = self._values[key] = self._make(key)
        return value

    def __contains__(self, key: object) -> bool:
        """Whether there is such a key."""
        return key in self._values

    def __iter__(self) -> Iterator[K]:
        """The keys."""
        return iter(self._values)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._values)

    def __repr__(self) -> str:
        """The keys; the values may not be there yet."""
        return f"Later({list(self._values)!r})"

    def __reduce__(self) -> tuple[type, tuple[dict[K, V]]]:
        """Sent elsewhere, it is a mapping like any other."""
        return dict, (dict(self),)
