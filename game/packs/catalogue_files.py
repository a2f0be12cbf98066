"""Findings about files: reading them (GH1xx), and folders (GH5xx)."""

from __future__ import annotations

from game.packs.diagnostics import register

TOO_BIG = register(
    "GH101",
    "error",
    "the file is larger than {limit}",
    "A file of a pack holds at most 4 MB.",
    "Split it; folders take any number of files.",
)
TOO_DEEP = register(
    "GH102",
    "error",
    "nested more than {limit} deep",
    "Nothing in a pack needs more than a few levels; depth is cut so that no file can hurt.",
)
TOO_MANY = register(
    "GH103",
    "error",
    "more than {limit} {what}",
    "A file may hold 400,000 values, and a value 20,000 characters.",
)
ALIAS = register(
    "GH104",
    "error",
    "anchors and aliases (&name, *name) are not used in packs",
    "A few hundred bytes of aliases can stand for millions of values.",
    "Write the value out; put quotes round text that begins with & or *.",
)
MERGE_KEY = register(
    "GH105",
    "error",
    "merge keys (<<) are not used in packs",
    "What an entry says stands in the entry.",
    "Write the fields out.",
)
DUPLICATE_KEY = register(
    "GH106",
    "error",
    "'{key}' is given twice",
    "YAML would silently keep the last one.",
    "Remove one of the two.",
)
DOCUMENTS = register(
    "GH107",
    "error",
    "a second document begins here",
    "A file of a pack holds one YAML document.",
    "Remove the `---` or make another file.",
)
EMPTY = register(
    "GH108",
    "error",
    "the file says nothing",
    "A file of a pack holds a list or a mapping.",
)
TEXT_KEY = register(
    "GH109",
    "error",
    "a key must be plain text",
    "Keys are names of fields or ids.",
    "Inside {} a comma ends a value: put expressions and text with commas in quotes.",
)
ENCODING = register(
    "GH110",
    "error",
    "the file is not UTF-8 text ({why})",
    "Packs are written in UTF-8 without a byte order mark.",
    "Save it as UTF-8.",
)
TAG = register(
    "GH111",
    "error",
    "the tag {tag} is not used in packs",
    "Tags (a word that begins with !) could make YAML build other things than data.",
    "Put quotes round text that begins with !; in a condition write `not x`.",
)
DIRECTIVE = register(
    "GH112",
    "error",
    "directives (a line that begins with %) are not used in packs",
    "Packs are plain YAML.",
    "Remove the line.",
)
HIDDEN_BREAK = register(
    "GH120",
    "error",
    "a hidden line break ({name})",
    "YAML starts a new line at characters that many editors do not show.",
    "Replace it with a line feed or remove it.",
)
CONTROL = register(
    "GH121",
    "error",
    "the character {name} is not allowed",
    "Control characters and characters that turn the direction of text can make a terminal show"
    " or do something else than what the file says.",
    "Remove it.",
)
COLON = register(
    "GH130",
    "error",
    "a second colon in plain text: {text}",
    "In YAML a colon and a blank start the value of a key.",
    "Put the whole text in quotes.",
)
TAB = register(
    "GH131",
    "error",
    "a tab is used to indent",
    "YAML indents with blanks only.",
    "Use blanks.",
)
FLOW = register(
    "GH132",
    "error",
    "the inside of these {brackets} cannot be read",
    "Inside {} and [] a comma ends a value and a bracket starts a list.",
    'Quote names and expressions with brackets or commas there: {"utilisation[steel]": 0.5}.',
)
BRACE = register(
    "GH133",
    "error",
    "text that begins with {{ or [ needs quotes",
    "YAML reads { as the beginning of a mapping and [ as that of a list.",
    "Put the whole text in quotes.",
)
QUOTE = register(
    "GH134",
    "error",
    "the quote that opens here is not closed",
    "The end of the file came first.",
    "Close it; inside single quotes an apostrophe is written twice.",
)
FIRST_CHARACTER = register(
    "GH135",
    "error",
    "plain text cannot begin with {char}",
    "YAML keeps some characters for itself: % @ ` and others.",
    "Put the text in quotes.",
)
ESCAPE = register(
    "GH136",
    "error",
    "an escape that YAML does not know",
    "Inside double quotes a backslash starts an escape.",
    "Use single quotes or write \\\\.",
)
INDENT = register(
    "GH137",
    "error",
    "this line does not fit the lines around it",
    "Keys of one mapping, and dashes of one list, stand in one column.",
    "Check the indentation; text of several lines needs `>` after its key.",
)
AFTER_QUOTE = register(
    "GH138",
    "error",
    "text goes on after the closing quote",
    "A text is quoted as a whole or not at all.",
    "Put all of it in quotes. Inside single quotes an apostrophe is written twice.",
)
SYNTAX = register(
    "GH139",
    "error",
    "not valid YAML: {problem}",
    "The file cannot be read as YAML.",
)
COMMENT = register(
    "GH140",
    "warning",
    "the rest of this line is a comment",
    "In YAML a blank and # start a comment.",
    "Put the text in quotes if # is part of it.",
)
MARKUP = register(
    "GH141",
    "warning",
    "markup is shown as it stands: {markup}",
    "Text of packs is plain text; nothing in it is a command or a style.",
    "Markup is not used here: leave it out.",
)


SYMLINK = register(
    "GH501",
    "error",
    "symbolic links are not followed",
    "A pack is what lies in its folder.",
)
OUTSIDE = register(
    "GH502",
    "error",
    "the file lies outside the pack",
    "A pack is what lies in its folder.",
)
PACK_TOO_BIG = register(
    "GH503",
    "error",
    "the pack has more than {limit}",
    "2,000 files and 64 MB are enough.",
)
UNKNOWN_FILE = register(
    "GH504",
    "warning",
    "this file is not read: {why}",
    "A pack has files and folders of fixed names.",
)
NO_MANIFEST = register(
    "GH505",
    "error",
    "there is no pack here: {why}",
    "A pack is a folder with a pack.yaml in it.",
)
UNREADABLE = register(
    "GH506",
    "error",
    "cannot be read: {why}",
    "The system did not let the file be read.",
)
