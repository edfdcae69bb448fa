"""Facts as text."""

from datetime import datetime

import pytest

from zhanggui.base.clock import SHANGHAI
from zhanggui.service import evidence
from zhanggui.service.evidence import Evidence, figures, shorten, unsupported
from zhanggui.shop.models import Coupon, Order, Product, Refund, Sku

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("6月07日 1.50元", {"6", "7", "1.5"}),
        ("１２３", {"123"}),
        ("满199减20", {"199", "20"}),
        ("0.8m 100%", {"0.8", "100"}),
        ("没有数字", set()),
    ],
)
def test_figures(text, found):
    assert figures(text) == found


def test_a_figure_that_no_source_has_is_found():
    sources = [Evidence("faq:1", "满199元减20元"), Evidence("faq:2", "7天内")]
    assert unsupported("满199减20，7天内", sources) == set()
    assert unsupported("满199减30", sources) == {"30"}
    assert unsupported("减19", sources) == {"19"}, "a part of a number is another number"


def test_shortened_at_the_end_of_a_sentence():
    assert shorten("甲。乙。", 10) == "甲。乙。"
    assert shorten("一二三。四五六。七八九", 9) == "一二三。四五六。"
    assert shorten("一二三四五六七八九", 5) == ""


def order(**values):
    return Order(**{"shop_id": "s", "id": "N1", "status": "shipped", **values})


def test_an_order_says_where_it_stands():
    text = evidence.order_evidence(
        order(paid_at=NOON, carrier="中通", tracking_no="ZT1", paid_fen=12900), ["饭碗"]
    ).text
    assert text == "订单N1，饭碗，已发货，6月1日12:00付款，实付129元，中通ZT1"


def test_of_many_goods_the_first_are_named():
    text = evidence.order_evidence(order(), ["饭碗", "面碗", "汤碗", "茶碗"]).text
    assert text == "订单N1，饭碗、面碗、汤碗等，已发货"


def test_a_closed_order_says_why():
    text = evidence.order_evidence(order(status="closed", close_reason="超时未付款"), []).text
    assert text == "订单N1，已关闭（超时未付款）"


def test_staffs_remarks_stay_with_staff():
    remark = "物流：已到达杭州；这个买家很难缠，别惹；应付169.00"
    assert evidence.note_of(order(note=remark)) == "物流：已到达杭州；应付169.00"
    assert evidence.note_of(order(note="老板的朋友")) == ""
    assert evidence.note_of(order()) == ""


def test_a_refund_says_where_it_stands():
    refund = Refund(
        shop_id="s", id="R1", order_id="N1", kind="return", status="done", status_raw="已退款",
        kind_raw=None, amount_fen=4750, created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    assert evidence.refund_evidence(refund, ["饭碗"]) == Evidence(
        "refund:R1", "饭碗的退货退款申请，已退款，金额47.50元，6月1日12:00提交，6月1日12:00更新"
    )


@pytest.mark.parametrize(
    ("day", "state"), [(1, "还没开始"), (10, "日到2026年6月20日"), (21, "已过期")]
)
def test_a_coupon_says_whether_it_can_be_used(day, state):
    coupon = Coupon(
        shop_id="s", id="C1", name="满减券", rule="满199减20", scope="全店",
        starts_at=NOON.replace(day=5), ends_at=NOON.replace(day=20),
    )  # fmt: skip
    text = evidence.coupon_evidence(coupon, NOON.replace(day=day)).text
    assert text.endswith(state)
    assert "满199减20" in text


def sku(sku_id, price_fen, stock, **attributes):
    return Sku(
        shop_id="s", id=sku_id, product_id="P", price_fen=price_fen, stock=stock,
        attributes=attributes,
    )  # fmt: skip


def test_goods_say_what_they_cost_what_is_left_and_what_they_are():
    bowl = Product(shop_id="s", id="P", title="饭碗")
    skus = [sku("1", 2600, 4, 颜色="白", 材质="瓷"), sku("2", None, 0, 颜色="青", 材质="瓷")]
    assert evidence.sku_evidence(bowl, skus[0], skus) == Evidence(
        "sku:1", "饭碗（白），26元，库存4件，颜色：白，材质：瓷"
    )
    assert "暂时没货" in evidence.sku_evidence(bowl, skus[1], skus).text
    assert evidence.product_evidence(bowl, skus) == Evidence(
        "product:P", "饭碗，26元，库存4件，库存0件，颜色：白，材质：瓷，颜色：青"
    )


def test_a_variant_is_what_tells_it_apart():
    skus = [sku("1", 2600, 4, 颜色="白", 材质="瓷"), sku("2", 2600, 4, 颜色="青", 材质="瓷")]
    assert evidence.variant(skus[0], skus) == "白"
    assert evidence.variant(skus[0], skus[:1]) == ""
