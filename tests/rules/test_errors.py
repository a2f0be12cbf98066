"""What an author is told, and where the caret stands."""

from __future__ import annotations

import pytest

from game.rules import RuleError, check
from game.rules.expression import Axis
from tests.rules.samples import VOCABULARY


def fault(text: str, scope: Axis = "nation", *, ending: bool = False) -> RuleError:
    with pytest.raises(RuleError) as caught:
        check(text, VOCABULARY, scope=scope, want="either", ending=ending)
    return caught.value


# In each text the part that the caret must show stands between « and ».
@pytest.mark.parametrize(
    ("marked", "slug", "says"),
    [
        ("turn «=» 3", "syntax", "use == to compare"),
        ("«!»tension", "syntax", "write not x"),
        ("tension «&&» gdp", "syntax", "write and"),
        ("tension «||» gdp", "syntax", "write or"),
        ("2«**»3", "operator", "there are no powers"),
        ("9«**»9**9", "operator", "there are no powers"),
        ("gdp «≥» 3", "syntax", "write >="),
        ("gdp «=>» 3", "syntax", "write >="),
        ("7 «%» 2", "operator", "no remainder"),
        ("gdp «AND» tension", "syntax", "write and"),
        ("«if» gdp > 1 then 2 else 3", "syntax", "a if condition else b"),
        ("1 «if» gdp > 1", "syntax", "this if has no else"),
        ("(1 + min«(»2, 3", "syntax", "this ( is never closed: add )"),
        ("1 + 2«)»", "syntax", "closes nothing"),
        ("1 + «»", "syntax", "something must follow +"),
        ("«»", "syntax", "there is nothing here"),
        ("gdp «gdp»", "syntax", "an operator is missing before it"),
        ("2«(»3)", "syntax", "write * to multiply"),
        ("min(1, «,» 2)", "syntax", "a value is missing before it"),
        ("min(1«,»)", "syntax", "nothing follows this comma"),
        ("«+» 1", "syntax", "needs no + sign"),
        ("«[»1, 2]", "syntax", "there are no lists"),
        ("gdp.x«.»y", "syntax", "one dot at most"),
        ("utilisation[«'steel'»]", "syntax", "write [steel]"),
        ("utilisation[«1»]", "syntax", "the name of a sector or region is missing"),
        ("utilisation[steel]«[»nev]", "syntax", "one place has been picked already"),
        ('fired(«"»cut-off)', "syntax", "this quote is never closed"),
        ("tension > «.5»", "number", "write 0.5"),
        ("tension > «1.»", "number", "write 1"),
        ("«1_000» + 1", "number", "write 1000"),
        ("«3rd» + 1", "number", "a name begins with a letter"),
        ("«1e999»", "number", "numbers go up to 1e15"),
        ("2 * «gpd»", "unknown-name", "did you mean gdp?"),
        ("utilisation[«stel»]", "unknown-name", "did you mean steel?"),
        ("«support.high_tech_zones»[steel]", "unknown-name", "support.hightech_zones?"),
        ("«hightech_zones»", "unknown-name", "write support.hightech_zones (0 to 1) or spend."),
        ("«suport.foresight»", "unknown-name", "did you mean support.foresight?"),
        ("«new_energy.utilisation»", "unknown-name", "write utilisation[new_energy]"),
        ("«steel» + 1", "unknown-name", "pick it from an indicator: utilisation[steel]"),
        ("«min»", "unknown-name", "write min(a, b)"),
        ("«avg»(utilisation)", "unknown-name", "write mean(x)"),
        ("«smalest»(utilisation)", "unknown-name", "did you mean smallest(x)?"),
        ("«exp»(1)", "unknown-name", "there is no exp"),
        ("fired(«'cut-of'»)", "unknown-name", 'did you mean fired("cut-off")?'),
        ("fired(«'glut'»)", "unknown-name", 'write active("glut")'),
        ("active(«'strike'»)", "unknown-name", 'write fired("strike")'),
        ("flag(«'a b'»)", "unknown-name", "use letters, digits"),
        ("fired(«cut-off»)", "type", 'write fired("cut-off")'),
        ("1 + «'steel'»", "type", "text in quotes has no value"),
        ("1 + «(tension > 0)»", "type", "write 1 if (tension > 0) else 0"),
        ("«tension» and gdp > 1", "type", "compare it: tension > 0.5"),
        ("not «gdp»", "type", "a condition is needed here"),
        ("«flag('x')» == 1", "type", "a condition already"),
        ("1 if «gdp» else 0", "type", "a condition is needed here"),
        ("count(«utilisation»)", "type", "compare it: utilisation > 0.5"),
        ("sum(«utilisation > 1»)", "type", "a number is needed here"),
        ("«utilisation» > 0.5", "scope", "mean(utilisation), sum(utilisation) or utilisation[new_"),
        ("«openness»", "scope", "has a value for each region, and this row is national"),
        ("«support.hightech_zones»", "scope", "mean(support.hightech_zones)"),
        ("«gdp[steel]»", "scope", "gdp is one number"),
        ("utilisation[«beijing»]", "scope", "beijing is a region"),
        ("«nation.utilisation»", "scope", "it has a value for each sector"),
        ("mean(«gdp»)", "scope", "nothing here varies over them"),
        ("sum(capacity * «openness»)", "scope", "mean(openness)"),
        ("previous(«year»)", "scope", "previous() and change() read indicators"),
        ("previous(1 + «previous(gdp)»)", "scope", "do not nest"),
        ("«after.gdp» > 1", "scope", "only endings read after.x"),
        ("«balance.growth» > 1", "scope", "only endings read balance.x"),
        ("«min(gdp)»", "arity", "over sectors or regions write smallest(x)"),
        (
            "1 + «clamp(gdp, 1)»",
            "arity",
            "clamp() takes 3 values, not 2: write clamp(x, low, high)",
        ),
        ("gdp / «tension»", "division", "use div(a, b, default)"),
        ("gdp / «(tension - 1)»", "division", "use div(a, b, default)"),
        ("«div(gdp, tension, 0)»", "unbounded", "put it in clamp(x, low, high)"),
        ("2 * tension * «div(gdp, tension, 0)»", "unbounded", "keep the divisor from zero"),
        ("«gdp * gdp * gdp» > 1", "unbounded", "by its bounds this can reach 1e+18"),
        ("ramp(gdp, 1, «1»)", "range", "may be equal"),
        ("ramp(gdp, 0.5, «tension»)", "range", "may be equal"),
        ("saturate(gdp, «tension»)", "range", "must be above 0"),
        ("clamp(gdp, «2», 1)", "range", "above its high end"),
    ],
)
def test_the_author_is_told_what_to_write_and_where(marked: str, slug: str, says: str) -> None:
    start, end = marked.index("«"), marked.index("»") - 1
    error = fault(marked.replace("«", "").replace("»", ""))
    assert error.slug == slug
    assert says in str(error)
    assert (error.start, error.end) == (start, end)


def test_a_row_by_sector_reads_no_region_outside_an_aggregate() -> None:
    error = fault("capacity * openness", "sector")
    assert (error.start, error.end) == (11, 19)
    assert error.hint == "say mean(openness), sum(openness) or openness[beijing]"
    assert fault("openness + capacity", "region").start == 11


def test_all_wrong_names_of_a_rule_are_told_at_once() -> None:
    error = fault("gpd + tenson * utilisaton[steel] + utilisation")
    assert [one.start for one in (error, *error.others)] == [0, 6, 15, 35]


def test_one_fault_is_told_once() -> None:
    assert fault("change(gpd) > 1").others == ()
    assert fault("1 + (gpd and true)").others == ()


def test_text_that_cannot_be_shown_is_told_by_its_number() -> None:
    assert "U+0000" in str(fault("gdp \x00"))
    assert "no-break space (U+00A0)" in str(fault("gdp\u00a0+ 1"))
    assert "U+202E" in str(fault("\u202e"))
    assert "\x1b" not in str(fault("flag('\x1b]0;x')"))


def test_an_ending_may_read_what_came_after() -> None:
    check("after.gdp > gdp and balance.growth > 50", VOCABULARY, want="condition", ending=True)
    check("mean(after.utilisation)", VOCABULARY, ending=True)
    assert fault("previous(after.gdp)", ending=True).slug == "scope"
