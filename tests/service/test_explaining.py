"""What a merchant reads of what was weighed."""

from datetime import date
from typing import get_args

import pytest

from tests.service import weights
from tests.service.records import clause, context, faq, index, read, search
from zhanggui.base.words import Text, speaking
from zhanggui.service import Gathered
from zhanggui.service.explaining import MOST, NAMES, explain
from zhanggui.service.proposals import Kind
from zhanggui.service.requests import Request, Verdict
from zhanggui.service.wishing import Wish

INVOICE = faq("1", "可以开电子发票。", "能开发票吗", "发票怎么开")
RETURNS = clause("r#1", "签收7天内没用过可以退。", "退货")
ENTRIES = (INVOICE, RETURNS)


@pytest.fixture(autouse=True)
def stumps(monkeypatch):
    """Answers are likelier than clauses."""
    weights.use(monkeypatch, ("kind_faq", 0.5, -5.0, 1.0))


def gathered(text, *before, entries=ENTRIES, ceiling=0.05, **values):
    reading = read(text, *before, buyer=values.pop("buyer", "小鱼"))
    known = context(coupons=[], products={}, skus={}, **values)
    found = search(reading, *entries)
    return Gathered(reading, known, found, index(*entries), ceiling=ceiling)


def test_the_likeliest_comes_first_with_its_grounds():
    told = explain(gathered("能开发票不"), None)
    assert [each.kind for each in told.proposals] == ["faq", "policy"]
    best, other = told.proposals
    assert best.likelihood > other.likelihood
    assert (best.is_best, other.is_best) == (True, False)
    assert [source.id for source in best.sources] == ["faq:1"]
    assert best.reply == "可以开电子发票。"


@pytest.mark.parametrize("ceiling", [0.05, 0.01])
def test_the_threshold_is_what_decided(ceiling):
    asked = gathered("能开发票不", ceiling=ceiling)
    told = explain(asked, None)
    assert told.confidence is not None
    assert (told.confidence >= told.threshold) == (asked.decide().decision == "answer")
    assert f"{told.threshold:.0%}" in told.why
    assert f"{ceiling:.0%}" in told.why
    assert ("转人工" in told.why) == (asked.decide().decision == "handoff")


def test_a_question_in_the_shops_own_words_says_so():
    assert "一字不差" in explain(gathered("发票怎么开"), None).why


def test_what_safety_decides_is_not_weighed():
    told = explain(gathered("转人工"), None)
    assert (told.proposals, told.confidence) == ([], None)
    assert "安全" in told.why


def test_a_shop_that_knows_nothing_is_told_to_write_an_answer():
    told = explain(gathered("能开发票不", entries=()), None)
    assert (told.proposals, told.confidence) == ([], None)
    assert "写一条回答" in told.why


def test_an_order_of_nobody_in_particular_is_asked_for():
    assert "哪位买家" in explain(gathered("我的包裹到哪了", buyer=None), None).why


def test_what_only_fills_in_a_change_says_so():
    asked = gathered("能开发票不")
    verdict = Verdict("missing", "请问是哪一笔订单？", Text("缺订单", "No order"))
    filling = Wish(Request("invoice"), verdict, is_handed_over=True, goes_on=True)
    assert "补前面要办的事" in explain(asked, filling).why


def test_the_message_is_shown_as_it_was_read():
    told = explain(gathered("那满一百块的6月3号能退不", "在么"), None).read_as
    assert told.earlier
    assert "100" in told.text
    assert told.amounts == ["100块"]
    assert told.days == [date(2026, 6, 3)]
    assert explain(gathered("我想问问咱们家的发票一般都是怎么开的"), None).read_as.earlier == ""


def test_numbers_of_people_are_not_shown():
    told = explain(gathered("打13812345678能开发票不"), None)
    assert "13812345678" not in told.model_dump_json()


def test_no_more_are_shown_than_one_reads():
    many = [clause(f"r#{n}", f"第{n}种商品签收7天内可以退。", "退货") for n in range(1, 13)]
    many += [faq(str(n), f"第{n}种商品可以退。", f"第{n}种能退不") for n in range(1, 13)]
    told = explain(gathered("能退不", entries=many), None)
    assert len(told.proposals) == MOST
    assert told.left_out > 0


def test_every_kind_has_a_name_and_the_reader_their_language():
    assert set(NAMES) == set(get_args(Kind))
    with speaking("en"):
        told = explain(gathered("能开发票不"), None)
    assert told.why.isascii()
    assert told.proposals[0].name == "Answer"
