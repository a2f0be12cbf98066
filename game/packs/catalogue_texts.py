"""Findings about translations: the PO files of a pack (GH640 to GH659)."""

from __future__ import annotations

from game.packs.diagnostics import register

BROKEN_PO = register(
    "GH640",
    "error",
    "not a PO file: {why}",
    "A file in texts/ is a PO file: msgctxt, msgid and msgstr, each with text in double quotes.",
    "Write it anew with `guiding-hand pack texts PACK --export LANGUAGE`.",
)
UNKNOWN_ADDRESS = register(
    "GH641",
    "warning",
    "the pack has no text at {address}",
    "A translation names its text by an address in msgctxt; nothing stands at this one.",
    "An export keeps such translations at the end of the file, marked #~.",
)
STALE_TEXT = register(
    "GH642",
    "warning",
    "the text at {address} has changed since it was translated",
    "The msgid is not what the pack says now, so the original is shown.",
    "Export again, look at what changed, and take the fuzzy mark away.",
)
FUZZY_TEXT = register(
    "GH643",
    "warning",
    "the translation of {address} is marked fuzzy",
    "A fuzzy translation is one that somebody must look at; until then the original is shown.",
    "Mend the msgstr and remove the word fuzzy above it.",
)
MISSING_TEXTS = register(
    "GH644",
    "warning",
    "{count} of {total} texts have no translation yet",
    "Texts without a translation are shown in the pack's own language.",
    "Fill in their msgstr; `guiding-hand pack texts PACK --export LANGUAGE` adds those that are"
    " not in the file.",
)
WRONG_NAMES = register(
    "GH645",
    "error",
    "the braces differ from the original: {what}",
    "A name in braces stands for a person; a translation names the same ones.",
    "Keep the braces and what is inside them as they are in the msgid.",
)
TOO_WIDE = register(
    "GH646",
    "warning",
    "{cells} columns wide; the screen has {fits} here",
    "A line that is too wide is cut. A Chinese, Japanese or Korean character takes two columns.",
    "Say it in fewer words.",
)
TEXT_CHARACTER = register(
    "GH647",
    "error",
    "the translation holds what no text may hold: {what}",
    "Control characters and characters that turn the direction of text can make a terminal show"
    " or do something else than what the file says.",
    "Remove it.",
)
NO_LANGUAGE = register(
    "GH648",
    "warning",
    "this file is not read: {why}",
    "In texts/ stand files like zh_CN.po or de.po, named for their language.",
)
LANGUAGE_MISSING = register(
    "GH649",
    "warning",
    "the pack says that it speaks {language}, and there is no texts/{language}.po",
    "`languages` lists the language that a pack is written in, and those that it is translated to.",
    "Export the texts for translation, or take the language off the list.",
)
TWICE_TRANSLATED = register(
    "GH650",
    "warning",
    "{address} is translated twice",
    "The later of the two is shown.",
    "Remove one of the two.",
)
