"""What an editor says, asked of the real YAML language server; skipped where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.authoring.known import known_of
from game.authoring.schema import FOLDER, schemas, written
from tests.authoring.server import NAME, VARIABLE, Server, command
from tests.packs.factory import write_pack

pytestmark = pytest.mark.skipif(command() is None, reason=f"no {NAME} on the path or in {VARIABLE}")

Say = Callable[[str, str], list[str]]
EVENT = "- id: a-flood\n  title: A flood\n  chance: 0.1\n  bulletin: Water.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_pack(tmp_path_factory.mktemp("editor") / "tiny")
    (root / FOLDER).mkdir()
    for name, body in schemas(known_of(root)).items():
        (root / FOLDER / name).write_text(written(body), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    program = command()
    assert program is not None
    running = Server(folder, program)
    yield running
    running.close()


class Editor:
    """Files that are opened under fresh names, each with its modeline."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        self.folder = folder

    def path(self, shelf: str, text: str) -> Path:
        return self.folder / shelf / f"{abs(hash((shelf, text)))}.yaml"

    def said(self, shelf: str, text: str) -> list[str]:
        line = f"# yaml-language-server: $schema=../{FOLDER}/{shelf}.schema.json\n"
        return self.server.open(self.path(shelf, text), line + text)

    def place(self, shelf: str, text: str) -> tuple[Path, int, int]:
        """Open a text with a cursor in it; the file, and where the cursor stands."""
        before, _, after = text.partition("|")
        self.said(shelf, before + after)
        column = len(before) - before.rfind("\n") - 1
        return self.path(shelf, before + after), before.count("\n") + 1, column

    def offered(self, shelf: str, text: str) -> list[str]:
        return [one["label"] for one in self.server.complete(*self.place(shelf, text))]

    def hover(self, shelf: str, text: str) -> str:
        return self.server.hover(*self.place(shelf, text))


@pytest.fixture
def editor(server: Server, folder: Path) -> Editor:
    return Editor(server, folder)


@pytest.mark.parametrize(
    ("shelf", "text", "said"),
    [
        ("events", EVENT + "  effects: [{addd: {learning: 1}}]\n", "add, over, fades, set_flag"),
        ("events", EVENT + "  effects: [{says: x}]\n", "exactly one of add, set_flag"),
        ("events", EVENT + "  effects: [{set_flag: a, over: 2}]\n", "Only `add` goes `over` years"),
        ("events", EVENT + "  chanse: 0.1\n", "no such field here. Fields: id, title"),
        ("events", EVENT + "  cooldown: 2.5\n", "Wanted: a whole number, 1 to 100."),
        ("events", EVENT + "  grade: sure\n", '"documented", "calibrated", "judgement"'),
        ("events", EVENT + "  because: [notes-rian]\n", "There is no such passage"),
        ("events", EVENT + "  because: notes-rain\n", "Wanted: a list"),
        ("events", EVENT + "  effects: [{add: {gdp: 1}}]\n", "no such stored indicator"),
        ("rules", "- {id: r, adds_to: demand}\n", "a `rate` or a `noise`, one of the two"),
        ("rules", "id: r\n", "Wanted: a list of rules"),
        (
            "strategies",
            "title: x\nplans: [{allocate: {schools: 0.6}}]\n",
            "a percentage of the plan",
        ),
    ],
)
def test_a_mistake_is_told_in_words(editor: Editor, shelf: str, text: str, said: str) -> None:
    messages = editor.said(shelf, text)
    assert any(said in message for message in messages), messages


def test_what_is_right_is_left_alone(editor: Editor) -> None:
    assert editor.said("events", EVENT + "  effects: [{add: {'capacity[wool]': 1}}]\n") == []


@pytest.mark.parametrize(
    ("shelf", "text", "offered"),
    [
        ("events", EVENT + "  because: [|]\n", "notes-rain"),
        ("events", EVENT + "  effects:\n    - schedule:\n        event: |\n", "long-rain"),
        ("events", EVENT + "  effects:\n    - add:\n        |\n", "capacity[wool]"),
        ("events", EVENT + "  effects:\n    - set_flag: |\n", "warden.closed_a_mill"),
        ("events", EVENT + "  effects:\n    - |\n", "schedule"),
        ("events", EVENT + "  |\n", "cooldown"),
        ("events", "- |", "a card"),
        ("rules", "- id: r\n  adds_to: |\n", "openness"),
        ("strategies", "title: x\nplans:\n  - allocate:\n      |\n", "mill_loans"),
        ("experiments", "- id: x\n  scenario: |\n", "valleys"),
    ],
)
def test_fields_and_ids_are_offered(editor: Editor, shelf: str, text: str, offered: str) -> None:
    assert offered in editor.offered(shelf, text)


@pytest.mark.parametrize(
    ("shelf", "text", "said"),
    [
        ("events", "- id: x\n  cha|nce: 0.1\n", "The chance a year, 0 to 1"),
        ("events", "- id: x\n  because: [notes-r|ain]\n", "Weather costs output."),
        ("rules", "- id: x\n  ra|te: 0.1\n", "in the indicator's unit"),
        ("strategies", "title: x\nplans: [{allocate: {sch|ools: 5%}}]\n", "Schools"),
    ],
)
def test_a_hover_says_what_a_field_means(editor: Editor, shelf: str, text: str, said: str) -> None:
    assert said in editor.hover(shelf, text)
