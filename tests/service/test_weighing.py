"""How likely a proposal is to answer."""

import numpy as np
import pytest

from tests.service import weights
from tests.service.records import (
    PRODUCTS,
    at,
    clause,
    context,
    faq,
    index,
    line,
    order,
    read,
    refund,
    search,
)
from zhanggui.ai.trees import MISSING
from zhanggui.service import kinds, weighing
from zhanggui.service.answering import proposals
from zhanggui.service.evidence import Evidence
from zhanggui.service.proposals import Proposal

READING = read("这个碗多少钱")


def proposal(kind="faq", **signals):
    return Proposal(kind, "可以退。", [Evidence("faq:1", "可以退。")], "", signals)


def table(*proposals, sorts=None, reading=READING, known=None):
    return weighing.table(reading, known or context(), proposals, sorts or {})


def test_a_proposal_is_weighed_by_its_signals(monkeypatch):
    weights.use(monkeypatch, ("meaning", 0.5, -2.0, 2.0))
    near, far = proposal(meaning=0.9), proposal(meaning=0.1)
    weighed = weighing.weigh(READING, context(), [near, far], search(READING))
    assert weighed.chances == pytest.approx([1 / (1 + np.exp(-2)), 1 / (1 + np.exp(2))])


def test_a_signal_that_a_proposal_lacks_is_missing(monkeypatch):
    weights.use(monkeypatch, ("overdue", MISSING, 1.0, -1.0))
    weighed = weighing.weigh(READING, context(), [proposal(meaning=0.9)], search(READING))
    assert weighed.chances[0] > 0.5


def test_nothing_proposed_is_nothing_weighed():
    assert weighing.weigh(READING, context(), [], search(READING)).chances.shape == (0,)


def test_a_proposal_stands_in_a_row_with_its_kind_and_its_rivals():
    faq, policy, offer = table(
        proposal(meaning=0.9), proposal("policy", meaning=0.8), proposal("offer", place=0.0)
    )
    assert (faq["kind_faq"], faq["kind_policy"], policy["kind_policy"]) == (1, 0, 1)
    assert (faq["behind"], policy["behind"]) == (0, pytest.approx(0.1))
    assert (faq["best_policy"], policy["best_faq"]) == (0.8, 0.9)
    assert offer["behind"] == MISSING


def test_the_question_is_the_same_in_every_row():
    one, other = table(proposal(meaning=0.9), proposal("offer"), sorts={"sort_price": 0.7})
    for name in one:
        if name.startswith(("q_", "sort_")):
            assert one[name] == other[name]
    assert one["sort_price"] == 0.7


def test_what_is_known_of_the_question():
    known = context("P1", order=order("N1"), orders=[order("N1"), order("N2")])
    found = weighing.question_signals(read("我昨天买的面碗多少钱"), known)
    assert (found["q_page"], found["q_order"], found["q_orders"], found["q_buyer"]) == (1, 1, 2, 1)
    assert (found["q_price"], found["q_amount"], found["q_own"], found["q_moments"]) == (1, 1, 1, 1)
    assert known.product is PRODUCTS["P1"]


def test_every_signal_is_a_number():
    for row in table(proposal(meaning=0.9), proposal("offer")):
        assert all(isinstance(value, (int, float)) for value in row.values())


def test_a_message_in_the_shops_own_words_is_known():
    same, near = proposal(characters=1.0), proposal(characters=0.9)
    assert weighing.is_verbatim(READING, same)
    assert not weighing.is_verbatim(READING, near)
    assert not weighing.is_verbatim(READING, proposal("policy", characters=1.0))
    assert not weighing.is_verbatim(read("多少钱", "有豆青的吗", "有的"), same)


def test_odds_are_moved_and_back():
    chances = np.array([0.2, 0.5, 0.9])
    assert (weighing.moved(chances, 1.0) > chances).all()
    assert weighing.moved(weighing.moved(chances, 1.0), -1.0) == pytest.approx(chances)


def test_one_answers_from_what_shops_left_out_of_the_teaching_needed():
    learnt = weights.learnt()
    assert learnt.sure_from(0.05) == 0.5
    assert learnt.sure_from(0.02) == 0.8
    assert learnt.sure_from(0.001) > 1, "no threshold is known to be strict enough"


def reply_signals(*chances, kinds=("faq", "faq", "policy"), told_both=False):
    found = [proposal(kind, place=float(place)) for place, kind in enumerate(kinds)]
    weighed = weighing.Weighed(found, table(*found), np.array(chances))
    return weighing.reply_signals(weighed, "可以退。", told_both=told_both)


def test_a_reply_is_known_by_its_surest_proposal_and_how_that_stands_to_the_others():
    found = reply_signals(0.2, 0.9, 0.5)
    assert found["place"] == 1
    assert found["odds_0"] == pytest.approx(np.log(9))
    assert found["odds_ahead"] == pytest.approx(np.log(9))
    assert (found["second_policy"], found["second_faq"]) == (1, 0)
    assert found["odds_other_kind"] == pytest.approx(0)
    assert found["odds_3"] == MISSING
    assert (found["expected"], found["likely_count"]) == (pytest.approx(1.6), 2)
    assert found["same_source"] == 1


def test_what_is_told_beside_counts_only_when_it_is_told():
    assert reply_signals(0.9, 0.5, 0.1)["odds_beside"] == 0
    both = reply_signals(0.9, 0.6, 0.1, told_both=True)
    assert both["odds_beside"] == pytest.approx(np.log(1.5))


def test_a_lone_proposal_has_nothing_beside_it():
    found = [proposal()]
    weighed = weighing.Weighed(found, table(*found), np.array([0.7]))
    told = weighing.reply_signals(weighed, "可以退。", told_both=False)
    assert told["alike"] == told["odds_1"] == told["odds_other_kind"] == MISSING


@pytest.mark.parametrize("has_meaning", [True, False])
def test_every_signal_that_was_learnt_is_still_made(has_meaning):
    paid = order("N1", "paid", paid_at=at("2026-06-10 10:00"))
    unpaid = order("N2", "unpaid", created_at=at("2026-06-10 10:00"))
    entries = [
        faq("1", "可以开电子发票。", "能开发票吗"),
        clause("s#1", "每天16:00前付款的当天发货。"),
        clause("d#1", "未付款的订单24小时后自动关闭。", "订单"),
    ]
    given = {
        "lines": {"N1": [line("N1", "P1")]},
        "orders": [paid, unpaid],
        "refunds": [refund("R1", "N1")],
    }
    sorts = {f"sort_{label}": 0.0 for label in kinds.sorter().labels}
    made: set[str] = set()
    replies: set[str] = set()
    for text in ("两款有什么区别 券后多少钱", "帮我改下地址", "推荐个碗", "到哪了"):
        reading, known = read(text), context("P1", **given)
        found = proposals(reading, known, search(reading, *entries), index(*entries))
        rows = weighing.table(reading, known, found, sorts)
        for place, row in enumerate(rows):
            made |= set(row)
            chances = np.where(np.arange(len(rows)) == place, 0.9, 0.1)
            weighed = weighing.Weighed(found, rows, chances)
            replies |= set(weighing.reply_signals(weighed, "可以退。", told_both=False))
    stranger = context()
    asked = read("我的快递到哪了", buyer=None)
    found = proposals(asked, stranger, search(asked, *entries), index(*entries))
    for row in weighing.table(asked, stranger, found, sorts):
        made |= set(row)
    assert set(weighing.learnt(has_meaning).proposals.names) <= made
    assert set(weighing.learnt(has_meaning).replies.names) <= made | replies


def test_what_was_learnt_is_stricter_the_fewer_may_be_wrong():
    for learnt in (weighing.learnt(True), weighing.learnt(False)):
        sure = [learnt.sure_from(ceiling) for ceiling in (0.01, 0.03, 0.05, 0.08)]
        assert sure == sorted(sure, reverse=True)
        assert 0 < sure[-1] < 1
