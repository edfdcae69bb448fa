"""What the room `rules` finds in a text of a trade."""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui import rules
from zhanggui.studio.copywriting.composing import Lawful

_TRADES = {
    "beauty": "cosmetics", "food": "food", "baby": "toys", "pets": "pets", "electronics": "digital",
    "jewellery": "jewellery", "kitchen_appliance": "appliances", "home_appliance": "appliances",
    "lighting": "appliances", "parts": "appliances", "clothing": "clothing", "shoes": "clothing",
    "accessory": "clothing", "bags": "clothing", "outdoor": "general", "stationery": "general",
    "generic": "general",
}  # fmt: skip
"""What the law calls the trades of `trades.toml`; the rest are things for the home."""


def lawful_in(trade: str) -> Lawful:
    """A checker of texts of this trade: it names each claim that may not be made."""
    held = _TRADES.get(trade, "home")

    def found(text: str) -> Sequence[str]:
        report = rules.check(text, trade=held, by_words_alone=True)
        return [finding.span for finding in report.findings]

    return found
