"""What is learnt from: the records of the training shops and the questions they answer."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_CLAUSE = re.compile(r"^\d+\. (.+)$", re.M)


@dataclass(slots=True)
class Question:
    """What a shopper writes and the records any of which answers it; none for what no record
    answers."""

    text: str
    answers: frozenset[str]


@dataclass(slots=True)
class Shop:
    """A training shop: by record the texts it is found by (each with its e5 prefix), and
    questions."""

    name: str
    texts: dict[str, list[str]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)


def read(folder: Path, *, with_cases: bool) -> Shop:
    """A pack as examples. Its cases are left out where what is trained will be measured, or
    something else trained, on them."""
    shop = Shop(folder.name)
    attributes = _goods(folder, shop)
    _knowledge(folder, shop)
    if (folder / "asks.jsonl").exists():
        for ask in lines(folder / "asks.jsonl"):
            answers = set(ask["sources"])
            if ask["attribute"] in (None, "价格", "库存"):
                answers = {each for each in answers if each in shop.texts}
            else:
                products = {each.split(":")[1].split("-")[0] for each in answers}
                answers = {
                    key
                    for key, (product, name) in attributes.items()
                    if name == ask["attribute"] and product in products
                }
            if answers:
                shop.questions.append(Question(ask["text"], frozenset(answers)))
    for case in lines(folder / "cases.jsonl") if with_cases else ():
        answers = _answers(case, shop, attributes)
        if answers:
            said = [turn["text"] for turn in case["turns"] if turn["role"] == "shopper"]
            shop.questions.append(Question(" ".join(said[-2:]), frozenset(answers)))
    return shop


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a csv file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _goods(folder: Path, shop: Shop) -> dict[str, tuple[str, str]]:
    """Adds what is said of goods; returns product and attribute name of each such record."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows(folder / "products.csv"):
        for name, value in json.loads(row["attributes"]).items():
            key = f"attribute:{row['product_id']}:{name}:{value}"
            found[key] = row["product_id"], name
            shop.texts[key] = [f"passage: {name}：{value}"]
    return found


def _knowledge(folder: Path, shop: Shop) -> None:
    for row in rows(folder / "faq.csv"):
        asked = [row["question"], *(part for part in row["similar"].split("|") if part)]
        key = f"faq:{row['faq_id']}"
        shop.texts[key] = [f"passage: {row['question']} {row['answer']}"]
        shop.texts[key] += [f"query: {each}" for each in asked]
        for place, each in enumerate(asked):
            if place:
                shop.questions.append(Question(each, frozenset([key])))
    for path in sorted((folder / "policies").glob("*.md")):
        head, body = path.read_text("utf-8").split("---\n", 2)[1:]
        told = dict(line.split(": ", 1) for line in head.strip().splitlines())
        for number, clause in enumerate(_CLAUSE.findall(body), 1):
            shop.texts[f"policy:{told['id']}#{number}"] = [f"passage: {told['title']}：{clause}"]
    for row in rows(folder / "coupons.csv"):
        text = f"passage: {row['name']}：{row['rule']}"
        shop.texts[f"coupon:{row['coupon_id']}"] = [text]


def _answers(case: dict[str, Any], shop: Shop, attributes: dict[str, tuple[str, str]]) -> set[str]:
    """The records that answer a case: those it names, and of goods the one attribute that says
    what must be said."""
    expect = case["expect"]
    found = {each for each in expect["sources"] if each in shop.texts}
    groups = expect["must_include"]
    if case["kind"] in ("product", "multi_turn") and groups:
        products = {
            each.split(":")[1].split("-")[0]
            for each in expect["sources"]
            if each.startswith(("sku:", "product:"))
        }
        told = {
            key
            for key, (product, _) in attributes.items()
            if product in products and any(text in key.split(":", 3)[3] for text in groups[0])
        }
        if len({attributes[key][1] for key in told}) == 1:
            found |= told
    return found
