"""The compiled model: states, years, events, draws and the ledger. Values in, values out."""

from __future__ import annotations

from game.engine.batch import Batch
from game.engine.compiling import compile_model
from game.engine.draws import Draws
from game.engine.ledger import Ledger, Row
from game.engine.model import RESULTS, Model
from game.engine.orders import Orders
from game.engine.starting import start
from game.engine.state import Happened, State
from game.engine.statistics import reported, reported_matrix
from game.engine.year import (
    Asked,
    Outcome,
    Pending,
    begin_plan,
    can_answer,
    close_year,
    flagged,
    open_year,
    post,
    prices,
    promised,
    shift_plan,
)

__all__ = [
    "RESULTS",
    "Asked",
    "Batch",
    "Draws",
    "Happened",
    "Ledger",
    "Model",
    "Orders",
    "Outcome",
    "Pending",
    "Row",
    "State",
    "begin_plan",
    "can_answer",
    "close_year",
    "compile_model",
    "flagged",
    "open_year",
    "post",
    "prices",
    "promised",
    "reported",
    "reported_matrix",
    "shift_plan",
    "start",
]
