"""The shops the engine is taught and judged on: cases and asks name records that are there."""

import csv
import json
import re
from pathlib import Path

import pytest

from zhanggui.service.scoring import Case

ROOT = Path(__file__).resolve().parent.parent
TAUGHT = sorted((ROOT / "training" / "packs").iterdir())
JUDGED = sorted((ROOT / "bench" / "packs").iterdir())


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def records(folder):
    """Every record by the id it is cited by."""
    goods = rows(folder / "products.csv")
    found = {f"product:{row['product_id']}" for row in goods}
    found |= {f"sku:{row['sku_id']}" for row in goods}
    for name, kind in (("orders", "order"), ("refunds", "refund"), ("coupons", "coupon")):
        found |= {f"{kind}:{row[f'{kind}_id']}" for row in rows(folder / f"{name}.csv")}
    found |= {f"faq:{row['faq_id']}" for row in rows(folder / "faq.csv")}
    for path in (folder / "policies").glob("*.md"):
        text = path.read_text("utf-8")
        (policy,) = re.findall(r"^id: (\S+)$", text, re.M)
        found |= {f"policy:{policy}#{n}" for n in re.findall(r"^(\d+)\. ", text, re.M)}
    return found


@pytest.mark.parametrize("folder", [*TAUGHT, *JUDGED], ids=lambda pack: pack.name)
def test_every_case_names_records_that_are_there(folder):
    known = records(folder)
    cases = [Case.model_validate(case) for case in lines(folder / "cases.jsonl")]
    assert len({case.id for case in cases}) == len(cases)
    for case in cases:
        assert set(case.expect.sources) <= known, case.id
        assert case.order_id is None or f"order:{case.order_id}" in known, case.id
        assert case.product_id is None or f"product:{case.product_id}" in known, case.id


@pytest.mark.parametrize("folder", TAUGHT, ids=lambda pack: pack.name)
def test_every_ask_names_records_and_attributes_that_are_there(folder):
    known = records(folder)
    names = {
        name for row in rows(folder / "products.csv") for name in json.loads(row["attributes"])
    }
    for ask in lines(folder / "asks.jsonl"):
        assert set(ask["sources"]) <= known, ask["text"]
        assert ask["attribute"] in (None, "价格", "库存", *names), ask["text"]
