"""Shop packs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from zhanggui.shop.files import (
    FaqRecord,
    Kind,
    OrderLineRecord,
    OrderRecord,
    PolicyRecord,
    Record,
    ShopRecord,
    discover,
)


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    root = tmp_path / "pack"
    (root / "policies").mkdir(parents=True)
    (root / "shop.json").write_text(json.dumps({"id": "s", "name": "店", "opened": "2021-09-18"}))
    (root / "orders.csv").write_text(
        "order_id,buyer,sku_id,quantity,paid,status,created_at,paid_at,shipped_at,carrier,"
        "tracking_no,delivered_at,receiver_city,note\n"
        "A1,小鱼,S1,1,459.00,交易成功,2025-12-24T19:18:00+08:00,,,,,,宁波,\n"
        "A1,小鱼,S2,2,99.00,交易成功,2025-12-24T19:18:00+08:00,,,,,,宁波,\n"
    )
    (root / "faq.csv").write_text(
        "faq_id,question,similar,answer\nF1,多久发货,几天发|啥时发,当天\n"
    )
    (root / "policies" / "a.md").write_text(
        "---\nid: a\ntitle: 退货\neffective: 2026-01-01\n---\n\n1. 七天。\n2. 例外:\n   定制的。\n"
    )
    (root / "cases.jsonl").write_text("{}\n")
    (root / "now.txt").write_text("2026-01-20T12:00:00+08:00")
    return root


def test_small_pack(small_pack: Path) -> None:
    sources = discover(small_pack)
    assert [s.kind for s in sources] == [
        Kind.PACK_SHOP,
        Kind.PACK_ORDERS,
        Kind.PACK_FAQ,
        Kind.PACK_POLICY,
    ]
    assert {s.pack for s in sources} == {""}
    records: list[Record] = [r for s in sources for b in s.records() for r in b.records]
    assert isinstance(records[0], ShopRecord)
    assert records[0].opened == date(2021, 9, 18)
    orders = [r for r in records if isinstance(r, OrderRecord)]
    lines = [r for r in records if isinstance(r, OrderLineRecord)]
    assert len(orders) == 1
    assert orders[0].paid_fen is None
    assert [(n.position, n.sku_id, n.paid_fen) for n in lines] == [
        (0, "S1", 45900),
        (1, "S2", 9900),
    ]
    faq = next(r for r in records if isinstance(r, FaqRecord))
    assert faq.similar == ("几天发", "啥时发")
    policy = next(r for r in records if isinstance(r, PolicyRecord))
    assert policy.clauses == ("七天。", "例外:\n定制的。")
    assert policy.effective == date(2026, 1, 1)


def test_shared_pack_reads_whole(pack: Path) -> None:
    for source in discover(pack):
        for batch in source.records():
            assert batch.problems == []
            assert batch.accepted == batch.read > 0


def test_broken_shop_and_policy_say_why(small_pack: Path) -> None:
    (small_pack / "shop.json").write_text("[1, 2")
    (small_pack / "policies" / "a.md").write_text("---\nid: a\n---\n没有编号\n")
    reasons = [p.reason.zh for s in discover(small_pack) for b in s.records() for p in b.problems]
    assert len(reasons) == 2
    assert "shop.json" in reasons[0]
    assert "条款" in reasons[1]
