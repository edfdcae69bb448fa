"""What a shopper wants changed in an order."""

import pytest

from tests.service.records import at, context, index, line, order, read
from zhanggui.service import changes

PAID = order("N2", "paid", paid_at=at("2026-06-08 12:00"))


def propose(text, **values):
    known = context(lines={"N2": [line("N2", "P2")]}, **values)
    return changes.propose(read(text), known, index())


@pytest.mark.parametrize(
    "text", ["帮我改下地址", "催一下", "给我开张发票", "取消订单吧", "换成豆青的", "少发了一个碗"]
)
def test_a_change_is_for_a_person_with_the_order_at_hand(text):
    found = propose(text, order=PAID, orders=[PAID])[0]
    assert (found.kind, found.decision) == ("change", "handoff")
    assert [each.id for each in found.sources] == ["order:N2"]
    assert found.is_sound


def test_nothing_is_claimed_as_done():
    for each in propose("帮我改下地址", order=PAID, orders=[PAID]):
        assert "已经改" not in each.reply
        assert "转给同事" in each.reply


def test_a_new_address_that_is_missing_is_asked_for():
    found = propose("帮我改下地址", order=PAID, orders=[PAID])
    assert [(each.kind, each.decision) for each in found][1:] == [("ask_address", "clarify")]
    given = propose("地址改成杭州文三路3号", order=PAID, orders=[PAID])
    assert [each.kind for each in given] == ["change"]


def test_an_order_that_is_not_known_is_changed_by_a_person_too():
    (found,) = propose("催一下", orders=[PAID, PAID])
    assert (found.decision, found.sources) == ("handoff", [])


def test_who_has_no_order_has_nothing_to_change():
    assert propose("帮我改下地址") == []


def test_a_question_wants_nothing_changed():
    assert propose("面碗好看吗", order=PAID, orders=[PAID]) == []


def test_how_long_it_has_waited_is_known():
    found = propose("催一下", order=PAID, orders=[PAID])[0]
    assert found.signals["days_waiting"] == 2
