"""Findings about packs together (GH22x, GH4xx) and what is in them (GH6xx)."""

from __future__ import annotations

from game.packs.diagnostics import register

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
    "Rename one of them, or let one pack require the other.",
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
REMOVED_NEEDED = register(
    "GH226",
    "error",
    "'{id}' cannot be removed: the pack '{pack}' needs it at {where} ({places})",
    "What a pack removes must not be named by packs that know nothing of it.",
    "Change the entry, or change what names it, instead of removing it.",
)
CHANGE_CONFLICT = register(
    "GH223",
    "error",
    "the packs '{first}' and '{second}' both change {field} of '{id}'",
    "Two packs that do not know one another cannot change the same field.",
    "Let one of them require the other: the later one then wins.",
)


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
    "the chance is {chance}, outside 0 to 1",
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
IDLE_SILENCE = register(
    "GH631",
    "warning",
    "this silences nothing: there is no {code} at {where}",
    "A silence that outlives its cause would hide the next finding of the same kind.",
    "Remove it.",
)
NO_SILENCE = register(
    "GH632",
    "error",
    "{code} cannot be silenced: {why}",
    "Only warnings can be silenced.",
)
MORE_PLACES = register(
    "GH998",
    "error",
    "'{id}' is named in {count} more places from here on",
    "Of a name that is missing everywhere the first three places are shown.",
    "Mend the name in one place, or add what it names.",
)
MORE = register(
    "GH999", "warning", "and {count} more findings in this file", "50 a file are shown."
)
