"""What mentions a person, and what only looks like it."""

from __future__ import annotations

import pytest

from zhanggui.base.mentions import Mentions

WHOM = Mentions("小鱼", frozenset(("12", "A2026_7", "TB-9")))


@pytest.mark.parametrize(
    ("kept", "is_found"),
    [
        ({"items": [{"buyer": "小鱼"}]}, True),
        ({"buyer": "小鱼2号", "reply": "小鱼干有货"}, False),
        ({"order_id": "12"}, True),
        ({"order_id": "123", "reply": "共312件"}, False),
        ({"reply": "订单12改好了"}, True),
        ({"sources": ["order:A2026_7#1"]}, True),
        ({"reply": "订单TB-9已发货"}, True),
        ({"reply": None, "sources": []}, False),
    ],
)
def test_what_mentions_a_person_is_found(kept, is_found):
    assert WHOM.among([("k", kept)]) == (["k"] if is_found else [])
