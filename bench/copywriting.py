"""The copy of every product of packs and folders: what titles cover of what shoppers search, what
is claimed without a fact or against the rules, how much takes and products repeat one another.

    python -m bench.copywriting demo/shop ../shared/packs/* demo/goods

Searches are `searches.txt`, written apart from the tables that titles are made of. A searched word
counts as covered when the title has it; the baseline is the shop's own title. `distinct_3` is the
share of different three-character runs; `overlap` the share of one text's four-character runs that
another has, the product's own words aside, in the mean of pairs.
"""

from __future__ import annotations

import csv
import itertools
import json
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from zhanggui.base.money import parse_yuan
from zhanggui.studio.copywriting import Copy, grounded, lines_of, write
from zhanggui.studio.copywriting.composing import alike
from zhanggui.studio.copywriting.lawful import lawful_in
from zhanggui.studio.copywriting.reading import read
from zhanggui.studio.copywriting.takes import TITLE_BYTES, Take
from zhanggui.studio.facts import Facts

SEED, TAKES = 7, 3
_SEARCHES = Path(__file__).with_name("searches.txt")


def products(folders: Iterable[Path]) -> Iterator[Facts]:
    """The SKUs of packs, and the products of folders that hold a `product.json` each."""
    for folder in folders:
        for path in sorted(folder.glob("*/product.json")):
            yield Facts.model_validate_json(path.read_text("utf-8"))
        if (folder / "products.csv").exists():
            with (folder / "products.csv").open(encoding="utf-8-sig") as file:
                for row in csv.DictReader(file):
                    yield Facts(
                        product_id=row["product_id"],
                        sku_id=row["sku_id"],
                        title=row["title"],
                        category=row["category"],
                        price_fen=parse_yuan(row["price"]),
                        attributes=json.loads(row["attributes"]),
                    )


def searches() -> dict[str, list[list[str]]]:
    """Queries in their words, by the kind of thing."""
    found = {}
    for line in _SEARCHES.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, queries = line.split("|")
            found[kind] = [query.split() for query in queries.split(";")]
    return found


def covered(title: str, queries: list[list[str]]) -> float:
    """The share of searched words that a title has."""
    words = [word for query in queries for word in query]
    return sum(word in title for word in words) / len(words)


def body(take: Take) -> str:
    """What of a take is prose."""
    lines = [point.body for point in take.points]
    lines += [line.text for line in (*take.story, *take.note.body)]
    return "\n".join(lines)


def runs(text: str, size: int) -> list[str]:
    """The runs of characters within its lines."""
    return [
        line[place : place + size]
        for line in text.split("\n")
        for place in range(len(line) - size + 1)
    ]


def without(text: str, facts: Facts) -> str:
    """A text without the product's own words, which any copy of it has."""
    own = [facts.title, read(facts).noun, read(facts).title]
    own += [part for aspect in read(facts).aspects for part in (aspect.full, aspect.short)]
    for each in sorted(own, key=len, reverse=True):
        if len(each) > 1:
            text = text.replace(each, "\n")
    return text


def overlap(one: str, other: str) -> float:
    """The share of the shorter text's four-character runs that the other has."""
    first, second = set(runs(one, 4)), set(runs(other, 4))
    return len(first & second) / max(1, min(len(first), len(second)))


def main() -> None:
    goods = list(products(map(Path, sys.argv[1:])))
    asked = searches()
    start = time.process_time()
    copies: list[tuple[Facts, Copy]] = [
        (each, write(each, seed=SEED, takes=TAKES)) for each in goods
    ]
    spent = time.process_time() - start
    ours, theirs, unknown = [], [], set()
    claims, findings, sizes, repeats = [], [], [], 0
    for facts, copy in copies:
        product = read(facts)
        found = lawful_in(product.trade.id)
        queries = asked.get(product.noun)
        if queries:
            ours.append(statistics.mean(covered(title, queries) for title in copy.titles))
            theirs.append(covered(facts.title, queries))
        else:
            unknown.add(product.noun)
        for take in copy.takes:
            sizes.append(len(take.title.text.encode("gbk", "replace")))
            claims += [c for line in lines_of(take) for c in grounded(line, facts)]
            findings += [each for line in lines_of(take) for each in found(line)]
            apart = [product.noun, *(aspect.full for aspect in product.aspects)]
            said = [point.body for point in take.points]
            repeats += sum(alike(a, [b], apart=apart) for a, b in itertools.combinations(said, 2))
    within = [
        overlap(without(body(a), facts), without(body(b), facts))
        for facts, copy in copies
        for a, b in itertools.combinations(copy.takes, 2)
    ]
    first = {facts.product_id: without(body(copy.first), facts) for facts, copy in copies}
    between = [overlap(a, b) for a, b in itertools.combinations(list(first.values())[:60], 2)]
    everything = runs("\n".join(first.values()), 3)
    result = {
        "skus": len(copies),
        "products": len(first),
        "titles": {"most_bytes": max(sizes), "mean_bytes": round(statistics.mean(sizes), 1),
                   "over": sum(size > TITLE_BYTES for size in sizes)},
        "searched_words": {"ours": round(statistics.mean(ours), 3),
                           "shop": round(statistics.mean(theirs), 3), "skus": len(ours),
                           "without_queries": sorted(unknown)},
        "ungrounded": len(claims),
        "rules": len(findings),
        "points": round(statistics.mean(len(t.points) for _, c in copies for t in c.takes), 2),
        "repeated_points": repeats,
        "distinct_titles": sum(len(set(c.titles)) == TAKES for _, c in copies),
        "dropped_lines": sum(len(copy.dropped) for _, copy in copies),
        "overlap_between_takes": round(statistics.mean(within), 3),
        "overlap_between_products": round(statistics.mean(between), 3),
        "distinct_3": round(len(set(everything)) / len(everything), 3),
        "cpu_ms_per_sku": round(1000 * spent / len(copies), 1),
        "seed": SEED, "takes": TAKES,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False, indent=1))
    if claims or findings or max(sizes) > TITLE_BYTES:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
