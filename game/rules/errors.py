"""The one error of the rule language: what is wrong, where, and what to write instead."""

from __future__ import annotations


class RuleError(ValueError):
    """A rule that cannot be used.

    Args:
        message: what is wrong, in one plain sentence without a full stop.
        start: offset of the first character concerned.
        end: offset just past the last one; equal to `start` where something is missing.
        slug: the sort of fault: `syntax`, `operator`, `unknown-name`, `scope`, `type`, `arity`,
            `division`, `unbounded`, `range`, `number`, `too-long` or `too-deep`.
        hint: what to write instead, where that is known.
        others: further faults of the same rule, in the order of the text.
    """

    def __init__(
        self,
        message: str,
        start: int,
        end: int,
        *,
        slug: str,
        hint: str | None = None,
        others: tuple[RuleError, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.slug = slug
        self.hint = hint
        self.others = others

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}: {self.hint}"


def shown(text: str, limit: int = 40) -> str:
    """A piece of an author's text, cut and with everything unprintable escaped."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)
