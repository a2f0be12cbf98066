from __future__ import annotations

import contextlib
import math
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from game.packs import reader
from game.packs.guards import ReadError
from game.packs.locate import locate
from game.packs.reader import read


def code(raw: bytes | str) -> str:
    with pytest.raises(ReadError) as refused:
        read(raw.encode() if isinstance(raw, str) else raw)
    return refused.value.found.descriptor.code


@pytest.mark.parametrize(
    "text",
    ["no", "on", "yes", "off", "12:30", "017", "2024-01-01", "10%", "0x1F", "1_000", "~", "True",
     ".inf", ".nan", "1e999", "12345678901234567890", "+", ".", "1.2.3"],
)  # fmt: skip
def test_what_is_not_plainly_a_number_stays_text(text: str) -> None:
    assert read(f"a: {text}".encode()) == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("false", False), ("null", None), ("", None), ("0", 0), ("-12", -12),
     ("+3", 3), ("123456789012345678", 123456789012345678), ("0.5", 0.5), (".5", 0.5),
     ("1e3", 1000.0), ("-1.5e-3", -0.0015)],
)  # fmt: skip
def test_words_and_decimal_numbers_are_what_they_look_like(text: str, value: object) -> None:
    got = read(f"a: {text}".encode())["a"]
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize("text", ["'1'", '"true"', "|\n  1", ">\n  null", "''"])
def test_quoted_and_block_scalars_are_text(text: str) -> None:
    assert isinstance(read(f"a: {text}".encode())["a"], str)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"x" * (4 * 1024 * 1024 + 1), "GH101"),
        (b"[" * 5_000, "GH102"),
        (b"- " * 200_000, "GH102"),
        (b"a: " + b"x" * 20_001, "GH103"),
        (b"[" + b"1," * 400_001 + b"1]", "GH103"),
        (b"a: &x [1]", "GH104"),
        (b"a: *x", "GH104"),
        (b"&a [*a]", "GH104"),
        (b"<<: {a: 1}", "GH105"),
        (b"a: 1\nb: 2\na: 3", "GH106"),
        (b"a: 1\n---\nb: 2", "GH107"),
        (b"", "GH108"),
        (b"# nothing\n", "GH108"),
        (b"? " * 1_000_000, "GH109"),
        (b"? [a]\n: 1", "GH109"),
        (b"1: a", "GH109"),
        (b"true: a", "GH109"),
        ("a: 1".encode("utf-16"), "GH110"),
        (b"\xef\xbb\xbfa: 1", "GH110"),
        (b"a: \xff", "GH110"),
        (b"a: !!python/object/apply:os.system [ls]", "GH111"),
        (b"a: !seen x", "GH111"),
        (b"%YAML 1.1\n---\na: 1", "GH112"),
        ("# note\u2028evil: 1".encode(), "GH120"),
        ("a: b\u0085c: d".encode(), "GH120"),
        (b"a: 1\rb: 2\n", "GH120"),
        (b'a: "\\e]0;x\\a"', "GH121"),
        (b"a: \x1b]0;x", "GH121"),
        (b"a: \x00", "GH121"),
        ("a: \u202etxt".encode(), "GH121"),
        (b'a: "\\u202e"', "GH121"),
        (b'"\\u2028": 1', "GH121"),
        (b"title: War: the return", "GH130"),
        (b"a:\n\tb: 1", "GH131"),
        (b"a: {utilisation[steel]: 1}", "GH132"),
        (b"text: {name} says", "GH133"),
        (b"a: 1\nb: 'open\nc: 2\nd: 3\n", "GH134"),
        (b"a: @x", "GH135"),
        (b'a: "\\q"', "GH136"),
        (b"- a\nb: 1", "GH137"),
        (b"{", "GH132"),
    ],
)
def test_what_a_pack_may_not_hold_is_refused_with_its_code(raw: bytes, expected: str) -> None:
    assert code(raw) == expected


def test_an_unclosed_quote_is_shown_where_it_opens() -> None:
    with pytest.raises(ReadError) as refused:
        read(b"a: 1\nb: 'open\nc: 2\nd: 3\n")
    place = refused.value.found.place
    assert place is not None
    assert (place.line, place.col) == (2, 4)


def test_windows_line_ends_are_line_ends() -> None:
    assert read(b"a: 1\r\nb: |\r\n  x\r\n  y\r\n") == {"a": 1, "b": "x\ny\n"}


def test_without_libyaml_the_slow_parser_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LOADER", yaml.SafeLoader)
    assert read(b"a: [1, no, 'x']") == {"a": [1, "no", "x"]}
    for raw, expected in [
        (b"a: &x 1", "GH104"), (b"title: War: x", "GH130"), (b"a:\n\tb: 1", "GH131"),
        (b"a: {x[y]: 1}", "GH132"), (b"a: {n} says", "GH133"), (b"a: 'x\n", "GH134"),
        (b'a: "\\ud800"', "GH121"), (b"- a\nb: 1", "GH137"),
    ]:  # fmt: skip
        assert code(raw) == expected


_text = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn")),
    max_size=30,
)
_keys = _text.filter(lambda key: _as_read(key) == key)
_data = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1) | _text
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


def _as_read(data: Any) -> Any:
    """YAML 1.1 writes text like 1e3 without quotes; here that is a number."""
    if isinstance(data, dict):
        return {key: _as_read(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_read(value) for value in data]
    if isinstance(data, str) and data.strip() == data:
        try:
            number = float(data)
        except ValueError:
            return data
        return data if math.isnan(number) else ("number", number)
    if isinstance(data, (int, float)) and not isinstance(data, bool):
        return ("number", float(data))
    return data


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(_keys, _data, min_size=1))
def test_what_yaml_writes_is_read_back(data: dict[str, Any]) -> None:
    text = yaml.dump(data, allow_unicode=True, sort_keys=False, default_flow_style=None)
    assert _as_read(read(text.encode())) == _as_read(data)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_no_bytes_do_more_than_be_refused(raw: bytes) -> None:
    with contextlib.suppress(ReadError):
        read(raw)


_yamlish = st.text(alphabet="ab:-[]{},'\"#&*!|>%@ \n\t?~0.", max_size=60)


@settings(max_examples=400, deadline=None)
@given(_yamlish)
def test_no_arrangement_of_signs_does_more_than_be_refused(text: str) -> None:
    locate(text)
    with contextlib.suppress(ReadError):
        data = read(text.encode())
        _has_all(data, text)


def _has_all(data: Any, text: str) -> None:
    for path in locate(text):
        here = data
        for step in path:
            here = here[step]
