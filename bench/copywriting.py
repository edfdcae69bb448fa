"""The copy of every product of packs and folders: what titles cover of what shoppers search, what
is claimed without a fact or against the rules, how much takes and products repeat one another.

    python -m bench.copywriting demo/shop ../shared/packs/* demo/goods

Searches are `searches.txt`, written apart from the tables that titles are made of. A searched word
counts as covered when the title has it; the baseline is the shop's own title. `distinct_3` is the
share of different three-character runs; `overlap` the share of one text's four-character runs that
another has, the product's own words aside, in the mean of pairs.
"""

from __future__ import annotations

import itertools
import json
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.studio.copywriting._goods import goods_of
from zhanggui.studio.copywriting import Copy, grounded, lines_of, write
from zhanggui.studio.copywriting.composing import alike
from zhanggui.studio.copywriting.lawful import lawful_in
from zhanggui.studio.copywriting.reading import read
from zhanggui.studio.copywriting.takes import TITLE_BYTES, Take
from zhanggui.studio.facts import Facts

Written = tuple[Facts, Copy]
SEED, TAKES = 7, 3
_SEARCHES = Path(__file__).with_name("searches.txt")


def products(folders: Iterable[Path]) -> Iterator[Facts]:
    """The SKUs of packs, and the products of folders that hold a `product.json` each."""
    for folder in folders:
        for path in sorted(folder.glob("*/product.json")):
            yield Facts.model_validate_json(path.read_text("utf-8"))
        if (folder / "products.csv").exists():
            yield from goods_of(folder)


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


def found_by(copies: Sequence[Written]) -> dict[str, Any]:
    """How much of what shoppers search titles cover, and the shop's own titles."""
    asked = searches()
    ours, theirs, unknown = [], [], set()
    for facts, copy in copies:
        noun = read(facts).noun
        queries = asked.get(noun)
        if queries:
            ours.append(statistics.mean(covered(title, queries) for title in copy.titles))
            theirs.append(covered(facts.title, queries))
        else:
            unknown.add(noun)
    return {
        "ours": round(statistics.mean(ours), 3), "shop": round(statistics.mean(theirs), 3),
        "skus": len(ours), "without_queries": sorted(unknown),
    }  # fmt: skip


def faults(copies: Sequence[Written]) -> tuple[int, int]:
    """How many claims no fact stands behind, and how many may not be made."""
    claims = findings = 0
    for facts, copy in copies:
        found = lawful_in(read(facts).trade.id)
        for line in (line for take in copy.takes for line in lines_of(take)):
            claims += len(grounded(line, facts))
            findings += len(found(line))
    return claims, findings


def repeats(copies: Sequence[Written]) -> int:
    """How many points say what another of their take does."""
    count = 0
    for facts, copy in copies:
        product = read(facts)
        apart = [product.noun, *(aspect.full for aspect in product.aspects)]
        for take in copy.takes:
            said = [point.body for point in take.points]
            count += sum(alike(a, [b], apart=apart) for a, b in itertools.combinations(said, 2))
    return count


def likeness(copies: Sequence[Written], first: Sequence[str]) -> dict[str, float]:
    """How like one another a product's takes are, and the products' first ones."""
    within = [
        overlap(without(body(a), facts), without(body(b), facts))
        for facts, copy in copies
        for a, b in itertools.combinations(copy.takes, 2)
    ]
    between = [overlap(a, b) for a, b in itertools.combinations(first[:60], 2)]
    everything = runs("\n".join(first), 3)
    return {
        "overlap_between_takes": round(statistics.mean(within), 3),
        "overlap_between_products": round(statistics.mean(between), 3),
        "distinct_3": round(len(set(everything)) / len(everything), 3),
    }


def main() -> None:
    """Write, measure and print."""
    goods = list(products(map(Path, sys.argv[1:])))
    start = time.process_time()
    copies = [(each, write(each, seed=SEED, takes=TAKES)) for each in goods]
    spent = time.process_time() - start
    takes = [take for _, copy in copies for take in copy.takes]
    first = {facts.product_id: without(body(copy.first), facts) for facts, copy in copies}
    sizes = [len(take.title.text.encode("gbk", "replace")) for take in takes]
    claims, findings = faults(copies)
    result = {
        "skus": len(copies),
        "products": len(first),
        "titles": {"most_bytes": max(sizes), "mean_bytes": round(statistics.mean(sizes), 1),
                   "over": sum(size > TITLE_BYTES for size in sizes)},
        "searched_words": found_by(copies),
        "ungrounded": claims,
        "rules": findings,
        "points": round(statistics.mean(len(take.points) for take in takes), 2),
        "repeated_points": repeats(copies),
        "distinct_titles": sum(len(set(c.titles)) == TAKES for _, c in copies),
        "dropped_lines": sum(len(copy.dropped) for _, copy in copies),
        **likeness(copies, list(first.values())),
        "cpu_ms_per_sku": round(1000 * spent / len(copies), 1),
        "seed": SEED, "takes": TAKES,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False, indent=1))
    if claims or findings or max(sizes) > TITLE_BYTES:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
