"""PO files are read as anybody's bytes: messages or one plain reason, whatever they hold."""

from __future__ import annotations

import pytest

from game.packs.guards import ReadError
from game.packs.po import MOST_MESSAGES, BrokenPoError, Message, read_messages, written

ONE = 'msgctxt "a/b:c"\nmsgid "Close it"\nmsgstr "Schließen"\n'


def read(text: str) -> tuple[Message, ...]:
    return read_messages(text.encode())


def test_a_message_is_its_address_its_text_and_its_translation() -> None:
    (one,) = read(f"# Sagt man so?\n{ONE}")
    assert (one.address, one.text, one.told) == ("a/b:c", "Close it", "Schließen")
    assert one.notes == ("Sagt man so?",)
    assert one.line == 3


@pytest.mark.parametrize(
    "header",
    [
        r'"Content-Type: text/plain; charset=utf-7\n"',
        r'"Content-Type: text/plain; charset=rot13\n"',
        r'"Content-Type: \n"',
        r'"Plural-Forms: nplurals=999999999999; plural=(n**n**n);\n"',
        r'"Plural-Forms: nplurals=x; plural=;\n"',
        r'"POT-Creation-Date: yesterday\n"',
        r'"PO-Revision-Date: 9999-99-99 99:99+9999\n"',
        r'"Language: ../../etc/passwd\n"',
        r'"Language: xx_YY_zz_QQ\n"',
        r'"no colon at all\n"',
        '"' + "Very-Long: x" * 20_000 + r'\n"',
    ],
    ids=lambda header: header[1:24],
)
def test_no_header_is_acted_on(header: str) -> None:
    found = read(f'msgid ""\nmsgstr ""\n{header}\n\n{ONE}')
    assert [one.told for one in found] == ["Schließen"]


def test_plural_messages_say_nothing_here() -> None:
    text = 'msgctxt "a/b:c"\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "x"\nmsgstr[1] "y"\n'
    assert [one.told for one in read(text)] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "what is this\n",
        'msgid "a"\n',
        '"a"\n',
        'msgid a\nmsgstr "b"\n',
        'msgid "a\nmsgstr "b"\n',
        'msgid "a\\"\nmsgstr "b"\n',
        'msgid "a" "b"\nmsgstr "c"\n',
        'msgid "a"\nmsgstr[99] "b"\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[7] "c"\n',
        "#~ what is this\n",
        "#~ msgid\n",
        "\x0c\n",
    ],
)
def test_what_is_no_po_file_is_refused_in_one_line(text: str) -> None:
    with pytest.raises((BrokenPoError, ReadError)) as refused:
        read(text)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "# a note\n", 'msgstr "a"\n', 'msgctxt "a"\nmsgstr "c"\n'])
def test_a_file_without_a_text_says_nothing(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    "raw",
    [
        ONE.encode("utf-16"),
        ONE.encode("latin-1"),
        b"\xef\xbb\xbf" + ONE.encode(),
        ONE.replace("Schließen", "\u202eSchließen").encode(),
        ONE.replace("Schließen", "\x1b]0;x\x07").encode(),
        ONE.replace("\n", "\u2028").encode(),
        b"#" * (4 * 1024 * 1024 + 1),
    ],
    ids=["utf-16", "latin-1", "bom", "bidi", "escape", "separator", "large"],
)
def test_the_guards_of_packs_hold_for_po_files(raw: bytes) -> None:
    with pytest.raises(ReadError):
        read_messages(raw)


def test_the_line_of_what_is_wrong_is_named() -> None:
    with pytest.raises(BrokenPoError) as refused:
        read(f"{ONE}\nmsgid oops\n")
    assert refused.value.line == 5


def test_more_messages_than_any_pack_has_are_refused() -> None:
    with pytest.raises(BrokenPoError, match="more than"):
        read("".join(f'msgid "{n}"\nmsgstr "x"\n' for n in range(MOST_MESSAGES + 1)))


def test_one_message_many_times_over_is_read_as_often() -> None:
    text = "".join(f"#: file:{n}\n{ONE}" for n in range(5_000))
    assert len(read(text)) == 5_000


def test_lines_of_windows_are_lines() -> None:
    (one,) = read(ONE.replace("\n", "\r\n"))
    assert one.told == "Schließen"


def test_what_is_written_is_read_back_the_same() -> None:
    messages = (
        Message("a/b:c", 'He said: "no"\\', "„Nein“\\", notes=("Ein Zitat.",)),
        Message("a/b:d", "one\n\ntwo " + "long " * 40, "eins\n\nzwei"),
        Message("a/b:e", "new words", "alte Wörter", fuzzy=True, previous='the "old" words ' * 9),
        Message("a/b:f", "50% {of} %(it)s", ""),
        Message("a/b:g", "gone", "weg", obsolete=True),
    )
    raw = written(messages, pack="tiny", version="1", language="de")
    found = read_messages(raw)
    assert [(o.address, o.text, o.told, o.fuzzy, o.notes, o.obsolete) for o in found] == [
        (o.address, o.text, o.told, o.fuzzy, o.notes, o.obsolete) for o in messages
    ]
    assert (found[2].previous or "").split() == ('the "old" words ' * 9).split()


def test_the_same_messages_give_the_same_bytes() -> None:
    messages = (Message("a/b:c", "Close it", "Schließen", place=("events/my file.yaml", 7)),)
    first = written(messages, pack="tiny", version="1", language="de")
    assert first == written(messages, pack="tiny", version="1", language="de")
    assert read_messages(first)[0].told == "Schließen"
    assert b"Language: de" in first
