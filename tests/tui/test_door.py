"""Text reaches widgets through one door, and the screens keep to their room."""

from __future__ import annotations

import ast
from pathlib import Path

import game.tui

ROOT = Path(game.tui.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
MARKUP_WIDGETS = {
    "Static", "Label", "Button", "Collapsible", "Tree", "DataTable", "Markdown", "Link",
    "TabPane", "Checkbox", "RadioButton", "Select", "SelectionList",
}  # fmt: skip


def calls(tree: ast.AST) -> list[ast.Call]:
    """Every call in a module."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(call: ast.Call) -> str:
    """The last part of what is called."""
    called = call.func
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def test_no_widget_that_reads_markup_is_used() -> None:
    for path in FILES:
        used = {name_of(call) for call in calls(ast.parse(path.read_text()))}

        assert not used & MARKUP_WIDGETS, path.name


def test_only_the_list_of_rows_makes_options_and_it_takes_no_markup() -> None:
    for path in FILES:
        made = [call for call in calls(ast.parse(path.read_text())) if name_of(call) == "Option"]

        assert not made or path.name == "rows.py"
    assert "markup=False" in (ROOT / "widgets" / "rows.py").read_text()


def test_titles_of_borders_go_through_the_door() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Assign):
                targets = {t.attr for t in node.targets if isinstance(t, ast.Attribute)}
                if targets & {"border_title", "border_subtitle"}:
                    values = [node.value]
                    if isinstance(node.value, ast.IfExp):
                        values = [node.value.body, node.value.orelse]
                    for value in values:
                        assert isinstance(value, ast.Call), f"{path.name}:{node.lineno}"
                        assert name_of(value) in {"plain", "say"}, f"{path.name}:{node.lineno}"


def test_notes_are_never_markup() -> None:
    for path in FILES:
        for call in calls(ast.parse(path.read_text())):
            if name_of(call) == "notify":
                keywords = {k.arg: k.value for k in call.keywords}
                markup = keywords.get("markup")

                assert isinstance(markup, ast.Constant), path.name
                assert markup.value is False, path.name


def test_no_content_is_read_from_markup() -> None:
    for path in FILES:
        used = {name_of(call) for call in calls(ast.parse(path.read_text()))}

        assert not used & {"from_markup", "from_text"}, path.name


def test_every_module_is_short() -> None:
    for path in FILES:
        assert len(path.read_text().splitlines()) <= 400, path.name
