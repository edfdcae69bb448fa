"""The demo shop: its pack is sound, and its generated year holds together."""

import csv
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from zhanggui.base.clock import SHANGHAI
from zhanggui.shop.demo import (
    DemoYear,
    Intent,
    Resolver,
    demo_root,
    generate,
    last_day,
    picture_path,
    write_pack,
)
from zhanggui.shop.demo.catalogue import products
from zhanggui.shop.files import discover
from zhanggui.shop.files.records import OrderStatus, RefundStatus, RefundType, Speaker

TODAY = date(2026, 11, 23)
PACK = demo_root() / "shop"


def rows(name, folder=PACK):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def year() -> DemoYear:
    return generate(7, TODAY)


def citable() -> set[str]:
    ids = {f"product:{r['product_id']}" for r in rows("products.csv")}
    for kind, name in (
        ("sku", "products"), ("order", "orders"), ("refund", "refunds"),
        ("coupon", "coupons"), ("faq", "faq"),
    ):  # fmt: skip
        ids |= {f"{kind}:{r[f'{kind}_id']}" for r in rows(f"{name}.csv")}
    for policy in (PACK / "policies").glob("*.md"):
        for number in re.findall(r"^(\d+)\. ", policy.read_text(encoding="utf-8"), re.M):
            ids.add(f"policy:{policy.stem}#{number}")
    return ids


def test_every_case_cites_what_the_pack_has():
    known, cases = citable(), (PACK / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(case) for case in cases]
    assert len({case["id"] for case in read}) == len(read) >= 60
    for case in read:
        assert set(case["expect"]["sources"]) <= known, case["id"]
        assert case["turns"][-1]["role"] == "shopper"
        if case["order_id"]:
            assert f"order:{case['order_id']}" in known


def test_the_pack_orders_add_up():
    prices = {r["sku_id"]: float(r["price"]) for r in rows("products.csv")}
    orders = defaultdict(list)
    for row in rows("orders.csv"):
        assert row["sku_id"] in prices
        orders[row["order_id"]].append(row)
    for order_id, lines in orders.items():
        listed = sum(prices[line["sku_id"]] * int(line["quantity"]) for line in lines)
        assert sum(float(line["paid"]) for line in lines) <= listed + 20, order_id
    for refund in rows("refunds.csv"):
        paid = sum(float(line["paid"]) for line in orders[refund["order_id"]])
        assert float(refund["amount"]) <= paid


def test_the_written_pack_has_todays_coupons(tmp_path):
    later = TODAY + timedelta(days=100)
    folder = write_pack(tmp_path / "pack", later)
    shipped, written = rows("coupons.csv"), rows("coupons.csv", folder)
    for before, after in zip(shipped, written, strict=True):
        for column in ("starts_at", "ends_at"):
            moved = datetime.fromisoformat(after[column]) - datetime.fromisoformat(before[column])
            assert moved == timedelta(days=100)
    assert (folder / "now.txt").read_text(encoding="utf-8").startswith(later.isoformat())
    assert (folder / "products.csv").read_bytes() == (PACK / "products.csv").read_bytes()
    assert len(list((folder / "policies").glob("*.md"))) == 11
    assert not (folder / "orders.csv").exists()


def test_the_pack_reads_without_a_problem(tmp_path):
    for folder in (PACK, write_pack(tmp_path / "pack", TODAY)):
        for source in discover(folder):
            assert source.error is None
            for batch in source.records(None):
                assert not batch.problems
                for record in batch.records:
                    status = getattr(record, "status", None)
                    assert status not in (OrderStatus.UNKNOWN, RefundStatus.UNKNOWN), record


def test_every_product_has_its_picture():
    for product in products():
        picture = picture_path(product.product_id).read_bytes()
        assert picture[:4] == b"RIFF"
        assert picture[8:12] == b"WEBP"
        assert len(picture) < 25_000


def test_the_year_is_as_big_as_it_should_be(year):
    assert 8_000 <= len(year.orders) <= 10_000
    assert 2_000 <= len(year.conversations) <= 3_200
    assert len({order.buyer_nick for order in year.orders}) >= 2_500
    assert {order.status for order in year.orders} >= {
        OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.DELIVERED,
        OrderStatus.COMPLETED, OrderStatus.CLOSED,
    }  # fmt: skip


def test_orders_are_paid_what_they_should_be(year):
    lines = defaultdict(list)
    for line in year.lines:
        lines[line.order_no].append(line)
    assert len({order.order_no for order in year.orders}) == len(year.orders) == len(lines)
    prices = {sku.sku_id: sku.price_fen for product in products() for sku in product.skus}
    for order in year.orders:
        mine = lines[order.order_no]
        listed = sum(prices[line.sku_id] * line.quantity for line in mine)
        assert 0 < order.due_fen <= listed
        assert order.total_fen == order.due_fen + order.postage_fen
        assert order.paid_fen in (0, order.total_fen)
        assert sum(line.paid_fen for line in mine) == (order.due_fen if order.paid_fen else 0)
        assert sum(line.quantity for line in mine) == order.quantity


def test_an_orders_times_follow_one_another(year):
    for order in year.orders:
        times = [order.created_at, order.paid_at, order.shipped_at, order.delivered_at]
        known = [time for time in times if time is not None]
        assert known == sorted(known)
        assert times[: len(known)] == known
        assert max(known) < year.moment
        assert order.status_at <= year.moment
        if order.shipped_at:
            assert order.shipped_at.weekday() != 6
            assert order.carrier
            assert order.tracking_no


def test_refunds_follow_their_orders(year):
    orders = {order.order_no: order for order in year.orders}
    paid_back: Counter[str] = Counter()
    for case in year.refunds:
        order = orders[case.order_no]
        assert order.created_at < case.created_at <= case.updated_at < year.moment
        if order.shipped_at and case.kind is not RefundType.PRICE_PROTECTION:
            assert case.created_at > order.delivered_at
        assert 0 <= case.amount_fen <= order.paid_fen
        if case.status is RefundStatus.DONE:
            paid_back[case.order_no] += case.amount_fen
    for order in year.orders:
        assert order.refund_fen == paid_back[order.order_no] <= order.paid_fen


def test_reasons_belong_to_their_goods(year):
    reasons = Counter((case.product_title, case.reason) for case in year.refunds)
    for title, reason in reasons:
        if "锅底" in reason or "电磁炉" in reason:
            assert title == "慢炖砂锅"
        if "挂滴" in reason:
            assert title == "油醋壶"
        if "下过水" in reason or "缩水" in reason:
            assert title in {"亚麻茶巾", "格子餐垫两片装", "棉麻桌布", "加厚隔热手套一对"}


def test_stock_is_never_negative_and_ends_at_the_goods_file(year):
    moves: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for receipt in year.receipts:
        moves[receipt.sku_id][receipt.day] += receipt.units
    orders = {order.order_no: order for order in year.orders}
    for line in year.lines:
        order = orders[line.order_no]
        never_left = order.status in (OrderStatus.CLOSED, OrderStatus.UNPAID)
        if order.shipped_at or order.status is OrderStatus.PAID or not never_left:
            moves[line.sku_id][order.created_at.date()] -= line.quantity
    waiting = {
        line.sku_id
        for line in year.lines
        if (order := orders[line.order_no]).status in (OrderStatus.PAID, OrderStatus.UNPAID)
    }
    for product in products():
        for sku in product.skus:
            level = 0
            for day in sorted(moves[sku.sku_id]):
                level += moves[sku.sku_id][day]
                assert level >= 0, (sku.sku_id, day)
            if sku.sku_id not in waiting:
                assert level == sku.stock, sku.sku_id


def test_a_new_product_sells_only_after_its_launch(year):
    orders = {order.order_no: order for order in year.orders}
    launched = {p.product_id: p.launched(TODAY) for p in products() if p.launched(TODAY)}
    assert launched
    for line in year.lines:
        if line.product_id in launched:
            assert orders[line.order_no].created_at.date() >= launched[line.product_id]


def test_big_promotions_stand_out(year):
    by_day = Counter(order.created_at.date() for order in year.orders)
    ordinary = sorted(by_day.values())[len(by_day) // 2]
    for month, day in ((11, 11), (6, 18), (12, 12)):
        peak = next(d for d in by_day if (d.month, d.day) == (month, day))
        assert by_day[peak] > 2 * ordinary


def test_product_days_agree_with_the_orders(year):
    orders = {order.order_no: order for order in year.orders}
    gmv: Counter[tuple[date, str]] = Counter()
    units: Counter[tuple[date, str]] = Counter()
    for line in year.lines:
        paid_at = orders[line.order_no].paid_at
        if paid_at and paid_at.date() < TODAY:
            key = (paid_at.date(), line.product_id)
            gmv[key] += line.paid_fen
            units[key] += line.quantity
    for row in year.product_days:
        key = (row.day, row.product_id)
        assert (row.gmv_fen, row.units) == (gmv.pop(key, 0), units.pop(key, 0))
        assert row.buyers <= row.cart_buyers <= row.visitors <= row.views
        assert row.buyers <= row.units
    assert not gmv


def test_promotion_has_diminishing_returns(year):
    """Within a plan, the days of high spend bring more, but less for each yuan (heat aside)."""
    total_gmv = sum(order.paid_fen for order in year.orders)
    assert sum(row.gmv_fen for row in year.promotions) < 0.5 * total_gmv
    for row in year.promotions:
        assert row.orders <= row.carts <= row.clicks <= row.impressions
        assert row.spend_fen > 0
        assert row.day < TODAY
    plans = defaultdict(list)
    for row in year.promotions:
        plans[row.plan_id].append(row)
    assert len(plans) == 5
    assert len(plans["7310051187"]) == 364 - 14  # Paused for a fortnight.
    rows_of = sorted(plans["7310046021"], key=lambda row: row.spend_fen)
    third = len(rows_of) // 3
    low, high = rows_of[:third], rows_of[-third:]
    assert sum(r.clicks for r in high) > sum(r.clicks for r in low)
    cost_low = sum(r.spend_fen for r in low) / sum(r.clicks for r in low)
    assert sum(r.spend_fen for r in high) / sum(r.clicks for r in high) > cost_low


def test_conversations_are_about_orders_that_exist(year):
    orders = {order.order_no: order for order in year.orders}
    seen = set()
    for talk in year.conversations:
        times = [message.sent_at for message in talk.log.messages]
        assert times == sorted(times)
        assert times[-1] < year.moment
        assert talk.log.messages[0].speaker is Speaker.BUYER
        assert talk.log.conversation_id not in seen
        seen.add(talk.log.conversation_id)
        assert talk.minutes == pytest.approx((times[-1] - times[0]).total_seconds() / 60, abs=0.1)
        spoke = {message.speaker for message in talk.log.messages}
        assert (talk.resolved_by is Resolver.HUMAN) == (Speaker.AGENT in spoke)
        if talk.order_no is None:
            assert talk.intent in (Intent.QUESTION, Intent.STOCK)
            continue
        order = orders[talk.order_no]
        assert order.buyer_nick == talk.log.buyer_nick
        if talk.intent is Intent.DAMAGE:
            assert times[0] >= order.delivered_at
        if talk.intent is Intent.LOGISTICS:
            assert times[0] > order.shipped_at
    assert {talk.intent for talk in year.conversations} == set(Intent)


def test_people_did_all_before_the_ai_came(year):
    robots = [t.log.messages[0].sent_at for t in year.conversations if t.log.agent and
              any(m.speaker is Speaker.ROBOT for m in t.log.messages)]  # fmt: skip
    assert min(robots) > year.moment - timedelta(days=130)
    since = [t for t in year.conversations if t.log.messages[0].sent_at > min(robots)]
    resolved = sum(t.resolved_by is Resolver.AI for t in since) / len(since)
    assert 0.35 < resolved < 0.8


def test_nothing_personal_is_whole(year):
    for order in year.orders:
        assert "*" in order.receiver_name
        assert re.fullmatch(r"1\d\d\*{4}\d{4}", order.receiver_phone)
        assert order.receiver_address.endswith("****")


def test_records_come_with_their_lines_and_rows(year):
    counts = Counter(type(record).__name__ for record in year.records())
    assert counts["OrderRecord"] == len(year.orders)
    assert counts["OrderLineRecord"] == len(year.lines)
    assert counts["ChatLogRecord"] == len(year.conversations)
    assert [line.row for line in year.lines] == list(range(1, len(year.lines) + 1))
    latest = None
    for record in year.records():
        if type(record).__name__ == "OrderRecord":
            latest = record.order_no
        elif type(record).__name__ == "OrderLineRecord":
            assert record.order_no == latest


def digest(seed: int) -> str:
    return sha256(repr(generate(seed, TODAY, 60)).encode()).hexdigest()


def test_the_same_seed_gives_the_same_bytes():
    """In another process too, where strings hash otherwise."""
    here = digest(3)
    program = f"from tests.shop.test_demo import digest; print(digest({3}))"
    elsewhere = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, check=True,
        cwd=demo_root().parent, env={"PYTHONHASHSEED": "77", "PYTHONPATH": "src:."},
    )  # fmt: skip
    assert elsewhere.stdout.strip() == here
    assert digest(4) != here


@pytest.mark.parametrize(
    "today", [date(2027, 2, 28), date(2028, 2, 29), date(2031, 6, 18), date(2040, 1, 2)]
)
def test_any_day_will_do(today):
    year = generate(1, today, 120)
    created = [order.created_at for order in year.orders if order.created_at]
    assert len(created) == len(year.orders)
    assert max(created) < year.moment
    assert (year.moment - min(created)).days >= 118


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 6, 1, 15, 9, tzinfo=SHANGHAI), date(2026, 5, 31)),
        (datetime(2026, 6, 1, 15, 10, tzinfo=SHANGHAI), date(2026, 6, 1)),
        (datetime(2026, 6, 1, 23, 0, tzinfo=UTC), date(2026, 6, 1)),
    ],
)
def test_it_ends_before_now(now, last):
    assert last_day(now) == last
    assert generate(1, last, 30).moment <= now


def test_too_short_a_year_is_refused():
    with pytest.raises(ValueError, match="30 days"):
        generate(1, TODAY, 7)
