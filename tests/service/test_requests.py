"""What a shopper fills in, and how it is shown."""

from zhanggui.service.requests import Details


def test_what_is_said_later_counts_and_what_is_not_said_stays():
    earlier = Details(address="旧路1号", phone="13812345678")
    assert Details(address="新路2号").over(earlier) == Details(
        address="新路2号", phone="13812345678"
    )


def test_only_what_is_filled_in_is_kept():
    assert Details(reason="坏了", wanted="").filled() == {"reason": "坏了"}


def test_personal_data_is_shown_to_be_recognised_only():
    details = Details(
        address="浙江省杭州市西湖区文三路100号", receiver="张小明", phone="13812345678",
        invoice_type="personal", title="张小明", tax_no="91330106MA2CFX123X",
        email="xiaoming@example.com", reason="打13812345678说过",
    )  # fmt: skip
    assert details.masked() == {
        "address": "浙江省杭州市****",
        "receiver": "张**",
        "phone": "138****5678",
        "invoice_type": "personal",
        "title": "张**",
        "tax_no": "**************123X",
        "email": "x***@example.com",
        "reason": "打138****5678说过",
    }


def test_a_companys_name_is_no_secret():
    details = Details(invoice_type="company", title="小鱼科技有限公司")
    assert details.masked()["title"] == "小鱼科技有限公司"
