"""Questions about the shopper's own orders."""

from tests.service.records import NOW, context, line, order, refund
from zhanggui.service import Asked, cues, orders

SHIPPED = order("N1", carrier="中通", tracking_no="ZT1", note="物流：已到达杭州")
PAID = order("N2", "paid", paid_at=NOW)
LINES = {"N1": [line("N1", "P1")], "N2": [line("N2", "P2")]}


def propose(text, buyer="小鱼", **values):
    return orders.propose(Asked(text, buyer), context(lines=LINES, **values), cues.topics(text))


def test_the_open_order_says_where_it_is():
    (found,) = propose("到哪了", order=SHIPPED, orders=[SHIPPED])
    assert "中通ZT1" in found.reply
    assert "已到达杭州" in found.reply
    assert [each.id for each in found.sources] == ["order:N1"]
    assert found.is_sound


def test_one_of_several_is_chosen_by_what_is_in_it():
    (found,) = propose("面碗到哪了", orders=[SHIPPED, PAID])
    assert [each.id for each in found.sources] == ["order:N2"]


def test_several_that_it_may_be_are_asked_about():
    (found,) = propose("我的快递到哪了", orders=[SHIPPED, PAID])
    assert found.decision == "clarify"
    assert "N1" in found.reply
    assert "N2" in found.reply


def test_a_stranger_is_asked_which_order():
    (found,) = propose("我的包裹到哪了", buyer=None)
    assert (found.decision, found.sources) == ("clarify", [])
    assert propose("一般多久能发货", buyer=None) == []


def test_a_record_that_does_not_tell_the_time_asked_for_is_not_sure():
    (found,) = propose("啥时候发货", order=PAID, orders=[PAID])
    assert found.confidence < 0.5


def test_a_change_is_for_a_person():
    found = propose("帮我改下地址", order=PAID, orders=[PAID])[0]
    assert found.decision == "handoff"
    assert [each.id for each in found.sources] == ["order:N2"]


def test_the_case_is_chosen_by_its_goods():
    cases = [
        refund("R1", "N1", amount_fen=2600, status_raw="已退款"),
        refund("R2", "N2", "pending", status_raw="待审核"),
    ]
    found = propose("面碗的退款审核好了吗", orders=[SHIPPED, PAID], refunds=cases)[0]
    assert "待审核" in found.reply
    assert [each.id for each in found.sources] == ["refund:R2"]
    none = propose("退款到账了吗", orders=[SHIPPED])
    assert not any(s.id.startswith("refund") for each in none for s in each.sources)
