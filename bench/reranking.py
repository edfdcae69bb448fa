"""How well passages are ordered for a question, and how true their probabilities are.

    python -m bench.reranking [PACK...]

asks the cases of shop packs that an answer, a clause or a coupon resolves, and those that nothing
does, and ranks all answers, clauses and coupons of the shop: by BM25 over character bigrams, by
characters, by the cosine of e5, by the reciprocal ranks of the first and the third (Cormack et al.
2009, k = 60), as the index orders (`fused`), and by the reranker. Recall and MRR are of the
questions that something answers; Brier score and calibration error (10 bins of equal size) are of
the likeliest passage of each question, also of those that nothing answers. Prints a table and one
JSON object. ``maoqiu`` is not among the packs that are taken when none is named.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from bench._packs import judged
from zhanggui import rooms
from zhanggui.base import clock
from zhanggui.base.chinese import arabic, standard
from zhanggui.knowledge import Entry, Retriever, Way
from zhanggui.knowledge.ranking import SHORTLIST, Ranking
from zhanggui.service.evaluation import stand
from zhanggui.service.scoring import Case

KEPT_OUT = "maoqiu"
FUSION = "reciprocal"
WAYS = (*get_args(Way), FUSION)
_K = 60
_KINDS = ("faq:", "policy:", "document:", "coupon:")
_BINS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the entries any of which answers it; none for what nothing answers."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Order:
    """Entries' ids, best first, with their probabilities where there are any."""

    ids: Sequence[str]
    chances: NDArray[np.float64] | None


def questions(cases: Sequence[Case], entries: Sequence[Entry]) -> Iterator[Asked]:
    """Of a pack's cases those that its written knowledge answers, and those that nothing does."""
    known = {entry.id for entry in entries if entry.kind != "product"}
    for case in cases:
        named = [each for each in case.expect.sources if each.startswith(_KINDS)]
        right = frozenset(named) & known
        if right or not case.expect.sources:
            yield Asked(arabic(standard(case.turns[-1].text)), right)


def orders(retriever: Retriever, asked: Asked) -> dict[str, Order]:
    """The entries by each way of ordering."""
    found = {
        way: [each.entry.id for each in retriever.search(asked.text, limit=60, way=way).candidates]
        for way in get_args(Way)
    }
    points: dict[str, float] = {}
    for way in ("bigrams", "vectors"):
        for place, each in enumerate(found[way], 1):
            points[each] = points.get(each, 0.0) + 1 / (_K + place)
    found[FUSION] = sorted(points, key=lambda each: -points[each])
    return {way: Order(ids[:SHORTLIST], None) for way, ids in found.items()}


def figures(asked: Sequence[Asked], found: Sequence[Order]) -> dict[str, float]:
    """The figures of one way of ordering."""
    firsts = []
    for each, order in zip(asked, found, strict=True):
        if each.right:
            places = [place for place, i in enumerate(order.ids, 1) if i in each.right]
            firsts.append(min(places, default=0))
    first = np.array(firsts)
    told = {
        "questions": float(len(first)),
        "recall_1": float((first == 1).mean()),
        "recall_3": float(((first > 0) & (first <= 3)).mean()),
        "mrr": float(np.where(first > 0, 1 / np.maximum(first, 1), 0).mean()),
    }
    if all(order.chances is not None for order in found):
        chance = np.array([o.chances[0] for o in found if o.chances is not None])
        right = np.array([o.ids[0] in a.right for a, o in zip(asked, found, strict=True)])
        told |= {
            "brier": float(((chance - right) ** 2).mean()),
            "brier_of_base_rate": float(right.mean() * (1 - right.mean())),
            "calibration_error": _calibration_error(chance, right),
        }
    return told


def _calibration_error(chance: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    order = np.argsort(chance, kind="stable")
    error = 0.0
    for part in np.array_split(order, _BINS):
        error += abs(float(chance[part].mean() - right[part].mean())) * len(part) / len(order)
    return error


async def measure(pack: Path) -> dict[str, dict[str, float]]:
    """The figures of a pack by each way."""
    async with stand(pack) as ready:
        retriever = ready.index.retriever
        ranking = Ranking(retriever)
        with clock.at(ready.now):
            asked = list(questions(ready.cases, retriever.entries))
            found = [orders(retriever, each) for each in asked]
            began = time.process_time()
            ranked = [ranking.rank(each.text, SHORTLIST) for each in asked]
            spent = time.process_time() - began
            began = time.process_time()
            for each in asked:
                ranking.likeness(each.text)
            spent -= time.process_time() - began
    told = {way: figures(asked, [each[way] for each in found]) for way in WAYS}
    last = [
        Order([r.entry.id for r in each], np.array([r.chance for r in each])) for each in ranked
    ]
    told["reranked"] = figures(asked, last) | {"judging_ms": spent / len(asked) * 1000}
    return told


def table(lines: Sequence[tuple[str, str, Mapping[str, float]]]) -> str:
    """Lines of pack, way and figures as Markdown."""
    head = ("pack", "way", "questions", "recall@1", "recall@3", "MRR", "Brier", "ECE")
    made = [f"| {' | '.join(head)} |", "|---|---|" + "---:|" * (len(head) - 2)]
    for pack, way, told in lines:
        brier = (
            f"{told['brier']:.3f} | {told['calibration_error']:.3f}" if "brier" in told else "– | –"
        )
        made.append(
            f"| {pack} | {way} | {told['questions']:.0f} | {told['recall_1']:.1%}"
            f" | {told['recall_3']:.1%} | {told['mrr']:.3f} | {brier} |"
        )
    return "\n".join(made)


def main() -> None:
    """Measure the packs named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", nargs="*", type=Path)
    given = parser.parse_args()
    rooms.load_tools()
    packs = given.packs or [each for each in judged() if each.name != KEPT_OUT]
    found = {pack.name: asyncio.run(measure(pack)) for pack in packs}
    lines = [(pack, way, told) for pack, ways in found.items() for way, told in ways.items()]
    print(table(lines), file=sys.stderr)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
