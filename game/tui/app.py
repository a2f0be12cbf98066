"""The application: themes, the commands found everywhere, and the way from screen to screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from game.tui.commands import ScreenCommands
from game.tui.opener import Opener, collect, for_people
from game.tui.settings import Settings, load_settings, save_settings
from game.tui.text import clean
from game.tui.themes import DARK, FAN_DEFAULTS, FAN_LIGHT, LIGHT
from game.words import later, said, speak, wanted

if TYPE_CHECKING:
    from game.campaign.decisions import Decision
    from game.tui.library import Changed, Library
    from game.tui.session import Session, Stage
    from game.tui.taking_up import TakingUp


INSPECTOR = later("What could come, what waits and for what; in practice, and after the end")
KEY_NAMES = {"enter": "enter", "escape": "esc", "tab": "tab", "space": "space"}


def shipped_library(packs: tuple[Path, ...] = (), *, practice: bool = False) -> Library:
    """The packs and saves on this machine; what is begun may all be for practice."""
    from game.tui.shelf import Shelf

    return Shelf(packs, practice=practice)


class GuidingHandApp(App[None]):
    """Guiding Hand in a terminal."""

    TITLE = later("Guiding Hand")
    CSS_PATH = "styles/app.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = App.COMMANDS | {ScreenCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "show_help", later("Help"), key_display="?", show=True),
        Binding(
            "f2",
            "charts",
            later("Chart room"),
            show=False,
            tooltip=later("Any number, year by year"),
        ),
        Binding(
            "f3",
            "almanac",
            later("Almanac"),
            show=False,
            tooltip=later("What everything is and rests on"),
        ),
        Binding(
            "f4",
            "people",
            later("People and pledges"),
            show=False,
            tooltip=later("Who holds which office"),
        ),
        Binding("f5", "settings", later("Settings"), show=False),
        Binding("f7", "inspector", later("Event inspector"), show=False, tooltip=INSPECTOR),
    ]

    def __init__(
        self,
        load: Callable[[], Library] = shipped_library,
        open_at: Callable[[Library], Session] | None = None,
        *,
        resume: Path | None = None,
        choose: tuple[str, ...] | None = None,
        watch: bool = False,
        settings: Settings | None = None,
        settings_path: Path | None = None,
    ) -> None:
        super().__init__()
        self._load = load
        self._open_at = open_at
        self._resume = resume
        self._choose = choose
        self.watches = watch
        self._taking_up: TakingUp | None = None
        self._opener = Opener(self)
        self._library: Library | None = None
        self._settings_path = settings_path
        self.settings = settings or load_settings(settings_path)
        self.session: Session | None = None
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        known = self.available_themes
        self.theme = self.settings.theme if self.settings.theme in known else DARK.name
        if not self.settings.animations and "TEXTUAL_ANIMATIONS" not in os.environ:
            self.animation_level = "none"

    @property
    def library(self) -> Library:
        """Scenarios and saves; made when first asked for."""
        if self._library is None:
            self._library = self._load()
        return self._library

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of the charts under themes that know nothing of them."""
        return dict(FAN_DEFAULTS if self.current_theme.dark else FAN_LIGHT)

    def get_default_screen(self) -> Screen[object]:
        """The menu is the first screen; pushing it later would cost a frame."""
        from game.tui.screens.menu import MenuScreen

        under = self._resume is not None and self._opener.knows(self._resume)
        return cast("Screen[object]", MenuScreen(under=under))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette's own entries; those that our screens offer already are left out."""
        for command in super().get_system_commands(screen):
            if command.title not in {"Keys", "Quit"}:
                yield command
        yield SystemCommand(
            said("Quit"), said("Leave the game; a campaign is kept as it stands"), self.leave
        )

    def on_mount(self) -> None:
        """Go straight into a campaign where one was asked for."""
        if self._open_at is not None:
            self.open_session(self._open_at, said("Opening the campaign"))
        elif self._resume is not None:
            self.open_save(self._resume)
        else:
            if self._choose is not None:
                from game.tui.screens.chooser import ChooserScreen

                self.push_screen(ChooserScreen(self._choose))
            self.call_after_refresh(collect)

    def get_key_display(self, binding: Binding) -> str:
        """Keys by the names that stand on them."""
        if binding.key_display is None and binding.key in KEY_NAMES:
            return KEY_NAMES[binding.key]
        return super().get_key_display(binding)

    @property
    def last_save(self) -> Path | None:
        """The campaign played last, where it is still there."""
        path = Path(self.settings.last_save)
        return path if self.settings.last_save and path.is_file() else None

    @property
    def fault(self) -> BaseException | None:
        """The bug that ended the game, if one did."""
        found = self._exception
        return getattr(found, "error", found)

    def _fatal_error(self) -> None:
        # The caller reports the fault; a traceback is not for the player's terminal.
        self._close_messages_no_wait()

    # Saying things

    def tell(self, message: str, *, bad: bool = False) -> None:
        """A short note at the corner, each but once at a time; never markup."""
        text = clean(message)
        for one in list(self._notifications):
            if one.message == text:
                self._unnotify(one, refresh=False)
        self.notify(
            text,
            severity="warning" if bad else "information",
            markup=False,
            timeout=7 if bad else 4,
        )

    # Going about

    def back(self) -> None:
        """Leave the screen on top; from a campaign's own screen, the campaign."""
        if len(self.screen_stack) <= 1:
            self.leave()
        elif len(self.screen_stack) == 2 and self.session is not None:
            self.leave_campaign()
        else:
            self.pop_screen()

    def leave(self) -> None:
        """Quit; asks only where a changed desk would be lost."""
        self._leave(self._quit)

    def leave_campaign(self) -> None:
        """Back to the menu; asks only where a changed desk would be lost."""
        self._leave(self.to_menu)

    def _leave(self, then: Callable[[], None]) -> None:
        if self.session is None or not self.session.unsaved:
            then()
            return
        from game.tui.screens.confirm import leave_desk

        self.push_screen(leave_desk(), lambda yes: then() if yes else None)

    def _quit(self) -> None:
        self._close_session()
        self.exit()

    def to_menu(self) -> None:
        """Leave all screens but the menu, and the campaign."""
        self._close_session()
        self.clear_notifications()
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _close_session(self) -> None:
        if self.session is not None:
            self.session.close()
            self.session = None

    def action_show_help(self) -> None:
        """What this screen is for and what its keys do."""
        from game.tui.screens.help import HelpModal

        if not isinstance(self.screen, HelpModal):
            self.push_screen(HelpModal(self.screen), self._run_from_help)

    def _run_from_help(self, action: str | None) -> None:
        if action is not None:
            self.call_later(self.run_action, action, self.screen)

    def action_almanac(self) -> None:
        """Open the almanac."""
        from game.tui.screens.almanac import AlmanacScreen

        self._over(AlmanacScreen)

    def action_settings(self) -> None:
        """Open the settings."""
        from game.tui.screens.settings import SettingsScreen

        self._over(SettingsScreen)

    def action_charts(self) -> None:
        """Open the chart room."""
        from game.tui.screens.charts import ChartRoom

        self._over(ChartRoom)

    def action_inspector(self) -> None:
        """See every event and situation as it stands, where that gives nothing away."""
        from game.tui.practising import open_inspector

        open_inspector(self)

    def action_people(self) -> None:
        """See who holds which office, and what has been pledged."""
        from game.tui.screens.people import PeopleScreen

        self._over(PeopleScreen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Charts and people belong to a campaign."""
        return self.session is not None or action not in {"charts", "people", "inspector"}

    def _over(self, screen: type[Screen[None]]) -> None:
        if not any(isinstance(known, screen) for known in self.screen_stack):
            self.push_screen(screen())

    def why(
        self, expression: str, first: int, last: int | None = None, *, true: bool = False
    ) -> None:
        """Open the causes of a number."""
        from game.tui.screens.why import WhyScreen

        self.push_screen(WhyScreen(expression, first, last, true=true))

    # Playing

    def open_session(self, make: Callable[[Library], Session], doing: str) -> None:
        """Open a campaign and go on where it stands."""
        self._opener.make(lambda library: (make(library), ()), doing)

    def open_save(self, path: Path, *, changed: Changed = "ask") -> None:
        """Open a kept campaign; where its rules have changed, ask how to go on."""
        self._opener.open(path, changed)

    def stop_opening(self) -> None:
        """Do not wait for the campaign that is being opened."""
        self.workers.cancel_group(self, "open")

    def opened(self, session: Session, notices: tuple[str, ...]) -> None:
        """A campaign is open: show where it stands."""
        self._close_session()
        session.fold = self.settings.fold_quiet_years
        self.session = session
        if session.path is not None:
            self.keep_settings(last_save=str(session.path.resolve()))
        desk = self._opener.waiting_desk
        if desk is None or not desk.join(session):
            while len(self.screen_stack) > 1:
                self.pop_screen()
            self.proceed()
        for notice in notices:
            self.tell(notice)
        if self.watches:
            from game.tui.taking_up import TakingUp

            self._taking_up = self._taking_up or TakingUp(self)
            self._taking_up.follow(session)

    def proceed(self, read: Stage | None = None) -> None:
        """Show what the campaign waits for, once `read` has been seen."""
        from game.tui.play import show_stage

        session = self.session
        if session is None:
            return
        if read is not None:
            session.read(read)
        show_stage(self, session)

    def decide(self, decision: Decision) -> None:
        """Decide in a thread; the next screen waits until the save is on the disk."""
        session = self.session
        if session is None or session.busy:
            return
        session.busy = True
        self._decide(session, decision)

    @work(thread=True, group="decide")
    def _decide(self, session: Session, decision: Decision) -> None:
        try:
            session.decide(decision)
        except Exception as error:
            if not for_people(error):
                raise
            self.call_from_thread(self._decided, session, str(error))
            return
        self.call_from_thread(self._decided, session, "")

    def _decided(self, session: Session, trouble: str) -> None:
        session.busy = False
        if session is not self.session:
            return
        if trouble:
            self.tell(trouble, bad=True)
        else:
            self.proceed()
            self.tell_lines(session)

    def tell_lines(self, session: Session) -> None:
        """Tell what a campaign has had to say since the last screen."""
        told, session.lines = session.lines, []
        for line in told:
            self.tell(line)

    def keep_settings(self, **changes: object) -> None:
        """Change settings and keep them; a folder that cannot be written is said, not fatal."""
        before = self.settings.language
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        if self.settings.language != before:
            speak(self.settings.language or wanted())
            self.call_later(self._speak_anew)
        self.animation_level = "full" if self.settings.animations else "none"
        if self.session is not None:
            self.session.fold = self.settings.fold_quiet_years
        try:
            save_settings(self.settings, self._settings_path)
        except OSError as error:
            self.tell(said("The settings could not be kept: {error}", error=error), bad=True)

    async def _speak_anew(self) -> None:
        """Another language: packs are told anew, and so are the screens, except a campaign's."""
        from game.tui.screens.menu import MenuScreen
        from game.tui.screens.settings import SettingsScreen

        self._library = None
        menu = self.screen_stack[0]
        if isinstance(menu, MenuScreen):
            await menu.say_anew()
        if self.session is not None:
            self.tell(said("The campaign speaks it when it is opened again."))
        elif isinstance(self.screen, SettingsScreen):
            await self.pop_screen()
            await self.push_screen(SettingsScreen(here="language"))
