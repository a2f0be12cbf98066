"""A campaign as decisions and history: values in, values out."""

from __future__ import annotations

from game.campaign.campaign import Campaign
from game.campaign.draft import Draft
from game.campaign.forecast import Forecaster, Stake
from game.campaign.forms import DecisionError, decision_from_json, to_json

__all__ = [
    "Campaign",
    "DecisionError",
    "Draft",
    "Forecaster",
    "Stake",
    "decision_from_json",
    "to_json",
]
