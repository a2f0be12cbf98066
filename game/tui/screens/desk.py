"""The desk: dossiers, what the advisors bring, and the ministry's forecast of it all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList
from textual.worker import get_current_worker

from game.campaign.decisions import Dossier
from game.campaign.kept import KeptDesk
from game.campaign.offered import DraftAsk, Offer
from game.tui.names import Names, TitleNames
from game.tui.screens.base import GameScreen
from game.tui.screens.desk_keys import DESK_HELP, KEYS, NEED_CAMPAIGN, WEIGHTS
from game.tui.screens.desk_rows import (
    LETTERS,
    capital_line,
    dilution_line,
    dossier_details,
    dossier_rows,
    hint,
    money_line,
    offer_details,
    offer_line,
    offer_rows,
    plan_title,
    what_is_left,
)
from game.tui.screens.inbox import InboxModal
from game.tui.text import BAD, MUTED, lines, plain, say
from game.tui.widgets.chart import Chart
from game.tui.widgets.forecast import ForecastPanel
from game.tui.widgets.rows import Rows
from game.tui.widgets.sheet import Sheet
from game.words import said

if TYPE_CHECKING:
    from game.campaign import Draft
    from game.campaign.records import Fan
    from game.tui.session import Session


class DeskScreen(GameScreen):
    """Drafts a plan. Nothing here is final until the lock."""

    AT = "desk"
    HELP = DESK_HELP
    BINDINGS: ClassVar[list[BindingType]] = KEYS
    CSS_PATH = "../styles/desk.tcss"
    names: TitleNames

    def __init__(self, ask: DraftAsk, kept: KeptDesk | None = None) -> None:
        super().__init__()
        self.ask = ask
        self._kept = kept
        self._kept_draft = kept.draft if kept is not None else None
        self._made: list[Callable[[Draft], Draft]] = []
        self._measures: list[str] = []
        self._measure = 0
        self._fan: Fan | None = None

    @property
    def session(self) -> Session:
        """The campaign at hand."""
        assert self.game.session is not None
        return self.game.session

    @property
    def draft(self) -> Draft:
        """The desk as it stands."""
        return self._kept_draft or self.session.draft

    @property
    def waits(self) -> bool:
        """Whether this desk is shown as it was kept, while its campaign is being opened."""
        return self._kept is not None

    def join(self, session: Session) -> bool:
        """The campaign is open: do again what was done meanwhile, if this is its desk."""
        now = KeptDesk.of(session.campaign)
        if self._kept is None or now is None or now.to_text() != self._kept.to_text():
            return False
        self._kept = self._kept_draft = None
        for make in self._made:
            session.redraft(make(session.draft))
        self.names = Names(session.campaign)
        self._measures = self._known_measures()
        self.refresh_desk()
        self.show_step()
        self.refresh_bindings()
        return True

    def compose_body(self) -> ComposeResult:
        """Desk and table; the forecast below, beside or in the table's place."""
        with Horizontal(id="columns"):
            with Vertical(id="left"):
                yield Rows(id="dossiers", classes="panel")
                yield Sheet(id="money")
            with Vertical(id="middle"):
                yield Rows(id="offers", classes="panel")
                yield Sheet(id="line")
            with Vertical(id="right"):
                yield ForecastPanel(id="forecast", classes="panel")
                yield Sheet(id="details", classes="panel")

    def on_mount(self) -> None:
        """Fill the desk; the inbox lies on top of it the first time."""
        self.query_one("#dossiers").focus()
        if self._kept is not None:
            self.names = TitleNames(self._kept.titles)
            self.refresh_desk()
            return
        self.names = Names(self.session.campaign)
        self._measures = self._known_measures()
        self.refresh_desk()
        if self.ask.inbox and not self.session.unsaved and self.ask.plan > 0:
            self.action_inbox()

    def on_resize(self) -> None:
        """Another width may mean another layout."""
        if hasattr(self, "names"):
            self.call_after_refresh(self.refresh_desk)

    def on_screen_resume(self) -> None:
        """Something may have changed on the screen that stood above."""
        if hasattr(self, "names"):
            self.refresh_desk()

    def _known_measures(self) -> list[str]:
        found = [self.ask.mandate.measure] if self.ask.mandate is not None else []
        for expression, *_ in self.session.campaign.measures():
            if expression not in found:
                found.append(expression)
        return found

    # Showing

    def refresh_desk(self) -> None:
        """Draw the draft anew and ask the ministry."""
        session = self.game.session
        if not self.waits and (session is None or not isinstance(session.ask, DraftAsk)):
            return
        draft, names = self.draft, self.names
        dossiers, table = self.query_one("#dossiers", Rows), self.query_one("#offers", Rows)
        dossiers.show(dossier_rows(draft, names))
        dossiers.border_title = plain(
            said(
                "Desk {priorities} of {slots} dossiers",
                priorities=draft.priorities,
                slots=draft.slots,
            )
        )
        trouble = draft.problems[0] if draft.problems else ""
        dossiers.border_subtitle = say((f"! {trouble}", BAD)) if trouble else plain("")
        heads = self.has_class("-three")
        table.show(offer_rows(self.ask.offers, draft, names, heads=heads))
        table.border_title = plain(said("On the table · what its owner gets"))
        table.border_subtitle = plain(hint(draft))
        below = [dilution_line(draft), capital_line(draft, draft.desk.capital)]
        self.query_one("#money", Sheet).show(
            lambda width: lines([money_line(draft, width), *below])
        )
        self.top.show(plan_title(self.ask), what_is_left(draft, names))
        self._show_details()
        if not self.waits:
            self._ask_ministry(self.session, draft)

    def _show_details(self) -> None:
        offer = self._offer_here()
        sheet = self.query_one("#details", Sheet)
        sheet.border_title = plain(said("The offer") if offer is not None else said("The lines"))
        below = self.query_one("#line", Sheet)
        if offer is not None:
            sheet.show(offer_details(offer, self.names))
            below.show(offer_line(offer, self.names))
            return
        below.show(
            plain(
                said("Tab goes to the table; Enter opens a dossier; left and right weigh it."),
                MUTED,
            )
        )
        sheet.show(dossier_details(self._dossier_here(), self.names))

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        if hasattr(self, "names"):
            self._show_details()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The details follow the pane, and where there is little height, so does the room."""
        self.set_class(event.widget.id == "offers", "-table")
        if hasattr(self, "names"):
            self._show_details()

    @work(thread=True, exclusive=True, group="forecast")
    def _ask_ministry(self, session: Session, draft: Draft) -> None:
        """Count the forecast in a thread; a newer desk makes this one void."""
        worker = get_current_worker()
        if not self._measures:
            return
        expression = self._measures[self._measure % len(self._measures)]
        forecaster = session.forecaster()
        if not worker.is_cancelled:
            fan = forecaster.fan(draft, expression)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_fan, fan)

    def _show_fan(self, fan: Fan) -> None:
        self._fan = fan
        if self.is_mounted:
            mandate = self.ask.mandate
            promise = None
            if mandate is not None and mandate.measure == fan.expression:
                promise = (self.ask.last_year, mandate.value)
            self.query_one(ForecastPanel).show(Chart.of(fan, promise))

    # Finding what the cursor means

    def _dossier_here(self) -> Dossier | None:
        here = self.query_one("#dossiers", Rows).here
        return next((one for one in self.draft.dossiers if one.key == here), None)

    def _offer_here(self) -> Offer | None:
        table = self.query_one("#offers", Rows)
        if not table.has_focus:
            return None
        return next((offer for offer in self.ask.offers if offer.id == table.here), None)

    def _change(self, make: Callable[[Draft], Draft]) -> None:
        try:
            changed = make(self.draft)
        except ValueError as error:
            self.game.tell(str(error), bad=True)
            return
        if self.waits:
            self._made.append(make)
            self._kept_draft = changed
        else:
            self.session.redraft(changed)
        self.refresh_desk()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs more than the desk waits for the campaign."""
        waits = self.waits and action in NEED_CAMPAIGN
        return None if waits else super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Letters take offers; digits go to a dossier."""
        key = event.key
        if len(key) == 1 and key in LETTERS[: len(self.ask.offers)]:
            self._toggle(self.ask.offers[LETTERS.index(key)])
            event.stop()
        elif key.isdigit() and key != "0":
            rows = self.query_one("#dossiers", Rows)
            if int(key) <= len(rows.rows):
                rows.focus()
                rows.highlighted = int(key) - 1
                event.stop()

    def _toggle(self, offer: Offer) -> None:
        taken = offer.id in self.draft.taken
        self._change(lambda d: d.put_back(offer.id) if taken else d.take(offer.id))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_list.id == "offers":
            for offer in self.ask.offers:
                if offer.id == event.option_id:
                    self._toggle(offer)
        else:
            self.action_open()

    def action_open(self) -> None:
        """Open the dossier under the cursor, a new one in an empty slot; take an offer."""
        from game.tui.screens.dossier import DossierModal

        offer = self._offer_here()
        if offer is not None:
            self._toggle(offer)
            return
        dossier = self._dossier_here()
        if self.waits:
            return
        if dossier is None:
            self.action_another()
        else:
            self.app.push_screen(DossierModal(dossier.key))

    def action_another(self) -> None:
        """Open a dossier of one's own."""
        from game.tui.screens.dossier import DossierModal
        from game.tui.screens.pick_dossier import PickDossierModal

        def chosen(dossier: Dossier | None) -> None:
            if dossier is not None:
                self._change(lambda d: d.open(dossier))
                self.app.push_screen(DossierModal(dossier.key))

        taken = frozenset(dossier.key for dossier in self.draft.dossiers)
        self.app.push_screen(PickDossierModal(taken), chosen)

    def action_close(self) -> None:
        """Close the dossier under the cursor."""
        dossier = self._dossier_here()
        if dossier is not None:
            self._change(lambda d: d.close(dossier.key))

    def action_weigh(self, by: int) -> None:
        """Make the dossier under the cursor lighter or heavier."""
        dossier = self._dossier_here()
        if dossier is None:
            return
        place = max(0, min(2, WEIGHTS.index(dossier.weight) + by))
        self._change(lambda d: d.weigh(dossier.key, WEIGHTS[place]))

    def action_stamp(self) -> None:
        """Stamp the dossier to end with the plan, or take the stamp off."""
        dossier = self._dossier_here()
        if dossier is not None:
            self._change(lambda d: d.stamp(dossier.key))

    def action_undo(self) -> None:
        """Take the last change back."""
        if self.session.undo():
            self.refresh_desk()
        else:
            self.game.tell(said("Nothing to take back."))

    def action_redo(self) -> None:
        """Make it again."""
        if self.session.redo():
            self.refresh_desk()
        else:
            self.game.tell(said("Nothing was taken back."))

    def action_forecast(self) -> None:
        """Show or hide the forecast."""
        self.toggle_class("-forecast")

    def action_back(self) -> None:
        """Close the forecast where it is open; else to the menu."""
        if self.has_class("-forecast") and not self.has_class("-three"):
            self.remove_class("-forecast")
        else:
            if self.waits:
                self.game.stop_opening()
            super().action_back()

    def action_measure(self, by: int) -> None:
        """Forecast another number."""
        self._measure += by
        self.add_class("-forecast")
        self._ask_ministry(self.session, self.draft)

    def action_why(self) -> None:
        """Why the forecast's number stands where it does."""
        campaign = self.session.campaign
        if not campaign.reports or not self._measures:
            self.game.tell(said("No year has passed yet: nothing has moved."))
            return
        first = max(campaign.reports[0].year, campaign.year - 4)
        self.game.why(self._measures[self._measure % len(self._measures)], first, campaign.year)

    def action_amounts(self) -> None:
        """Exact amounts, cell by cell."""
        from game.tui.screens.amounts import AmountsScreen

        self.app.push_screen(AmountsScreen())

    def action_presets(self) -> None:
        """Start from another desk."""
        from game.tui.screens.presets import PresetsModal

        self.app.push_screen(PresetsModal(self.ask))

    def action_inbox(self) -> None:
        """What came in."""
        self.app.push_screen(InboxModal(self.ask, Names(self.session.campaign)))

    def action_promise(self) -> None:
        """Go on to the promises, once the desk can be locked."""
        from game.tui.screens.promises import PromisesScreen

        if self.draft.problems:
            self.game.tell(self.draft.problems[0], bad=True)
        else:
            self.app.push_screen(PromisesScreen(self.ask))
