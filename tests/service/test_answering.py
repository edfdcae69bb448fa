"""One decision on a message."""

import numpy as np
import pytest

from tests.service.records import PRODUCTS, context
from zhanggui.knowledge import Calibrator, Candidate, Entry
from zhanggui.service import Asked, decide

CALIBRATOR = Calibrator(np.array([-4.0, 1.0, 0.0]), 0.7, 100)


def found(entry, standing):
    return Candidate(entry, 1.0, standing, 1.0, 0.9, 0.5, 3.0)


RETURNS = Entry("faq:1", "faq", "七天内没用过可以退。", ("怎么退货",))
SURE, UNSURE = 6.0, 4.0


def test_a_sure_find_is_answered_in_the_records_words():
    decision = decide(Asked("能退不"), context(), [found(RETURNS, SURE)], CALIBRATOR)
    assert (decision.decision, decision.reply) == ("answer", "七天内没用过可以退。")
    assert [source.id for source in decision.sources] == ["faq:1"]
    assert decision.confidence == pytest.approx(1 / (1 + np.exp(-2)))


def test_an_unsure_find_goes_to_a_person_unless_the_floor_is_lower():
    asked = Asked("能退不")
    decision = decide(asked, context(), [found(RETURNS, UNSURE)], CALIBRATOR)
    assert (decision.decision, decision.sources) == ("handoff", [])
    eager = decide(asked, context(), [found(RETURNS, UNSURE)], CALIBRATOR, floor=0.0)
    assert eager.decision == "answer"


def test_a_shop_that_knows_nothing_hands_over():
    assert decide(Asked("能退不"), context(), [], CALIBRATOR).decision == "handoff"


def test_anothers_records_are_declined_whatever_was_found():
    foreign = context(foreign=True)
    decision = decide(Asked("她的快递到哪了"), foreign, [found(RETURNS, SURE)], CALIBRATOR)
    assert decision.decision == "decline"
    assert decision.sources == []


def test_safety_goes_before_knowledge():
    decision = decide(Asked("转人工"), context(), [found(RETURNS, SURE)], CALIBRATOR)
    assert decision.decision == "handoff"


def test_a_look_up_in_a_record_is_answered():
    page = context(product=PRODUCTS["P1"])
    decision = decide(Asked("米白的多少钱"), page, [], CALIBRATOR)
    assert (decision.decision, decision.reply) == ("answer", "山月饭碗（米白）26元。")


def test_a_product_found_by_words_is_no_answer_by_itself():
    entry = Entry("product:P1", "product", "山月饭碗")
    decision = decide(Asked("山月咋样"), context(), [found(entry, SURE)], CALIBRATOR)
    assert decision.decision == "handoff"


def test_an_answer_too_long_to_send_is_cut_at_a_sentence_or_not_sent():
    long = Entry("faq:1", "faq", "七天内可以退。" * 60, ("怎么退货",))
    decision = decide(Asked("能退不"), context(), [found(long, SURE)], CALIBRATOR)
    assert len(decision.reply) <= 200
    assert decision.reply.endswith("。")
    endless = Entry("faq:1", "faq", "退" * 300, ("怎么退货",))
    decision = decide(Asked("能退不"), context(), [found(endless, SURE)], CALIBRATOR)
    assert decision.decision == "handoff"


@pytest.mark.parametrize("text", ["大一号的呢", "那豆青的"])
def test_a_short_turn_leans_on_the_one_before(text):
    from zhanggui.service import Turn

    turns = [Turn("shopper", "米白的多少钱"), Turn("shop", "26元")]
    assert Asked(text, turns=turns).whole == f"米白的多少钱 {text}"
    assert Asked("豆青的那款口径多大呀", turns=turns).whole == "豆青的那款口径多大呀"
