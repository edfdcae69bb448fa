"""What may come of a request, by the order's state and the clauses."""

import re

import pytest

from tests.service.records import at, clause, context, index, line, order, refund
from zhanggui.service.evidence import LONGEST, MOST_SOURCES, unsupported
from zhanggui.service.judging import judge
from zhanggui.service.requests import Details, Request

DONE = re.compile(
    r"已(?:经)?(?:为您|帮您|给您)?(?:取消|修改|改好|退款|退货|开好|开具|补发|换好|办好|处理好)"
)
ADDRESS = "浙江省杭州市西湖区文三路100号"
ORDERS = "订单修改与取消"
CLAUSES = [
    clause("orders#1", "下单后24小时没付款，订单自动关闭。", ORDERS),
    clause("orders#2", "待发货的订单改地址，由人工客服在后台修改，每单限改一次。", ORDERS),
    clause("orders#3", "已经发货的订单不能改地址，可以自己联系快递转寄。", ORDERS),
    clause("orders#4", "待发货的订单要取消，请在订单页点申请退款，2小时内审核通过。", ORDERS),
    clause("orders#5", "已经发货又想取消的，请拒收包裹，扣除往返运费12元再退款。", ORDERS),
    clause("returns#1", "签收次日零点起7天内可以申请七天无理由退货。", "无理由退货"),
    clause("shipping#1", "现货订单付款后48小时内发货。", "发货"),
]  # fmt: skip


def judged(kind, status, *, rules=CLAUSES, details=None, cases=(), order_id="N1", **times):
    bought = order("N1", status, **times)
    known = context(
        order=bought, orders=[bought], refunds=list(cases), lines={"N1": [line("N1", "P2")]}
    )
    request = Request(kind, order_id, details or Details(), words="麻烦了")
    found = judge(request, known, index(*rules).retriever)
    assert not DONE.search(found.reply.partition("店铺规则")[0])
    assert len(found.reply) <= LONGEST
    assert len(found.sources) <= MOST_SOURCES
    return found


def cited(found):
    return [source.id for source in found.sources]


def test_whose_order_is_not_known_is_asked():
    found = judged("cancel", "paid", order_id=None)
    assert (found.outcome, found.missing) == ("missing", ("order",))
    assert judged("cancel", "paid", order_id="N2").missing == ("order",)


@pytest.mark.parametrize("status", ["unpaid", "paid"])
def test_an_address_can_be_changed_until_it_is_sent(status):
    found = judged("change_address", status, details=Details(address=ADDRESS))
    assert found.outcome == "possible"
    assert "改好之前以原地址为准" in found.reply
    assert "已记下" in found.reply
    assert cited(found) == ["order:N1", "policy:orders#2"]
    assert not unsupported(found.reply, found.sources)


@pytest.mark.parametrize(
    ("details", "missing"),
    [
        (Details(), ("address",)),
        (Details(address="文三路100号"), ("region",)),
        (Details(address="浙江省杭州市"), ("street",)),
        (Details(phone="13812345678"), ()),
        (Details(receiver="张小明"), ()),
    ],
)
def test_a_whole_address_is_asked_for(details, missing):
    assert judged("change_address", "paid", details=details).missing == missing


@pytest.mark.parametrize("status", ["shipped", "part_shipped", "delivered", "completed"])
def test_what_is_sent_keeps_its_address_by_the_shops_clause(status):
    found = judged("change_address", status, details=Details(address=ADDRESS))
    assert (found.outcome, cited(found)) == ("refused", ["order:N1", "policy:orders#3"])
    assert "转寄" in found.reply
    assert "同事" in found.reply


def test_without_a_clause_a_plain_sentence_says_so():
    found = judged("change_address", "shipped", rules=[])
    assert (found.outcome, cited(found)) == ("refused", ["order:N1"])
    assert "改不了收货地址" in found.reply


def test_a_shop_that_asks_the_courier_is_asked_to():
    rules = [clause("o#3", "运输中的包裹可以由人工客服向快递申请改派，改派费10元，不保证成功。")]
    found = judged("change_address", "shipped", rules=rules, details=Details(address=ADDRESS))
    assert found.outcome == "possible"
    assert "改派费10元" in found.reply
    assert judged("change_address", "delivered", rules=rules).outcome == "refused"


def test_an_unpaid_order_is_cancelled_or_closes_by_itself():
    found = judged("cancel", "unpaid", created_at=at("2026-06-10 08:00"))
    assert (found.outcome, cited(found)) == ("possible", ["order:N1", "policy:orders#1"])
    assert "自动关闭" in found.reply
    assert judged("cancel", "unpaid", rules=[]).outcome == "possible"


def test_a_paid_order_can_be_cancelled_by_the_clause_on_that():
    found = judged("cancel", "paid", paid_at=at("2026-06-10 08:00"))
    assert (found.outcome, cited(found)) == ("possible", ["order:N1", "policy:orders#4"])


def test_what_is_sent_is_not_cancelled_but_refused_at_the_door():
    found = judged("cancel", "shipped")
    assert (found.outcome, cited(found)) == ("refused", ["order:N1", "policy:orders#5"])
    assert "拒收" in found.reply
    assert "可以收到后申请退货" in judged("cancel", "shipped", rules=[]).reply


def test_what_has_arrived_is_returned_instead():
    came = at("2026-06-08 12:00")
    found = judged("cancel", "delivered", delivered_at=came)
    assert (found.outcome, cited(found)) == ("refused", ["order:N1", "policy:returns#1"])
    assert "2026年6月15日前可以申请退货" in found.reply
    late = judged("cancel", "delivered", delivered_at=at("2026-05-01 12:00"))
    assert "现在已经超过了" in late.reply


@pytest.mark.parametrize("kind", ["cancel", "refund", "return", "exchange", "price_protection"])
def test_an_open_case_is_cited_and_not_opened_twice(kind):
    case = refund("R1", "N1", "pending")
    found = judged(kind, "delivered", cases=[case], details=Details(reason="不想要"))
    assert (found.outcome, cited(found)) == ("refused", ["order:N1", "refund:R1"])


def test_a_case_that_is_over_or_anothers_hinders_nothing():
    over = [refund("R1", "N1", "cancelled"), refund("R2", "N9", "pending")]
    assert judged("cancel", "paid", cases=over).outcome == "possible"


def test_a_reminder_tells_when_it_is_due():
    found = judged("remind", "paid", paid_at=at("2026-06-09 10:00"))
    assert (found.outcome, found.is_urgent) == ("possible", False)
    assert "最晚6月11日10:00前发出" in found.reply
    assert "policy:shipping#1" in cited(found)


def test_what_is_late_is_urgent():
    found = judged("remind", "paid", paid_at=at("2026-06-07 10:00"))
    assert (found.outcome, found.is_urgent) == ("possible", True)
    assert "加急" in found.reply


def test_a_reminder_without_a_clause_promises_no_time():
    found = judged("remind", "paid", rules=[], paid_at=at("2026-06-07 10:00"))
    assert (found.outcome, found.is_urgent) == ("possible", False)
    assert not unsupported(found.reply, found.sources)


def test_who_has_not_paid_pays_first():
    found = judged("remind", "unpaid", created_at=at("2026-06-10 08:00"))
    assert found.outcome == "refused"
    assert "付款后才会安排发货" in found.reply


def test_what_is_sent_is_told_with_its_parcel():
    found = judged("remind", "shipped", carrier="中通", tracking_no="ZT75312345678")
    assert found.outcome == "refused"
    assert "中通ZT75312345678" in found.reply


@pytest.mark.parametrize(
    "kind", ["change_address", "cancel", "remind", "invoice", "return", "price_protection", "other"]
)
def test_nothing_is_done_to_a_closed_order(kind):
    details = Details(address=ADDRESS, reason="不想要")
    assert judged(kind, "closed", details=details).outcome == "refused"


@pytest.mark.parametrize("kind", ["change_address", "cancel", "return", "exchange"])
def test_an_order_whose_money_is_on_its_way_back_waits_for_that(kind):
    found = judged(kind, "refunding", details=Details(address=ADDRESS, reason="不想要"))
    assert found.outcome == "refused"


def test_an_order_in_an_unknown_state_is_a_persons():
    assert judged("cancel", "unknown").outcome == "possible"


def test_another_change_is_a_persons():
    assert judged("other", "paid").outcome == "possible"
