"""Replies that could be given."""

import pytest

from zhanggui.service.evidence import Evidence
from zhanggui.service.proposals import Proposal

SOURCE = Evidence("policy:ship#1", "满88元包邮")


@pytest.mark.parametrize(
    ("reply", "sources", "computed", "sound"),
    [
        ("满88元包邮。", [SOURCE], "", True),
        ("满99元包邮。", [SOURCE], "", False),
        ("还差11元包邮。", [SOURCE], "还差11元", True),
        ("", [SOURCE], "", False),
        ("。", [SOURCE], "", False),
        ("包邮" * 100, [SOURCE], "", True),
        ("包邮" * 101, [SOURCE], "", False),
        ("包邮", [SOURCE] * 4, "", False),
        ("请问是哪一笔订单？", [], "", True),
    ],
)
def test_a_reply_is_sound_where_it_says_only_what_its_sources_do(reply, sources, computed, sound):
    assert Proposal("policy", reply, sources, "", computed=computed).is_sound is sound
