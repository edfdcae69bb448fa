"""Giving goods back, exchanging them, making good their price."""

import pytest

from tests.service.records import at, clause, context, index, line, order, refund
from zhanggui.service import after_sales
from zhanggui.service.judging import judge
from zhanggui.service.requests import Details, Request

CAME = at("2026-06-05 12:00")
UNWANTED = clause("qt#1", "签收次日零点起7天内，没用过的可以申请七天无理由退货。", "无理由退货")
FAULT = clause("zl#1", "签收后15天内出现性能故障，可以选退货、换货或维修。", "质量问题")
DAMAGE = clause("zl#2", "收到时破损的，请在签收后48小时内提供照片，核实后补发或退款。", "质量问题")
REPAIR = clause("bx#1", "整机保修1年，从签收当天起算。", "保修")
SENT = clause("dd#5", "已经发货又想取消的，请拒收包裹，扣除往返运费12元再退款。", "订单")
CLAUSES = [UNWANTED, FAULT, DAMAGE, REPAIR, SENT]


def judged(kind, status="delivered", *, rules=CLAUSES, cases=(), sku="P2-1", came=CAME,
           lines=None, **details):  # fmt: skip
    bought = order("N1", status, paid_at=at("2026-06-01 10:00"), delivered_at=came, paid_fen=5000)
    goods = lines or [line("N1", "P2", sku_id=sku)]
    known = context(order=bought, orders=[bought], refunds=list(cases), lines={"N1": goods})
    request = Request(kind, "N1", Details(**details))
    return judge(request, known, index(*rules).retriever)


def cited(found):
    return [source.id for source in found.sources]


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [
        ("收到就碎了", "damage"), ("少发了一个", "short"), ("发错颜色", "wrong"),
        ("用了两天坏了", "fault"), ("不喜欢", None), ("买重了", None),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_from_what_is_not_wanted(reason, wrong):
    assert after_sales.flaw(reason) == wrong


@pytest.mark.parametrize("kind", ["refund", "return", "exchange"])
def test_a_reason_is_asked_for(kind):
    assert judged(kind).missing == ("reason",)


def test_an_exchange_says_what_for():
    assert judged("exchange", reason="太大").missing == ("wanted",)
    assert judged("exchange", reason="坏了").outcome == "possible"


def test_what_is_not_wanted_goes_back_within_its_window():
    found = judged("return", reason="不喜欢")
    assert (found.outcome, found.asks_photos) == ("possible", False)
    assert "期限到2026年6月12日为止" in found.reply
    assert cited(found) == ["order:N1", "policy:qt#1"]
    assert (found.product_id, found.sku_id) == ("P2", "P2-1")


def test_after_its_window_it_stays():
    found = judged("return", reason="不喜欢", came=at("2026-06-01 12:00"))
    assert (found.outcome, cited(found)) == ("refused", ["order:N1", "policy:qt#1"])
    assert "2026年6月8日" in found.reply


def test_what_is_faulty_has_the_window_of_that_and_asks_for_photos():
    found = judged("return", reason="用了两天坏了", came=at("2026-05-28 12:00"))
    assert (found.outcome, found.asks_photos) == ("possible", True)
    assert "policy:zl#1" in cited(found)
    assert "照片" in found.reply


def test_damage_on_the_way_has_its_own():
    assert "policy:zl#2" in cited(judged("refund", reason="碎了", came=at("2026-06-09 20:00")))
    assert judged("refund", reason="碎了", came=at("2026-06-01 12:00")).outcome == "refused"


def test_past_the_time_for_faults_repair_is_cited():
    found = judged("return", reason="坏了", came=at("2026-05-01 12:00"))
    assert found.outcome == "refused"
    assert "policy:bx#1" in cited(found)


def test_without_a_clause_or_a_day_a_person_looks():
    assert judged("return", reason="不喜欢", rules=[]).outcome == "possible"
    assert judged("return", reason="不喜欢", came=None).outcome == "possible"


def test_an_exchange_without_a_time_of_its_own_has_that_of_a_return():
    rules = [UNWANTED, clause("hh#1", "在无理由退货期限内可以换同款的颜色。", "换货")]
    found = judged("exchange", reason="太大", wanted="小号", rules=rules)
    assert "期限到2026年6月12日为止" in found.reply


def test_an_exchange_has_its_own_time_where_there_is_one():
    rules = [UNWANTED, clause("hh#1", "签收次日零点起3天内可以换同款其他颜色。", "换货")]
    found = judged("exchange", reason="太大", wanted="小号", rules=rules)
    assert found.outcome == "refused"
    assert "policy:hh#1" in cited(found)


def test_goods_that_are_not_exchanged_are_not():
    rules = [UNWANTED, clause("hh#5", "反季特价的小鱼面碗只退不换。", "换货")]
    found = judged("exchange", reason="太大", wanted="小号", rules=rules)
    assert (found.outcome, cited(found)[-1]) == ("refused", "policy:hh#5")
    assert judged("return", reason="不喜欢", rules=rules).outcome == "possible"


def test_once_an_order_is_once():
    rules = [UNWANTED, clause("hh#4", "每个订单限换一次。", "换货")]
    done = refund("R1", "N1", "done")
    done.kind = "exchange"
    found = judged("exchange", reason="太大", wanted="小号", rules=rules, cases=[done])
    assert (found.outcome, "refund:R1" in cited(found)) == ("refused", True)
    assert judged("exchange", reason="太大", wanted="小号", rules=rules).outcome == "possible"


def test_what_is_not_sent_needs_no_window():
    assert judged("refund", "paid", came=None).outcome == "possible"
    assert judged("exchange", "paid", came=None, wanted="豆青").outcome == "possible"
    assert judged("exchange", "paid", came=None).missing == ("wanted",)


def test_what_is_on_its_way_is_refused_at_the_door():
    found = judged("return", "shipped", came=None, reason="不想要了")
    assert (found.outcome, cited(found)) == ("refused", ["order:N1", "policy:dd#5"])
    assert judged("refund", "shipped", came=None, reason="一直没收到").outcome == "possible"


@pytest.mark.parametrize("status", ["unpaid", "closed"])
def test_there_is_nothing_to_give_back(status):
    assert judged("refund", status, came=None, reason="不想要").outcome == "refused"


KEPT = clause("jb#1", "付款后15天内，同一SKU的公开售价低于实付的，可以申请补差价。", "价格保护")


def test_a_price_that_fell_is_made_good():
    found = judged("price_protection", rules=[KEPT])
    assert found.outcome == "possible"
    assert "付的是每件50元，现在45元，差5元" in found.reply
    assert cited(found) == ["order:N1", "sku:P2-1", "policy:jb#1"]


def test_a_price_that_did_not_fall_is_not():
    bought = [line("N1", "P2", sku_id="P2-1", paid_fen=4500)]
    assert judged("price_protection", rules=[KEPT], lines=bought).outcome == "refused"


def test_several_pieces_count():
    bought = [line("N1", "P2", sku_id="P2-1", paid_fen=10000)]
    bought[0].quantity = 2
    assert "差10元" in judged("price_protection", rules=[KEPT], lines=bought).reply


def test_too_little_a_difference_is_not_made_good():
    rules = [KEPT, clause("jb#5", "差价不足6元的不补。", "价格保护")]
    found = judged("price_protection", rules=rules)
    assert (found.outcome, cited(found)[-1]) == ("refused", "policy:jb#5")


def test_past_its_time_a_price_is_not_made_good():
    rules = [clause("jb#1", "付款后3天内降价的，可以申请补差价。", "价格保护")]
    found = judged("price_protection", rules=rules)
    assert found.outcome == "refused"
    assert "2026年6月4日" in found.reply


def test_without_a_clause_a_price_is_a_persons():
    assert judged("price_protection", rules=[]).outcome == "possible"


def test_goods_without_protection_and_goods_that_are_sold_out():
    excepted = [KEPT, clause("jb#2", "反季特价的小鱼面碗不参加价保。", "价格保护")]
    assert judged("price_protection", rules=excepted).outcome == "refused"
    gone = [KEPT, clause("jb#6", "申请时该SKU已经售罄的，不支持价保。", "价格保护")]
    found = judged(
        "price_protection", rules=gone, lines=[line("N1", "P1", sku_id="P1-2", paid_fen=5000)]
    )
    assert (found.outcome, cited(found)[-1]) == ("refused", "policy:jb#6")


def test_of_several_goods_it_is_asked_which():
    both = [line("N1", "P2", sku_id="P2-1", paid_fen=5000), line("N1", "P1", sku_id="P1-1")]
    assert judged("price_protection", rules=[KEPT], lines=both).missing == ("goods",)
