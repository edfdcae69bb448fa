"""Whether an invoice can be issued."""

import pytest

from tests.service.records import at, clause, context, index, line, order
from zhanggui.service import invoices
from zhanggui.service.judging import judge
from zhanggui.service.requests import Details, Request

NUMBER = "91330106MA2CFX123X"
COMPANY = Details(title="小鱼科技有限公司", tax_no=NUMBER)


def judged(details, *texts, status="delivered", paid_fen=26000, **times):
    times = {"paid_at": at("2026-05-20 10:00"), **times}
    bought = order("N1", status, paid_fen=paid_fen, **times)
    known = context(order=bought, orders=[bought], lines={"N1": [line("N1", "P2")]})
    rules = [clause(f"fp#{n}", text, "发票") for n, text in enumerate(texts, 1)]
    request = Request("invoice", "N1", invoices.tidied(details))
    return judge(request, known, index(*rules).retriever)


@pytest.mark.parametrize(
    ("details", "missing"),
    [
        (Details(), ("invoice_type", "title")),
        (Details(invoice_type="personal"), ()),
        (Details(title="张小明"), ()),
        (Details(invoice_type="company"), ("title", "tax_no")),
        (Details(title="小鱼科技有限公司"), ("tax_no",)),
        (Details(title="小鱼科技有限公司", tax_no="123"), ("tax_no",)),
        (COMPANY, ()),
    ],
)
def test_a_company_gives_its_name_and_number(details, missing):
    found = judged(details)
    assert found.missing == missing
    assert (found.outcome == "possible") is (not missing)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (" 9133 0106-ma2cfx123x ", NUMBER),
        ("123456789012345", "123456789012345"),
        ("12345678901234", None),
        ("123456789012345678901", None),
        ("9133010六MA2CFX123X", None),
    ],
)
def test_a_tax_number_has_15_to_20_digits_and_capitals(written, number):
    assert invoices.tax_number(written) == number


@pytest.mark.parametrize("status", ["unpaid", "closed"])
def test_who_has_not_paid_gets_none(status):
    assert judged(COMPANY, status=status).outcome == "refused"


def test_a_shop_without_vat_invoices_says_so_by_its_clause():
    special = Details(invoice_type="special", title="小鱼科技有限公司", tax_no=NUMBER)
    found = judged(special, "本店只开普通发票，不开增值税专用发票。")
    assert (found.outcome, found.sources[-1].id) == ("refused", "policy:fp#1")
    assert judged(COMPANY, "本店只开普通发票，不开增值税专用发票。").outcome == "possible"


VAT = "单笔实付满500元的可以开增值税专用发票，需要公司名称、税号、开户行和账号。"


def test_amounts_are_compared():
    special = Details(
        invoice_type="special", title="小鱼科技有限公司", tax_no=NUMBER, bank="工行 1"
    )
    little = judged(special, VAT, paid_fen=49900)
    assert (little.outcome, little.sources[-1].id) == ("refused", "policy:fp#1")
    assert "499元" in little.reply
    assert judged(special, VAT, paid_fen=50000).outcome == "possible"
    assert judged(COMPANY, VAT, paid_fen=100).outcome == "possible"


def test_what_the_clause_wants_besides_is_asked_for():
    special = Details(invoice_type="special", title="小鱼科技有限公司", tax_no=NUMBER)
    assert judged(special, VAT, paid_fen=60000).missing == ("bank",)
    assert judged(special, paid_fen=60000).missing == ()


def test_a_least_amount_holds_for_ordinary_ones_too():
    assert judged(COMPANY, "实付满300元才开发票。").outcome == "refused"


def test_after_its_time_there_is_none():
    late = "发票要在付款后30天内申请，逾期不再补开。"
    assert judged(COMPANY, late, paid_at=at("2026-05-20 10:00")).outcome == "possible"
    found = judged(COMPANY, late, paid_at=at("2026-05-01 10:00"))
    assert (found.outcome, found.sources[-1].id) == ("refused", "policy:fp#1")
    assert "2026年5月31日" in found.reply


def test_the_last_day_for_a_years_orders():
    until = "2025年付款的订单，发票最晚要在2026年1月31日前申请，逾期不再补开。"
    assert judged(COMPANY, until, paid_at=at("2025-12-30 10:00")).outcome == "refused"
    assert judged(COMPANY, until).outcome == "possible"


def test_the_time_to_change_an_invoice_is_not_the_time_to_ask_for_one():
    again = "抬头写错的，开票后3天内可以免费换开一次，逾期不再补开。"
    assert judged(COMPANY, again, paid_at=at("2026-01-01 10:00")).outcome == "possible"
