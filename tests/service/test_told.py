"""What the shop has written down."""

import pytest

from tests.service.records import at, clause, context, faq, index, order, read, search
from zhanggui.service.answering import proposals
from zhanggui.service.told import unasked

RETURNS = (
    "2026年5月1日及以后付款的，签收次日零点起15天内可以退；此前付款的，签收次日零点起7天内可以退。"
)
ENTRIES = [
    faq("1", "拆封后不能退。", "拆封了能退吗", "用过还能退吗"),
    faq("2", "可以开电子发票。", "能开发票吗", "发票怎么开"),
    faq("3", "碗垫满99元可以送，饭碗不送。", "送碗垫吗"),
    clause("r#1", RETURNS, "退货"),
    clause("f#1", "西藏每单运费15元，其他地区满88元包邮。", "运费"),
]


def told(text, *entries, **values):
    """What is told of the entries, the likeliest of each kind first."""
    reading, known = read(text), context(**values)
    given = entries or ENTRIES
    found = proposals(reading, known, search(reading, *given), index(*given))
    return [each for each in found if each.kind in ("faq", "policy")]


def test_an_entry_is_told_in_its_own_words_with_its_source():
    found = told("发票怎么开")[0]
    assert (found.kind, found.reply) == ("faq", "可以开电子发票。")
    assert [each.id for each in found.sources] == ["faq:2"]


def test_the_likeliest_of_each_kind_come_first():
    found = told("西藏运费多少")
    assert [each.kind for each in found] == sorted(each.kind for each in found)
    clauses = [each for each in found if each.kind == "policy"]
    assert clauses[0].sources[0].id == "policy:f#1"
    assert clauses[0].signals["margin"] > 0 > clauses[1].signals["margin"]


def test_a_record_that_refuses_begins_with_no():
    assert told("拆封了能退吗")[0].reply == "不可以的，拆封后不能退。"
    assert told("拆封了怎么退")[0].reply == "拆封后不能退。"
    assert told("送碗垫吗")[0].signals["refuses"] == 0, "it allows as well"


def test_a_clause_is_told_with_what_it_comes_to():
    bought = order(
        "N1", "delivered", paid_at=at("2026-05-03 10:00"), delivered_at=at("2026-06-01 09:00")
    )
    found = next(e for e in told("还能退吗", order=bought) if e.sources[0].id == "policy:r#1")
    assert found.reply.startswith(RETURNS)
    assert "15天到6月16日为止，现在还在期限内。" in found.reply
    assert [each.id for each in found.sources] == ["policy:r#1", "order:N1"]
    assert (found.signals["computed"], found.signals["deadline"]) == (1, 1)


def test_a_record_of_other_goods_is_told_apart():
    bowls, pots = clause("r#2", "饭碗碎了补寄。", "售后"), clause("r#3", "砂锅裂了退款。", "售后")
    found = {e.sources[0].id: e.signals for e in told("裂了怎么办", bowls, pots, page="P3")}
    assert (found["policy:r#3"]["names_focus"], found["policy:r#3"]["names_other"]) == (1, 0)
    assert (found["policy:r#2"]["names_focus"], found["policy:r#2"]["names_other"]) == (0, 1)


def test_a_long_record_is_cut_at_a_sentence_and_an_endless_one_not_told():
    (found,) = told("能退吗", faq("1", "七天内可以退。" * 60, "能退吗"))
    assert len(found.reply) <= 200
    assert found.reply.endswith("。")
    assert told("能退吗", faq("1", "不能退" * 100, "能退吗")) == []


@pytest.mark.parametrize(
    ("text", "signal", "value"),
    [
        ("西藏运费多少钱", "has_money", 1),
        ("多少天内可以退", "has_period", 1),
        ("运费要15元吗", "same_number", 1),
        ("怎么退", "asks_how", 1),
        ("能退吗", "asked_yes_no", 1),
    ],
)
def test_how_a_record_suits_the_question_is_signalled(text, signal, value):
    found = [e for e in told(text) if e.signals[signal] == value]
    assert found


def test_what_an_entry_is_about_beyond_the_question_is_known():
    rarity = {"刻": 3.0, "字": 3.0, "杯": 2.0, "能": 0.5, "退": 1.0, "吗": 0.5}
    found = unasked("能退吗", ["刻字杯能退吗"], rarity)
    assert found["unasked"] == pytest.approx(0.8)
    assert found["unasked_most"] == 3
    nearest = unasked("杯能退吗", ["刻字杯能退吗", "杯能退吗"], rarity)
    assert (nearest["unasked"], nearest["unasked_most"]) == (0, 0)
