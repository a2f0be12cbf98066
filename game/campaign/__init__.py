"""A campaign as decisions and history: values in, values out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.campaign.campaign import Campaign
    from game.campaign.draft import Draft
    from game.campaign.forecast import Forecaster, Stake
    from game.campaign.forms import DecisionError, decision_from_json, to_json
else:
    from game.exports import exports

    __getattr__ = exports(
        __name__,
        {
            "Campaign": "campaign",
            "DecisionError": "forms",
            "Draft": "draft",
            "Forecaster": "forecast",
            "Stake": "forecast",
            "decision_from_json": "forms",
            "to_json": "forms",
        },
    )

__all__ = [
    "Campaign",
    "DecisionError",
    "Draft",
    "Forecaster",
    "Stake",
    "decision_from_json",
    "to_json",
]
