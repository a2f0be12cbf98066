"""Findings about the shape of entries (GH2xx) and about expressions (GH3xx)."""

from __future__ import annotations

from game.packs.diagnostics import register

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
    "'{found}' is not {form}",
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
    "{found} is not {wanted}",
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
    "In a list a dash stands before each entry; a file that is one entry has none.",
)


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
CYCLE = register(
    "GH330",
    "error",
    "computed indicators go round in a circle: {cycle}",
    "A computed indicator cannot depend on itself; a look at last year's value counts too.",
    "Make one of them a stored indicator that a rule moves.",
)
