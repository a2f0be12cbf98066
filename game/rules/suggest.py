"""Did-you-mean: the known word nearest to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST_WORD = 40
_MOST_CANDIDATES = 5_000


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a writer of `word` most likely meant, or None.

    Case, hyphens and underscores do not count as differences. Of two equally near words the first
    given wins, so that the answer depends on nothing but the arguments.
    """
    if not 2 <= len(word) <= _LONGEST_WORD:
        return None
    plain = _plain(word)
    best: str | None = None
    within = max(1, min(3, len(plain) // 3))
    for position, candidate in enumerate(known):
        if position >= _MOST_CANDIDATES or within < 0:
            break
        if len(candidate) > _LONGEST_WORD or candidate == word:
            continue
        distance = _distance(plain, _plain(candidate), within)
        if distance is not None:
            best, within = candidate, distance - 1
    return best


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_")


def _distance(left: str, right: str, limit: int) -> int | None:
    """Edits (insert, delete, replace, swap neighbours) between two words, or None above `limit`."""
    if abs(len(left) - len(right)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        two_before, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None
