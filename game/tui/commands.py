"""The command palette: every key of the screen at hand, by what it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from game.tui.text import plain
from game.words import said

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

HIDDEN = {
    "cursor_up", "cursor_down", "first", "last", "page_up", "page_down", "select", "scroll_up",
    "scroll_down", "scroll_left", "scroll_right", "scroll_home", "scroll_end", "command_palette",
    "app.command_palette", "screen.copy_text", "copy_text", "app.focus_next", "app.focus_previous",
    "help_quit", "screen.minimize", "minimize",
}  # fmt: skip
"""Moves of the cursor, which nobody looks for by name."""


@dataclass(frozen=True, slots=True)
class Command:
    """An action of the screen at hand."""

    key: str
    title: str
    help: str
    action: str
    enabled: bool


def commands_of(app: App[object], screen: Screen[object]) -> Iterator[Command]:
    """Every action that the screen's keys reach, once each, in the order of the keys."""
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        name = binding.action.removeprefix("screen.")
        if binding.system or not binding.description or name in HIDDEN:
            continue
        if name.partition("(")[0] in HIDDEN or binding.description in seen:
            continue
        seen.add(binding.description)
        space = "app." if active.node is app else ("screen." if active.node is screen else "")
        action = binding.action if "." in binding.action else space + binding.action
        if not space:
            continue
        yield Command(
            app.get_key_display(binding), binding.description, binding.tooltip, action,
            active.enabled,
        )  # fmt: skip


class ScreenCommands(Provider):
    """Offers the screen's own actions, each with its key."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in commands_of(self.app, self.screen):
            yield DiscoveryHit(
                plain(f"{command.title}  ({command.key})"),
                self._runner(command.action),
                text=command.title,
                help=command.help or None,
            )

    async def search(self, query: str) -> Hits:
        """Those whose name fits what is typed."""
        matcher = self.matcher(query)
        for command in commands_of(self.app, self.screen):
            score = matcher.match(command.title)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(command.title),
                    self._runner(command.action),
                    text=command.title,
                    help=command.help or said("key {key}", key=command.key),
                )

    def _runner(self, action: str):  # type: ignore[no-untyped-def]
        async def run() -> None:
            await self.app.run_action(action, default_namespace=self.screen)

        return run
