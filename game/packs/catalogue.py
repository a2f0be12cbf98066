"""Every kind of finding, with its code. Codes are for ever: retire one, never reuse it.

GH1xx reading the file · GH2xx the shape of an entry · GH3xx expressions · GH4xx packs together ·
GH5xx folders and files · GH6xx what is in the pack.
"""

from __future__ import annotations

from game.packs.diagnostics import Descriptor, register

# --- reading -----------------------------------------------------------------------------------

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
    "a second colon in one line of plain text",
    "In YAML a colon and a blank start the value of a key.",
    "Put the text in quotes: {fix}".replace("{fix}", "'...: ...'"),
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
    "Inside {{}} and [] a comma ends a value and a bracket starts a list.".replace("{{}}", "{}"),
    'Quote names and expressions with brackets or commas there: {"utilisation[steel]": 0.5}.',
)
BRACE = register(
    "GH133",
    "error",
    "text that begins with { or [ needs quotes".replace("{", "{{"),
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
    "this line does not fit the lines above it",
    "Keys of one mapping, and dashes of one list, stand in one column.",
    "Check the indentation; text of several lines needs `>` after its key.",
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
)

# --- the shape of an entry ---------------------------------------------------------------------

UNKNOWN_FIELD = register(
    "GH201",
    "error",
    "unknown field '{field}'",
    "An entry has only the fields of its kind.",
)
MISSING_FIELD = register(
    "GH202",
    "error",
    "the field '{field}' is missing",
    "This kind of entry needs it.",
)
WRONG_TYPE = register(
    "GH203",
    "error",
    "wanted {wanted}, found {found}",
    "The value has another type.",
)
WRONG_NUMBER = register(
    "GH204",
    "error",
    "wanted {wanted}, found {found}",
    "The value should be a number.",
)
NOT_ONE_OF = register(
    "GH205",
    "error",
    "'{found}' is not one of {choices}",
    "The field takes a few words only.",
)
BAD_ID = register(
    "GH206",
    "error",
    "'{found}' is not an id of the form {form}",
    "Ids of what the rule language names are snake_case; all others are kebab-case.",
)
OUT_OF_RANGE = register(
    "GH207",
    "error",
    "{found} is out of range: {wanted}",
    "The number or the list has limits.",
)
TOO_LONG = register(
    "GH208",
    "error",
    "longer than {limit} characters",
    "The field has a limit.",
)
BAD_SHARE = register(
    "GH209",
    "error",
    "'{found}' is not a share of the budget",
    "Money is written as a percentage of the plan's budget (`10%`) or as a whole number: billion"
    " yuan over the plan.",
)
OVER_ALL = register(
    "GH214",
    "error",
    "the shares come to {total}% of the budget",
    "A plan cannot hand out more than its budget.",
)
SHAPE = register("GH219", "error", "{problem}", "The entry does not fit together.")
DUPLICATE_ID = register(
    "GH210",
    "error",
    "the {kind} '{id}' is already there",
    "An id names one entry of its kind in a pack.",
    "Rename or remove one of the two.",
)
UNKNOWN_ID = register(
    "GH211",
    "error",
    "there is no {kind} '{id}'",
    "The id is not in this pack or those it needs.",
)
BAD_TARGET = register(
    "GH212",
    "error",
    "'{id}' cannot be named here: {why}",
    "Only some entries can stand here.",
)
WRONG_SHAPE_FILE = register(
    "GH213",
    "error",
    "this file holds {wanted}, found {found}",
    "Some files are one entry, others a list of entries.",
)

# --- expressions -------------------------------------------------------------------------------

EXPRESSION = register(
    "GH300",
    "error",
    "{problem}",
    "The expression cannot be used as it is written.",
)
EXPRESSION_LENGTH = register(
    "GH301",
    "error",
    "{problem}",
    "Expressions have limits: 1,000 characters, 24 levels, 400 parts.",
)
EXPRESSION_SYNTAX = register(
    "GH302",
    "error",
    "{problem}",
    "The text is not an expression of the rule language.",
)
EXPRESSION_OPERATOR = register(
    "GH303",
    "error",
    "{problem}",
    "The rule language does not have this operation.",
)
EXPRESSION_TYPE = register(
    "GH304",
    "error",
    "{problem}",
    "A number stands where a condition is wanted, or the reverse.",
)
EXPRESSION_ARITY = register(
    "GH305",
    "error",
    "{problem}",
    "The function takes another number of values.",
)
EXPRESSION_SCOPE = register(
    "GH306",
    "error",
    "{problem}",
    "A national row reads sectors one by one or together.",
)
EXPRESSION_NAME = register(
    "GH307",
    "error",
    "{problem}",
    "The name is not in this pack or those it needs.",
)
EXPRESSION_DIVISION = register(
    "GH312",
    "error",
    "{problem}",
    "The declared bounds do not keep the divisor from zero.",
)
EXPRESSION_BOUNDS = register(
    "GH313",
    "error",
    "{problem}",
    "The declared bounds do not keep the value finite.",
)
NEVER = register(
    "GH320",
    "warning",
    "this never holds: {expression}",
    "The declared bounds of what it reads decide it.",
)
ALWAYS = register(
    "GH321",
    "warning",
    "this always holds: {expression}",
    "The declared bounds of what it reads decide it.",
    "Leave it out if that is meant.",
)
CYCLE = register(
    "GH330",
    "error",
    "computed indicators go round in a circle: {cycle}",
    "A computed indicator cannot depend on itself; a look at last year's value counts too.",
    "Make one of them a stored indicator that a rule moves.",
)

# --- packs together ----------------------------------------------------------------------------

FORMAT = register(
    "GH401",
    "error",
    "the pack is written in format {found}; this game reads up to {known}",
    "The pack was made for a newer game.",
    "Update the game.",
)
ENGINE = register(
    "GH402",
    "error",
    "the pack wants engine {wanted}; this is engine {found}",
    "The pack was made for another engine.",
)
REQUIRED = register(
    "GH403",
    "error",
    "the pack '{id}' is required and was not found",
    "Required packs are looked for among those given, beside the pack, and among those shipped.",
)
VERSION = register(
    "GH404",
    "error",
    "wanted '{id}' {wanted}; found version {found}",
    "The required pack has another version.",
)
CONFLICT = register(
    "GH405",
    "error",
    "the packs '{id}' and '{other}' cannot be used together",
    "One of them says so in its pack.yaml.",
)
REQUIRE_CYCLE = register(
    "GH406",
    "error",
    "packs require each other in a circle: {cycle}",
    "Required packs are loaded first, so there must be a first one.",
)
SAME_PACK = register(
    "GH407",
    "error",
    "two folders hold the pack '{id}': {first} and {second}",
    "A pack is loaded once.",
)
BAD_VERSION = register(
    "GH408",
    "error",
    "'{found}' is not a version condition",
    "Conditions look like `>=0.1` or `>=1,<2`.",
)
TWO_PACKS = register(
    "GH220",
    "error",
    "the packs '{first}' and '{second}' both define the {kind} '{id}'",
    "Ids are shared by all packs in play.",
    "Rename it, or write `change: {pack}/...`.".replace("{pack}", "pack"),
)
CHANGE_UNKNOWN = register(
    "GH221",
    "error",
    "there is nothing called '{id}' to {verb} here",
    "`change:` and `remove:` name an entry of the same kind in a required pack as pack/id.",
)
CHANGE_NOT_REQUIRED = register(
    "GH222",
    "error",
    "'{id}' belongs to a pack that this one does not require",
    "Only entries of required packs can be changed.",
    "Add it to `requires:` in pack.yaml.",
)
CHANGE_CONFLICT = register(
    "GH223",
    "error",
    "the packs '{first}' and '{second}' both change {field} of '{id}'",
    "Two packs that do not know one another cannot change the same field.",
    "Let one of them require the other: the later one then wins.",
)

# --- folders and files -------------------------------------------------------------------------

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

# --- what is in the pack -----------------------------------------------------------------------

NO_PASSAGE = register(
    "GH601",
    "warning",
    "the {kind} '{id}' rests on nothing",
    "`because` names the passages that an entry rests on.",
    "Add `because: [passage-id]`.",
)
NO_GRADE = register(
    "GH602",
    "warning",
    "the {kind} '{id}' has no grade",
    "The grade says how strong the evidence is, and how much the strength of a rule is drawn.",
    "Add `grade: documented`, `calibrated`, `judgement` or `invented`.",
)
NO_QUOTE = register(
    "GH603",
    "warning",
    "the passage '{id}' quotes nothing",
    "A passage of a document has its words.",
    "Add `quote:`, or mark the source `invented: true`.",
)
MOVES_COMPUTED = register(
    "GH610",
    "error",
    "'{id}' is {what}, so nothing can add to it",
    "Only stored indicators are sums of rows.",
)
UNMOVED = register(
    "GH611",
    "warning",
    "nothing moves the indicator '{id}'",
    "No rule and no effect adds to it.",
    "Write `constant: true` if that is meant.",
)
UNSET_FLAG = register(
    "GH612",
    "warning",
    "nothing sets the {kind} '{id}'",
    "It is tested, and never set, so the test always gives the same.",
)
NO_DEFAULT = register(
    "GH613",
    "error",
    "the event '{id}' has choices and no default",
    "The default is what a forecast, a bot or an absent player does.",
    "Add `default: choice-id`.",
)
DEFAULT_ACTS = register(
    "GH614",
    "error",
    "the default of a {beat} must do nothing, and '{id}' {what}",
    "Runs without a player leave requests and visits alone.",
)
DEFAULT_COSTS = register(
    "GH615",
    "warning",
    "the default '{id}' costs something",
    "The default is also what happens to those who cannot pay.",
)
CHANCE = register(
    "GH616",
    "error",
    "the chance lies between {low} and {high}, outside 0 to 1",
    "A chance is a yearly probability.",
    "Use clamp(x, 0, 1).",
)
CHANCE_WIDE = register(
    "GH617",
    "warning",
    "the chance may reach {high} and is cut to 1",
    "A chance is a yearly probability; the declared bounds allow more.",
    "Use clamp(x, 0, 1).",
)
TOO_LONG_LINE = register(
    "GH620",
    "warning",
    "{length} characters, {limit} fit",
    "The text would be cut on a screen of 80 columns.",
)
UNKNOWN_PLACEHOLDER = register(
    "GH621",
    "warning",
    "'{{{name}}}' names nobody",
    "Text may name people of the pack, and the sector of a sector event, in braces.",
)
START_BOUNDS = register(
    "GH622",
    "error",
    "{value} lies outside the bounds {low} to {high} of '{id}'",
    "A start lies within the bounds of its indicator.",
)
FEW_HINTS = register(
    "GH623",
    "warning",
    "the ending '{id}' has {count} of the two hints that it needs",
    "No ending comes without two hints in earlier reviews.",
)
NO_LAST_ENDING = register(
    "GH624",
    "warning",
    "no ending of the scenario '{id}' always holds",
    "A campaign that fits no ending would end without one.",
    "Add an ending without `when:`.",
)
BALANCE_BOUNDS = register(
    "GH625",
    "warning",
    "the balance may reach {low} to {high} and is cut to 0 to 100",
    "Balances run from 0 to 100; the declared bounds allow more.",
    "Use clamp(x, 0, 100).",
)
NO_CARD = register(
    "GH626",
    "warning",
    "the event '{id}' has choices and no text",
    "A card needs its prose.",
)
DEFAULT_CLOSED = register(
    "GH627",
    "warning",
    "the default '{id}' is not always open",
    "The default must be there for those who cannot take anything else.",
)
NEVER_HAPPENS = register(
    "GH628",
    "warning",
    "nothing makes the event '{id}' happen",
    "It has no chance and no beat, and nothing schedules it.",
)
NOT_PLANNED = register(
    "GH629",
    "error",
    "{year} is not a year of the scenario '{id}' ({first} to {last})",
    "Experiments measure at the end of a year that is played, or of the year before the first.",
)
UNUSED = register(
    "GH630",
    "warning",
    "the {kind} '{id}' is used nowhere",
    "Nothing refers to it.",
)
MORE = register(
    "GH999", "warning", "and {count} more findings in this file", "50 a file are shown."
)

BY_SLUG: dict[str, Descriptor] = {
    "syntax": EXPRESSION_SYNTAX,
    "operator": EXPRESSION_OPERATOR,
    "too-long": EXPRESSION_LENGTH,
    "too-deep": EXPRESSION_LENGTH,
    "too-many": EXPRESSION_LENGTH,
    "type": EXPRESSION_TYPE,
    "arity": EXPRESSION_ARITY,
    "scope": EXPRESSION_SCOPE,
    "unknown-name": EXPRESSION_NAME,
    "division": EXPRESSION_DIVISION,
    "unbounded": EXPRESSION_BOUNDS,
}
"""The descriptor for each slug of a `RuleError`; `EXPRESSION` for any other."""
