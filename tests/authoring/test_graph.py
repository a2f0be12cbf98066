from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from game.authoring.drawing import dot, mermaid, roots, tree
from game.authoring.graph import Edge, Graph, Node, graph_of
from game.authoring.neighbourhood import around, chains, found_node
from game.lab.errors import NotFoundError
from game.packs import Pack, find_packs, load_pack
from game.packs.render import cells
from tests.packs.factory import write_pack

CHAIN = """\
- id: strike
  title: A strike
  when: 'utilisation[wool] < 0.9 and flag("warden.closed_a_mill")'
  chance: 0.1 * rainfall
  bulletin: The mills stand still.
  effects: [{schedule: {event: riot, in: 2}}, {clear_flag: warden.closed_a_mill},
    {unlock: 'mill_loans[paper]'}]
  because: [notes-mills]
  grade: invented
- {id: riot, title: A riot, bulletin: Windows break., because: [notes-mills], grade: invented,
  effects: [{add: {learning: -0.1 * learning}, over: 3, fades: 2}]}
- {id: curfew, title: A curfew, when: 'fired("riot") and years_since("riot") < 3', chance: 0.5,
  bulletin: Lights out., because: [notes-mills], grade: invented}
- {id: egg, title: Egg, chance: 0.1, when: 'not fired("hen")', bulletin: An egg.,
  effects: [{schedule: {event: hen, in: 1}}], because: [notes-mills], grade: invented}
- {id: hen, title: Hen, bulletin: A hen., effects: [{schedule: {event: egg, in: 1}}],
  because: [notes-mills], grade: invented}
"""
HOSTILE = '"]; click x "javascript:alert(1)" %%{init: {}}%% <script>`\\" -> y; } [@click=app.quit]'


@cache
def pack() -> Pack:
    with TemporaryDirectory() as folder:
        files = {"events/chain.yaml": CHAIN}
        return load_pack(write_pack(Path(folder) / "tiny", files), use_cache=False)


@cache
def graph() -> Graph:
    return graph_of(pack())


def edges(source: str, target: str) -> list[tuple[str, str, str]]:
    return [
        (one.verb, one.sign, one.detail)
        for one in graph().edges
        if (one.source.id, one.target.id) == (source, target)
    ]


def drawn(entry: str, depth: int = 2, width: int = 80) -> list[str]:
    return list(tree(graph(), found_node(graph(), pack(), entry), depth, "both", width))


def test_a_condition_tells_its_clause_and_which_way_it_goes() -> None:
    assert edges("indicator/utilisation", "event/idle-mill") == [
        ("when", "−", "utilisation < 0.9"),
        ("warns", "−", "utilisation < 0.95"),
    ]
    assert edges("indicator/rainfall", "event/long-rain") == [
        ("chance", "+", "0.1 + 0.2 * rainfall")
    ]


def test_an_effect_tells_its_amount_its_years_and_its_sign() -> None:
    assert edges("event/riot", "indicator/learning") == [
        ("adds", "−", "-0.1 * learning, over 3 years, fading over 2 years")
    ]
    assert ("adds", "−", "in wool, -1, over 2 years, fading over 2 years") in edges(
        "event/long-rain", "indicator/capacity"
    )


def test_a_schedule_tells_its_delay() -> None:
    assert edges("event/strike", "event/riot") == [("schedules", "+", "in 2 years")]
    assert ("schedules", "+", "next year") in edges("event/hen", "event/egg")


def test_flags_and_counters_are_set_and_read() -> None:
    answer = "choice/idle-mill:close"
    assert edges(answer, "flag/warden.closed_a_mill") == [("sets", "+", "")]
    assert edges("event/strike", "flag/warden.closed_a_mill") == [("clears", "−", "")]
    assert edges("flag/warden.closed_a_mill", "event/strike")[0][:2] == ("when", "+")
    assert edges(answer, "counter/warden.standing") == [("counts", "−", "-1")]


def test_recalls_and_warnings_are_dashed() -> None:
    recalls = [one for one in graph().edges if one.verb in ("recalls", "warns")]
    assert recalls
    assert all(one.dashed for one in recalls)
    assert edges("flag/warden.closed_a_mill", "event/idle-mill")[0][0] == "recalls"


def test_years_since_an_event_fall_when_it_comes_again() -> None:
    assert [sign for _, sign, _ in edges("event/riot", "event/curfew")] == ["+", "+"]


def test_a_rule_stands_between_what_it_reads_and_what_it_moves() -> None:
    assert edges("instrument/mill_loans", "rule/mills-follow-money")[0][1] == "+"
    assert edges("rule/mills-follow-money", "indicator/capacity")[0][:2] == ("adds", "+")
    assert edges("rule/buyers-waver", "indicator/demand")[0][:2] == ("adds", "±")


def test_a_computed_indicator_is_made_up_of_others() -> None:
    assert edges("indicator/capacity", "indicator/utilisation")[0][:2] == ("makes up", "−")
    assert edges("indicator/demand", "indicator/utilisation")[0][:2] == ("makes up", "+")


def test_locks_move_instruments_and_situations_start_and_end() -> None:
    assert edges("event/strike", "instrument/mill_loans") == [("unlocks", "+", "in paper")]
    assert [one[:2] for one in edges("indicator/utilisation", "situation/glut")] == [
        ("starts", "−"),
        ("ends", "+"),
    ]


def test_a_price_stands_at_the_answer() -> None:
    assert edges("event/idle-mill", "choice/idle-mill:close") == [("asks", "", "costs 1 capital")]
    assert edges("event/idle-mill", "choice/idle-mill:wait") == [("asks", "", "default")]


def test_a_tree_tells_causes_and_effects_and_what_answers_do() -> None:
    assert drawn("idle-mill", 1) == [
        "event idle-mill: An idle mill",
        "  when utilisation < 0.9; chance 0.5; once a campaign, in each sector",
        "",
        "What moves it",
        "├─ − utilisation: Plant in use  when utilisation < 0.9",
        "├┄ − utilisation: Plant in use  warns when utilisation < 0.95",
        "└┄ + flag warden.closed_a_mill  recalled while set",
        "",
        "What it moves",
        "├─ answer close: Close it  costs 1 capital",
        "│  ├─ − capacity: Capacity  -0.2 * capacity",
        "│  ├─ + flag warden.closed_a_mill  sets",
        "│  ├─ − counter warden.standing  -1",
        "│  └─ + event the-list: The list  in 3 years",
        "├─ answer pay: Pay on  costs 20 bn",
        "└─ answer wait: Wait  default",
    ]


@pytest.mark.parametrize(
    ("entry", "fact"),
    [
        ("long-rain", "  when year >= 2011; chance 0.1 + 0.2 * rainfall; again after 2 years"),
        ("riot", "  only where it is scheduled"),
        ("a-favour", "  a request"),
        ("glut", "  starts when utilisation < 0.7; ends when utilisation > 0.8"),
        ("utilisation", "  = clamp(demand / capacity, 0.2, 1)"),
        ("buyers-come", "  0.02 * demand a year"),
        ("mill_loans", "  moved by money, in plans"),
    ],
)
def test_the_entry_in_the_middle_says_what_it_is(entry: str, fact: str) -> None:
    assert drawn(entry, 1)[1] == fact


def test_nothing_is_drawn_twice() -> None:
    lines = drawn("capacity", 4)
    middle = lines.index("What it moves")
    assert any("(see above)" in line for line in lines)
    for part in (lines[:middle], lines[middle:]):
        branches = [line for line in part if _depth(line)]
        opened = [_name(line) for line, after in pairwise(branches) if _depth(after) > _depth(line)]
        assert opened
        assert len(opened) == len(set(opened))


def _name(line: str) -> str:
    return re.split("[─┄] [+−±]? ?", line)[1].split(":")[0]


def _depth(line: str) -> int:
    found = re.match(r"[│├└ ]*[─┄]", line)
    return found.end() if found else 0


@pytest.mark.parametrize("entry", ["capacity", "idle-mill", "strike", "gdp", "glut", "busy"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_trees_keep_to_the_width(entry: str, width: int) -> None:
    assert max(map(cells, drawn(entry, 3, width))) <= width


def test_an_entry_is_found_by_id_by_kind_and_by_pack() -> None:
    for name in ("riot", "event/riot", "tiny/riot"):
        assert found_node(graph(), pack(), name) == Node("event", "riot")
    assert found_node(graph(), pack(), "idle-mill:close").kind == "choice"
    assert found_node(graph(), pack(), "warden.closed_a_mill").kind == "flag"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("riott", "did you mean riot?"),
        ("event/riott", "did you mean event/riot?"),
        ("solar-mill", "there is idle-mill"),
        ("zzzzzz", "there is no entry zzzzzz"),
    ],
)
def test_an_unknown_entry_is_refused_with_what_is_near(entry: str, words: str) -> None:
    with pytest.raises(NotFoundError, match=re.escape(words)):
        found_node(graph(), pack(), entry)


def test_an_id_of_two_kinds_must_be_told_apart() -> None:
    two = Graph({Node("indicator", "wool"): "Wool", Node("instrument", "wool"): "Wool"}, ())
    with pytest.raises(NotFoundError, match="may be indicator/wool and instrument/wool"):
        found_node(two, pack(), "wool")
    assert found_node(two, pack(), "indicator/wool").kind == "indicator"


def test_chains_begin_with_events_that_follow_from_none() -> None:
    found = {one.root: one for one in chains(graph(), pack(), "tiny")}
    assert {root: one.circle for root, one in found.items()} == {"idle-mill": False, "egg": True}
    links = {(one.event, one.after): one.how for one in found["idle-mill"].links}
    assert links == {
        ("idle-mill", "the-list"): "in 3 years",
        ("idle-mill", "strike"): "by warden.closed_a_mill",
        ("strike", "riot"): "in 2 years",
        ("riot", "curfew"): "by coming",
    }
    told = list(roots(tuple(found.values()), graph(), "tiny", 80))
    assert "egg: Egg (in a circle)" in told
    assert "└─ curfew  by coming, from riot" in told


def test_a_pack_without_chains_says_so() -> None:
    (line,) = roots((), graph(), "tiny", 80)
    assert "no chains" in line


def hostile() -> tuple[Graph, Node, tuple[Edge, ...]]:
    one, two = Node("event", "a"), Node("indicator", "b")
    edge = Edge(one, two, "adds", "+", HOSTILE + "\x1b]0;x\x07\u202e")
    titles = {one: HOSTILE + "\x1b[2J\n", two: "\u202eright to left\u2028line"}
    return Graph(titles, (edge,)), one, (edge,)


def test_hostile_titles_stay_inside_their_labels_in_mermaid() -> None:
    lines = list(mermaid(*hostile()))
    assert len(lines) == 5
    for line in lines[1:3]:
        label = line.partition('"')[2].rpartition('"')[0]
        assert not set(label.replace("<br/>", "")) & set('"<>{}[]%`\\&\x1b\n\u202e\u2028')
    assert re.fullmatch(r'  n0 -->\|"[^"|]*"\| n1', lines[3])


@pytest.mark.parametrize("title", ["- one", "+ one", "* one", "1. one", "2) one", "_one_", "# one"])
def test_a_title_is_no_markdown_in_mermaid(title: str) -> None:
    node = Node("event", "a")
    label = list(mermaid(Graph({node: title}, ()), node, ()))[1].partition("<br/>")[2]
    assert not re.match(r"[-+*_#] ?o|\d+[.)] ", label)


def test_hostile_titles_stay_inside_their_strings_in_dot() -> None:
    for line in dot(*hostile()):
        plain = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
        assert '"' not in plain
        assert re.fullmatch(r"[\w =;,\[\]{}>-]*", plain), plain
        assert line.isprintable()


def test_hostile_titles_do_nothing_to_a_terminal() -> None:
    graph, node, _ = hostile()
    for line in tree(graph, node, 2, "both", 80):
        assert line.isprintable()


def test_diagrams_have_each_node_once_and_only_known_ones() -> None:
    node = found_node(graph(), pack(), "idle-mill")
    near = around(graph(), node, 2, "both")
    lines = list(mermaid(graph(), node, near))
    ids = [found.group(1) for line in lines if (found := re.match(r"  (n\d+)[^\w ]", line))]
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"\bn\d+\b(?= -|$)", "\n".join(lines[1 + len(ids) : -1]))) <= set(ids)
    assert "  style n0 stroke-width:4px" in lines
    assert sum("-.->" in line for line in lines) == sum(one.dashed for one in near)


def test_the_core_pack_is_drawn_within_eighty_columns() -> None:
    core = load_pack(find_packs()["core"])
    whole = graph_of(core)
    for node in [one for one in whole.titles if one.kind in ("indicator", "situation")]:
        assert max(map(cells, tree(whole, node, 1, "both", 80))) <= 80
    assert chains(whole, core, "core")
