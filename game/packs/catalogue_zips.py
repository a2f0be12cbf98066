"""Findings about zip files and names of files (GH507 to GH519), and ids that have changed."""

from __future__ import annotations

from game.packs.diagnostics import register

ZIP_BROKEN = register(
    "GH507",
    "error",
    "the zip file cannot be read: {why}",
    "Only whole, ordinary zip files are read.",
    "Ask for it again, or make it anew with `guiding-hand pack build`.",
)
ZIP_TOO_BIG = register(
    "GH508",
    "error",
    "{what} is more than {limit}",
    "A zip file of 16 MB, with 4,000 files that unpack to 64 MB, is enough.",
)
MEMBER_NAME = register(
    "GH509",
    "error",
    "a pack cannot hold a file called '{member}': {why}",
    "Names of files mean the same on every system and stay inside the pack.",
)
TWINS = register(
    "GH510",
    "error",
    "'{first}' and '{second}' are one name on some systems",
    "Names that differ in capitals or accents alone are one name on many disks.",
    "Rename one of them.",
)
MEMBER_LINK = register(
    "GH511",
    "error",
    "'{member}' in the zip file is a link or a device",
    "A pack holds files and folders.",
    "Put the file itself there.",
)
MEMBER_LOCKED = register(
    "GH512",
    "error",
    "'{member}' in the zip file needs a password",
    "Packs are read without one.",
    "Make the zip file anew without a password.",
)
COMPRESSION = register(
    "GH513",
    "error",
    "'{member}' is packed in a way that is not read (number {number})",
    "Members are stored or deflated, as every program can.",
    "Make the zip file anew with `guiding-hand pack build`.",
)
BOMB = register(
    "GH514",
    "error",
    "'{member}' says that it unpacks to {times} times its size",
    "Text packs to a quarter; what unpacks to 200 times its size is no text.",
)
MEMBER_BROKEN = register(
    "GH515",
    "error",
    "'{member}' in the zip file is damaged: {why}",
    "What the zip file says of a file and what it holds are the same.",
    "Ask for it again, or make it anew with `guiding-hand pack build`.",
)
RENAMED = register(
    "GH224",
    "warning",
    "'{former}' is called '{name}' now",
    "An entry may be named by an id that it had before; better by the one that it has.",
    "Write the id that it has now.",
)
FORMER_TWICE = register(
    "GH225",
    "error",
    "the former id '{id}' of '{second}' belongs to '{first}'",
    "An id means one entry for ever, in saves and in the dice too.",
    "Take it out of `former_ids`, or give the other entry another id.",
)
