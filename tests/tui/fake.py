"""A small campaign that needs no model: one plan of five years, with every kind of question.

Texts carry brackets and a tag on purpose: whatever a pack says must be shown, never run.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from game.campaign.decisions import (
    Answer,
    Begin,
    Count,
    Decision,
    Dossier,
    MidTerm,
    Promise,
    Visit,
)
from game.campaign.desk import Desk
from game.campaign.draft import Draft
from game.campaign.kept import KeptDesk
from game.campaign.money import Tool
from game.campaign.records import (
    Ask,
    Card,
    Cause,
    Clock,
    CountAsk,
    DraftAsk,
    EndedAsk,
    Ending,
    Explanation,
    Fan,
    Happening,
    Mechanism,
    MidTermAsk,
    Offer,
    OpeningAsk,
    Option,
    Person,
    Pledge,
    PromiseState,
    Quote,
    Reading,
    Review,
    VisitAsk,
    YearReport,
)
from game.packs import Loaded
from game.packs.schema_lab import Lesson
from game.saves.errors import ModelChangedError
from game.tui.library import Entry, FailedPack, SaveInfo, ScenarioInfo
from game.tui.session import Session, ShowYears

SECTORS = {
    "new_energy": "New energy",
    "new_materials": "New materials",
    "semiconductors": "Semiconductors",
    "biotech": "Biotechnology",
}
CHANNELS = {"science": "Science", "people": "People and environment", "finance": "Finance"}
INSTRUMENTS = {
    "hightech_zones": ("High-tech zones", "place", "sector"),
    "credit_support": ("Credit support", "finance", "sector"),
    "special_funds": ("Special funds", "finance", "sector"),
    "procurement": ("Procurement", "finance", "sector"),
    "basic_research": ("Basic research", "science", "nation"),
    "common_platforms": ("Common platforms", "science", "nation"),
    "worker_retraining": ("Worker retraining", "people", "nation"),
}
SHEN = Person(
    "governor", "Provincial governor", "Shen", "builder", 1, 1, True, wants="Her counties"
)
LUO = Person("laboratory", "Laboratory director", "Luo", "doubter", -1, 0, True, wants="Ten years")
QIAO = Person("entrepreneur", "Entrepreneur", "Qiao", "merchant", 0, 0, True)
TANG = Person("planner", "Ministry planner", "Tang", "bookkeeper", 0, 0, True)
PASSAGE = Quote(
    "du2024-zone-overcapacity",
    "du2024 5.3",
    "repeated and redundant developments, resulting in structural overcapacity across "
    "high-tech zones",
    "Zones built without coordination end in idle plants.",
    "Du (2024) Science and technology parks",
)
MECHANISM = Mechanism(
    "eleven-counties", "Eleven sensible counties", "Each is right about itself.", PASSAGE, 0.2,
    ("Which of the eleven should have stopped?",),
)  # fmt: skip
SOURCE = SimpleNamespace(
    id="du2024", title="Science and technology parks", authors=("Du",), year=2024
)
PLEDGE = Pledge("governor", "hightech_zones", "new_energy", "medium", 2013, 2010)
MANDATE = Promise("sei_share", "at_least", 0.08, "likely", mandate=True)


def pack() -> Any:
    """As much of a pack as the screens look titles up in."""
    passage = SimpleNamespace(quote=PASSAGE.text, claim=PASSAGE.claim, source=SOURCE, section="5.3")
    return SimpleNamespace(
        sectors={k: SimpleNamespace(title=v, short=v, says=f"{v}.") for k, v in SECTORS.items()},
        regions={},
        channels={k: SimpleNamespace(title=v) for k, v in CHANNELS.items()},
        instruments={
            k: SimpleNamespace(
                title=title, short=title.split()[-1].lower(), channel=channel, scope=scope,
                says=f"{title} [b]for[/b] those who ask."
            )
            for k, (title, channel, scope) in INSTRUMENTS.items()
        },
        passages={PASSAGE.passage: passage},
        rules={},
        events={"request-shen": SimpleNamespace(beat="request")},
        lessons={},
        indicators={
            "gdp_growth": SimpleNamespace(title="Growth", scope="nation"),
            "utilisation": SimpleNamespace(title="Plant in use", scope="sector"),
        },
    )  # fmt: skip


def scenario() -> Any:
    """As much of a scenario as the screens read."""
    return SimpleNamespace(
        currency="billion yuan",
        id="fake",
        guided=False,
        sectors=tuple(SECTORS),
        instruments="all",
        plans=(SimpleNamespace(title="Twelfth Five-Year Plan"),),
        prices=SimpleNamespace(sure=(3, -5), likely=(2, -1), open=(1, 0)),
    )


def offers() -> tuple[Offer, ...]:
    """Eight proposals of four people."""
    make = [
        (SHEN, "new_energy", None, "heavy", ("hightech_zones", "credit_support"),
         "Panels a year early.", "her counties grow", PLEDGE),
        (SHEN, "new_materials", None, "light", ("special_funds",), "A mill [red]by[/] the river.",
         "a mill", None),
        (LUO, None, "science", "light", ("basic_research",), "Ten years. Sorry.", "nothing", None),
        (LUO, "semiconductors", None, "medium", ("special_funds", "procurement"),
         "Let us fail twice.", "two laboratories", None),
        (QIAO, "new_materials", None, "medium", ("credit_support",), "My banks say no.", "a loan",
         None),
        (QIAO, "biotech", None, "light", ("procurement",), "Buy what we make.", "an order", None),
        (TANG, "biotech", None, "light", ("special_funds",), "Nobody is offended.",
         "no quarrels", None),
        (TANG, None, "people", "light", ("worker_retraining",), "A form for everyone.",
         "forms", None),
    ]  # fmt: skip
    result = []
    for index, (by, sector, channel, weight, lines, says, gets, pledge) in enumerate(make):
        dossier = Dossier(cast("Any", sector), channel, cast("Any", weight), lines)
        cost = {"light": 40.0, "medium": 80.0, "heavy": 160.0}[weight]
        result.append(Offer(f"offer-{index}", by, (dossier,), cost, says, gets, pledge, ()))
    return tuple(result)


def desk() -> Desk:
    """Three slots, the first filled and knotted."""
    return Desk(
        plan=0,
        first_year=2011,
        last_year=2015,
        slots=3,
        unit=0.1,
        budget=400.0,
        capital=6.0,
        tools={k: Tool(t, c, s == "sector") for k, (t, c, s) in INSTRUMENTS.items()},
        sectors=tuple(SECTORS),
        channels=tuple(CHANNELS),
        titles={f"sector:{k}": v for k, v in SECTORS.items()},
        names={"governor": "Shen"},
        carried=(Dossier("new_energy", None, "medium", ("hightech_zones", "credit_support")),),
        pledges=(PLEDGE,),
        offers=offers(),
        dilution=lambda slots, count: max(0.4, min(1.0, slots / count)) if count else 1.0,
    )


def readings(year: int) -> tuple[Reading, ...]:
    """Three numbers of a year."""
    step = year - 2011
    return (
        Reading("sei_share", "Strategic industries, of gdp", "share", 0.066 + 0.003 * step, None,
                0.063 + 0.003 * step, "up"),
        Reading("utilisation[new_energy]", "Plant in use, New energy", "share", 0.81 - 0.04 * step,
                0.63 if year == 2012 else None, 0.85 - 0.04 * step, "up"),
        Reading("output[new_energy]", "Output, New energy", "billion yuan a year",
                310.0 + 80 * step, None, 310.0 + 80 * (step - 1), "up"),
    )  # fmt: skip


def clocks(year: int) -> tuple[Clock, ...]:
    """Three clocks."""
    step = year - 2011
    return (
        Clock("glut", "Glut, new energy", min(6, 2 + step), min(6, 1 + step),
              "used 71%, strikes at 65% (reported)", "used"),
        Clock("credit", "Small firms and banks", 3, 3, "credit 0.34, strikes at 0.25"),
        Clock("talent", "Talent, one way", 2, 2, "2.1, strikes at 3"),
    )  # fmt: skip


def report(year: int) -> YearReport:
    """A year's bulletin; 2013 is quiet."""
    happened = (
        Happening("event", "pillar", "Eleven provinces name solar a pillar; the twelfth drafts."),
        Happening("note", "bank", "Luo lost four students to a bank. It [b]thanks the plan."),
        Happening("near", "standard", "“A standard of their own”, patents 0.38 of 0.40."),
        Happening("echo", "request", "You refused Shen's extension. She built anyway."),
    )  # fmt: skip
    quiet = year == 2013
    return YearReport(
        year, 0, year - 2010, readings(year), () if quiet else happened, clocks(year), quiet
    )


def card(year: int, event: str = "eleven-counties") -> Card:
    """The card of the eleven counties."""
    options = (
        Option("close", "Close the idle third", "2 capital; 9,000 to retrain; Shen remembers", 0.0,
               2.0, "governor", 0, True, "", None, False),
        Option("roofs", "Put the panels on roofs", "40 bn; a tariff until 2020", 40.0, 0.0, None, 0,
               True, "", PLEDGE, False),
        Option("roll", "Roll the loans over", "nothing today; the laggards stay", 0.0, 0.0, None, 0,
               True, "", None, True),
        Option("buy", "Buy the works", "900 bn", 900.0, 0.0, None, 0, False,
               "900 bn is more than the plan has left", None, False),
    )  # fmt: skip
    text = (
        "Governor Shen meets you at the gate of the largest works in her province. Two lines of "
        "nine are running. Behind the fence stands the twin that the next county built: the same "
        "drawings, the same tax holiday, the same loan from the same bank. “You asked for "
        "panels,” she says. “I gave you eleven counties of panels [@click=app.quit].”\n\nForty "
        "thousand people work along this road. She would like your answer before the assembly sits."
    )
    return Card(
        event, "new_energy", year, "Eleven counties, one factory",
        "Shen keeps the list of works you closed.", text, options, PASSAGE, (PASSAGE.passage,),
        ("Plant in use 63%, below 65%", "Regions funding it 11, above 4"),
        "Which of the eleven counties did anything wrong?", SHEN, "",
        readings(2012)[1:2] if year == 2012 else (),
    )  # fmt: skip


def state(value: float = 0.8, reported: float = 0.64) -> PromiseState:
    """The promise that breaks."""
    promise = Promise("utilisation[new_energy]", "at_least", value, "sure")
    return PromiseState(
        promise, "Plant in use, New energy", "share", reported, reported >= value, -5.0, True
    )


class FakeForecaster:
    """Fans that follow the desk a little."""

    def __init__(self, campaign: FakeCampaign) -> None:
        self.campaign = campaign

    def fan(self, draft: Draft, expression: str) -> Fan:
        title, unit = self.campaign.describe(expression)
        lift = 1 + 0.25 * len(draft.dossiers) * draft.dilution
        start = {"share": 0.06}.get(unit, 300.0)
        if "utilisation" in expression:
            start = 0.8
        years = tuple(range(2011, 2016))
        grow = [start * (1 + 0.05 * (i + 1) * lift) for i in range(5)]
        spread = (-0.12, -0.05, 0.0, 0.05, 0.12)
        runs = tuple(tuple(v * (1 + s * (i + 1) / 5) for i, v in enumerate(grow)) for s in spread)
        past = tuple((year, start * (0.8 + 0.04 * (year - 2005))) for year in range(2005, 2011))
        base = tuple(start * (1 + 0.03 * (i + 1)) for i in range(5))
        return Fan(expression, title, unit, past, years, runs, base, 0, 12)

    def fans(self, draft: Draft, expressions: Sequence[str]) -> tuple[Fan, ...]:
        return tuple(self.fan(draft, expression) for expression in expressions)


class FakeCampaign:
    """Answers as a campaign does; every decision leads to the next question."""

    def __init__(self, steps: Sequence[Lesson] = ()) -> None:
        self.model = SimpleNamespace(pack=pack(), scenario=scenario())
        self.model.scenario.guided = bool(steps)
        self.model.pack.lessons = {step.id: step for step in steps}
        self.seed = 7
        self.practice = False
        self.decisions: tuple[Decision, ...] = ()
        self.reports: list[YearReport] = []
        self.plan = 0
        self.year = 2010
        self.capital = 6.0
        self.finished = False
        self.persons = (SHEN, LUO, QIAO, TANG)
        self.pledges = (PLEDGE,)

    def _script(self) -> list[tuple[Ask, tuple[int, ...]]]:
        """Each question, and the years that pass once it is answered."""
        draft = DraftAsk(0, "Twelfth Five-Year Plan", 2011, 2015, ("Talent goes one way.",),
                         offers(), MANDATE, "The country is watching this one.")  # fmt: skip
        dossiers = self.decisions[1].dossiers if len(self.decisions) > 1 else ()  # type: ignore[union-attr]
        places = (
            ("visit-solar", "Shen's solar road, lower Yangtze", "a clock at four"),
            ("visit-luo", "Luo's institute, Beijing", "a platform reported open"),
            ("visit-interior", "The interior", "nobody has asked for anything, which is odd"),
        )
        stay = "the two likeliest stops of next year are named"
        return [
            (OpeningAsk(LETTER, "A pledge to the interior", "It was [so they say].", AIMS), ()),
            (draft, ()),
            (card(2011, "request-shen"), (2011,)),
            (VisitAsk(2012, places, stay), ()),
            (card(2012), (2012,)),
            (MidTermAsk(2013, dossiers, 5.0, (state(),)), (2013, 2014)),
            (CountAsk(2015, state(), 12.0, True), (2015,)),
        ]  # fmt: skip

    @property
    def ask(self) -> Ask:
        script = self._script()
        at = len(self.decisions)
        return script[at][0] if at < len(script) else EndedAsk()

    def decide(self, decision: Decision) -> tuple[YearReport, ...]:
        years = self._script()[len(self.decisions)][1]
        self.decisions = (*self.decisions, decision)
        found = tuple(report(year) for year in years)
        self.reports.extend(found)
        if found:
            self.year = found[-1].year
        self.finished = isinstance(self.ask, EndedAsk)
        return found

    def draft(self) -> Draft:
        return Draft.opening(desk())

    def describe(self, expression: str) -> tuple[str, str]:
        for measure, title, unit, _ in self.measures():
            if measure == expression:
                return title, unit
        return ("Growth", "growth") if expression == "gdp_growth" else (expression, "ratio")

    def measures(self) -> tuple[tuple[str, str, str, str], ...]:
        return (
            ("sei_share", "Strategic industries, of gdp", "share", "up"),
            ("utilisation[new_energy]", "Plant in use, New energy", "share", "up"),
            ("output[new_energy]", "Output, New energy", "billion yuan a year", "up"),
            ("basic_science", "Basic science", "index", "up"),
        )

    def headline(self) -> tuple[Reading, ...]:
        return readings(2011)

    def clocks(self) -> tuple[Clock, ...]:
        return clocks(self.year + 1)

    def series(self, expression: str) -> tuple[tuple[int, float], ...]:
        _, unit = self.describe(expression)
        start = 0.06 if unit == "share" else 300.0
        return tuple(
            (year, start * (1 + 0.06 * (year - 2010))) for year in range(2010, self.year + 1)
        )

    def why(
        self, indicator: str, sector: str | None, first: int, last: int | None = None,
        *, open_books: bool = False,
    ) -> Explanation:  # fmt: skip
        expression = f"{indicator}[{sector}]" if sector else indicator
        return explanation(expression, first, last or first, open_books)

    def review(self, plan: int) -> Review:
        return review()

    def ending(self) -> Ending:
        return ending()


LETTER = (
    "You have the office at the end of the corridor. I leave you three dossiers' worth of "
    "attention, 400 billion, and a solar line that I promised to Governor Shen until 2013. It was "
    "cheap to promise. Everything you are told will be a little better than it is. Go and look."
)
AIMS = (
    ("no-minister", "Firms that need no minister", "Leave behind firms that need no minister."),
    ("nobody-away", "Nobody thrown away", "Nobody whose works closed is left without work."),
    ("first-once", "First, once, in one thing", "Lead the world in one thing, once."),
)


def explanation(expression: str, first: int, last: int, true: bool = False) -> Explanation:
    """Why plants stand idle, in rows that add up."""
    causes = (
        Cause("rule", "zones", "Provinces copied one another's zones.", -0.31, "judgement",
              (PASSAGE.passage,), first),
        Cause("choice", "credit", "Your credit line kept the laggards in.", -0.09, "judgement",
              (PASSAGE.passage,), first),
        Cause("choice", "roofs", "Roofs: your answer to Shen, 2012.", 0.14, "judgement", (), first),
        Cause("input", "output", "Sold abroad, while markets stay open.", 0.05, "calibrated", (),
              first, opens="output[new_energy]"),
        Cause("rest", "", "The rest, and statistics", 0.02, "", ()),
    )  # fmt: skip
    return Explanation(
        expression, "Plant in use, New energy", "share", first, last, 0.83, 0.64, causes, true
    )


def review() -> Review:
    """The review of the Twelfth Plan."""
    sei = PromiseState(MANDATE, "Strategic industries, of gdp", "share", 0.081, True, 2.0, False)
    return Review(
        0, "Twelfth Five-Year Plan", 2011, 2015, 6.0, 5.0, ((state(), "BROKEN"), (sei, "kept")),
        ((PLEDGE, "held"),), explanation("utilisation[new_energy]", 2011, 2015), (0.74, 0.86),
        ("Eleven counties, one factory",), ("without Shen's zones", 0.78), (MECHANISM,),
        (("documented", 0.4), ("judgement", 0.6)), ((SHEN, "+2 “You bought my panels.”"),),
        ("Nobody has compared for three years.",), "Which county should have stopped?",
        readings(2015), (("Growth and quality", 40.0, 46.0), ("Self-reliance", 30.0, 33.0)),
    )  # fmt: skip


def ending() -> Ending:
    """A small yard with a tall hedge."""
    return Ending(
        "tall-hedge", "Small yard, tall hedge", 2015,
        "Everything on your desk was made here: the lamp, the chip in the lamp, the program that "
        "drew the chip. What it no longer buys it no longer [compares].",
        (("Growth and quality", 46.0), ("Self-reliance", 74.0)), readings(2012),
        (("Provinces copy one another's zones.", 1.2),), (("breakthroughs fall", "203 of 256"),),
        ((SHEN, "Minister Shen has named a street after the works you closed."),), (PLEDGE,),
        ("First, once, in one thing", False), ((2011, "We think that speed buys freedom."),),
        ((2013, "Good enough is a price."),), ("zones closed in 2011", (("Good enough", 61),)),
        (PASSAGE,), (MECHANISM,), (("judgement", 1.0),), "Who compared?",
    )  # fmt: skip


class FakeLibrary:
    """One scenario, no files."""

    def __init__(
        self,
        kept: Path | None = None,
        *,
        guided: str | None = None,
        steps: Sequence[Lesson] = (),
    ) -> None:
        self.kept = kept
        self.steps = steps
        self.leads = guided
        self.packs: tuple[Path, ...] = ()
        self.broken: tuple[FailedPack, ...] = ()
        self.differs = False
        self.resumed: list[str] = []
        if kept is not None:
            kept.touch()
        self.begun: list[tuple[str, int | None]] = []
        self.deleted: list[Path] = []

    def session(self, done: int = 0) -> Session:
        """A session `done` decisions into the campaign; only the last years are unread."""
        campaign = cast("Any", FakeCampaign(self.steps))
        found = Session(campaign, forecaster=cast("Any", FakeForecaster), path=self.kept)
        for decision in usual()[:done]:
            while isinstance(stage := found.stage(), ShowYears):
                found.read(stage)
            found.decide(decision)
        return found

    def scenarios(self) -> Sequence[ScenarioInfo]:
        return (
            ScenarioInfo("first-plan", "The first plan", "Ten minutes", "gentle", 10, 2011, 2015, 1,
                         3, LETTER, (("Growth", "9.8%"),)),
            ScenarioInfo("long-march", "The [long] march", "Five plans", "fair", 50, 2011, 2035, 5,
                         7, LETTER),
        )  # fmt: skip

    def given(self) -> Sequence[Path]:
        return self.packs

    def failed(self) -> Sequence[FailedPack]:
        return self.broken

    def guided(self) -> str | None:
        return self.leads

    def begin(self, scenario: str, seed: int | None, *, practice: bool = False) -> Session:
        self.begun.append((scenario, seed))
        return self.session()

    def again(self, folders: Sequence[Path]) -> Loaded:
        raise OSError("there are no packs to read again")

    def resume(self, path: Path, *, changed: str = "ask") -> tuple[Session, tuple[str, ...]]:
        self.resumed.append(changed)
        if self.differs and changed == "ask":
            raise ModelChangedError("played under other rules", ("the model has changed",))
        return self.session(), ()

    def kept_desk(self, path: Path) -> KeptDesk | None:
        return None

    def saves(self) -> Sequence[SaveInfo]:
        if self.kept is None or self.kept in self.deleted:
            return ()
        return (
            SaveInfo(self.kept, self.kept.stem, "first-plan", 2012, "just now", "2026-01-02", 7),
        )

    def delete(self, path: Path) -> None:
        self.deleted.append(path)

    def rename(self, path: Path, name: str) -> Path:
        self.kept = path.with_name(name + path.suffix)
        return self.kept

    def fork(self, path: Path, at: int) -> Session:
        return self.session()

    def branch(self, campaign: object, at: int) -> Session:
        return self.session()

    def decisions(self, path: Path) -> Sequence[str]:
        return ("2011  the aim", "2011  the plan", "2011  the request")

    def entries(self, met: frozenset[str] | None = None) -> Sequence[Entry]:
        passage = (PASSAGE.passage, PASSAGE.source, PASSAGE.text)
        return (
            Entry("instrument", "hightech_zones", "High-tech zones", "Zones [b]of[/] plants.",
                  (("channel", "place"),), (passage,), "zones"),
            Entry("sector", "new_energy", "New energy", "Solar and wind."),
            Entry("source", "du2024", "Science and technology parks", "", (), (passage,)),
        )  # fmt: skip


def usual() -> tuple[Decision, ...]:
    """A decision for each question."""
    return (
        Begin("first-once"),
        Draft.opening(desk()).plan((MANDATE,), "We think that speed buys freedom."),
        Answer("roll"),
        Visit("visit-solar"),
        Answer("roll"),
        MidTerm(),
        Count(False),
    )
