"""What a shopper wants done, read from a conversation."""

import pytest

from tests.service.records import context, line, order, read
from zhanggui.service import request_reading
from zhanggui.service.requests import Details

PAID = order("N2", "paid")
CAME = order("N3", "delivered")
NUMBER = "91330106MA2CFX123X"


def wish(text, *before, bought=PAID):
    orders = [bought] if bought is not None else []
    known = context(order=bought, orders=orders, lines={"N2": [line("N2", "P2")]})
    return request_reading.read(read(text, *before), known)


def told(text, known):
    found = request_reading.read(read(text), known)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("帮我改下地址", "change_address"),
        ("改送到我公司去吧 家里没人", "change_address"),
        ("填错地方了能帮我改吗", "change_address"),
        ("取消订单吧", "cancel"),
        ("买重了 这条不要了", "cancel"),
        ("怎么还不发货啊", "remind"),
        ("催一下", "remind"),
        ("给我开张发票", "invoice"),
        ("可以帮我开增值税专用的那种票吗", "invoice"),
        ("降价了 帮我补下差价", "price_protection"),
        ("换成豆青的", "exchange"),
        ("墨绿没货就给我改奶白的吧", "exchange"),
        ("我要退货", "return"),
        ("帮我退款", "refund"),
        ("少发了一个碗 给我补一个", "other"),
    ],
)
def test_what_is_wanted(text, kind):
    found = wish(text)
    assert (found.kind, found.order_id, found.words) == (kind, "N2", text)


@pytest.mark.parametrize(
    "text",
    [
        "面碗好看吗",
        "能开发票吗",
        "怎么退货",
        "能改地址吗",
        "退款什么时候到账",
        "换新的那个审好了没有",
        "之前说要换小一号那个申请 还算数不",
        "价保到几号呀",
    ],
)
def test_a_question_wants_nothing_done(text):
    assert wish(text) is None


def test_who_has_no_order_wants_nothing_done_to_one():
    assert wish("帮我改下地址", bought=None) is None


def test_of_several_orders_the_one_meant_is_not_known():
    known = context(orders=[order("N4", "paid"), order("N5", "paid")])
    assert told("帮我取消订单", known).order_id is None


def test_what_has_arrived_and_is_not_wanted_is_returned():
    found = wish("不想要了 退单吧", bought=CAME)
    assert (found.kind, found.details.reason) == ("return", "不想要了")


@pytest.mark.parametrize(
    ("text", "details"),
    [
        (
            "地址改成 浙江省杭州市文三路3号 张小明 13812345678",
            Details(address="浙江省杭州市文三路3号", receiver="张小明", phone="13812345678"),
        ),
        (
            f"开发票 抬头 小鱼科技有限公司 税号{NUMBER.lower()} 邮箱 a@b.com",
            Details(
                invoice_type="company", title="小鱼科技有限公司", tax_no=NUMBER, email="a@b.com"
            ),
        ),
        ("帮我开张公司发票", Details(invoice_type="company")),
        (
            f"要专票 小鱼贸易公司 {NUMBER} 开户行：工行 6222",
            Details(
                invoice_type="special",
                title="小鱼贸易公司",
                tax_no=NUMBER,
                bank="工行 6222",
            ),
        ),
        ("开个人的发票就行", Details(invoice_type="personal", title="个人")),
        ("给我开张票 个人抬头就行", Details(invoice_type="personal", title="个人")),
        ("大小不合适，想换大一码", Details(reason="大小不合适", wanted="大一码")),
        ("因为颜色和图片不一样，我要退货", Details(reason="颜色和图片不一样")),
        ("碗碎了 我要退货", Details(reason="碗碎了")),
    ],
)
def test_what_is_filled_in(text, details):
    assert wish(text).details == details


def test_a_masked_phone_is_none():
    assert wish("电话改成138****5678").details.phone is None


def test_what_was_asked_for_goes_on_with_the_request_before():
    asked = "好的，请把发票抬头、税号发给我，我转给同事处理。"
    found = wish(f"小鱼科技有限公司 {NUMBER}", "帮我开张公司发票", asked)
    assert (found.kind, found.details.title, found.details.tax_no) == (
        "invoice", "小鱼科技有限公司", NUMBER,
    )  # fmt: skip


def test_what_was_said_before_is_not_asked_for_again():
    found = wish("麻烦改一下地址", "新地址：浙江省杭州市文三路3号", "好的")
    assert found.details.address == "浙江省杭州市文三路3号"
    found = wish("收件人张小明 13812345678", "地址改成浙江省杭州市文三路3号", "收件人和电话请提供")
    assert found.details.filled() == {
        "address": "浙江省杭州市文三路3号", "receiver": "张小明", "phone": "13812345678",
    }  # fmt: skip


def test_what_was_filled_in_part_is_made_whole():
    title = "给我开公司发票 抬头小鱼科技有限公司"
    found = wish(f"发票税号 {NUMBER}", title, "请把税号发给我")
    assert (found.details.title, found.details.tax_no) == ("小鱼科技有限公司", NUMBER)
    found = wish("我要退货", "碗收到就碎了", "抱歉", bought=CAME)
    assert found.details.reason == "碗收到就碎了"


def test_what_was_said_of_another_wish_is_left_out():
    found = wish("帮我退货", "要换小号的 太大了", "好的", bought=CAME)
    assert (found.kind, found.details.filled()) == ("return", {})


def test_a_new_question_leaves_the_request_before():
    assert wish("面碗好看吗", "帮我开发票", "请把抬头发给我") is None
    assert wish("好的谢谢", "帮我开发票", "已经转给同事") is None


def test_the_goods_that_are_named_are_meant():
    both = [line("N2", "P2", sku_id="P2-1"), line("N2", "P1", sku_id="P1-1")]
    known = context(order=PAID, orders=[PAID], lines={"N2": both})
    assert told("饭碗给我换个颜色", known).sku_id == "P1-1"
    assert told("给我换个颜色", known).sku_id is None
