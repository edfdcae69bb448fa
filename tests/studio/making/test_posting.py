"""Which former price a poster may strike through."""

from __future__ import annotations

import pytest

from zhanggui.studio.facts import Facts
from zhanggui.studio.making.posting import former_price


@pytest.mark.parametrize(
    ("prices", "allowed"),
    [
        ((("2026-10-01", 19900), ("2026-11-18", 9900)), 19900),
        ((("2026-10-01", 9900),), None),
        ((), None),
    ],
    ids=["was charged before", "never charged", "nobody knows"],
)
def test_only_a_price_that_was_charged_is_struck_through(
    prices: tuple[tuple[str, int], ...], allowed: int | None
) -> None:
    facts = Facts(product_id="1", price_fen=9900, was_fen=19900, prices=prices)
    assert former_price(facts) == allowed


def test_without_a_former_price_nothing_is_asked() -> None:
    assert former_price(Facts(product_id="1", price_fen=9900)) is None
