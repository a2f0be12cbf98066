"""The same position in changed words: what is asked, dealt again from texts that were edited."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from game.campaign import drafting, judging, midterm, opening, yearly
from game.campaign.campaign import Campaign
from game.campaign.position import Position
from game.campaign.records import Ask, Card
from game.campaign.table import Game

if TYPE_CHECKING:
    from game.engine import Model


def retold(campaign: Campaign, model: Model) -> Campaign:
    """A campaign with the texts of another model, which is otherwise the same.

    What has been told stays as it was told; what is asked now is asked in the new words.
    """
    game = Game(model, campaign.seed, practice=campaign.practice)
    now = _asked_again(game, campaign.position)
    return Campaign(game, [*campaign.positions[:-1], now], campaign.decisions)


def _asked_again(game: Game, position: Position) -> Position:
    running = position.running
    if running is not None and running.pending is not None:
        pending = replace(running.pending, model=game.model, draws=game.draws)
        position = position.but(running=replace(running, pending=pending))
    if position.stage == "draft":
        return drafting.set_out(game, position)
    return position.but(ask=_ask(game, position))


def _ask(game: Game, position: Position) -> Ask:
    match position.stage:
        case "opening":
            return opening.opened(game).ask
        case "request" | "place" | "event":
            return _card(game, position)
        case "visit":
            return yearly.visit_asked(game, position)
        case "midterm":
            return midterm.asked(game, position)
        case "count":
            return judging.next_count(game, position) or position.ask
        case _:
            return position.ask


def _card(game: Game, position: Position) -> Card:
    """The card on the table, dealt once more."""
    running, card = position.running, position.ask
    assert isinstance(card, Card)
    assert running is not None
    event = game.model.pack.events[card.event]
    return yearly.dealer(game, position).card(event, card.sector, running.year, card.opened)
