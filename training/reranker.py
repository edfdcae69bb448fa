"""Teach how likely a passage of the shop's knowledge answers a question.

    python -m training.reranker gather TABLE.json PACK... [--asks PACK]...
    python -m training.reranker fit TABLE.json WEIGHTS.npz

The first asks every case of the packs (of those named with ``--asks`` the asks too, where the
embedder was not taught on them) and keeps the signals of every passage on the shortlist. The second
fits the trees, and says for each shop, left out with a fifth of all, how well passages are ordered
and how true the probabilities are, beside the orders by one likeness. `fit` needs lightgbm.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.reranking import WAYS, Asked, Order, figures, orders, questions, table
from training.examples import lines
from training.weigher import FOLDS, SEED, flatten
from zhanggui.ai.reranking.features import rows
from zhanggui.ai.trees import MISSING
from zhanggui.base import clock
from zhanggui.knowledge.ranking import Ranking
from zhanggui.service.evaluation import stand

PARAMETERS = {
    "objective": "binary", "learning_rate": 0.04, "num_leaves": 12, "min_data_in_leaf": 40,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
    "verbosity": -1, "seed": SEED, "deterministic": True, "num_threads": 2,
}  # fmt: skip
ROUNDS = 200
Rows = list[dict[str, Any]]


async def gather(pack: Path, *, with_asks: bool) -> Rows:
    """Each question of a pack with the signals of its shortlist, and its orders by one likeness."""
    found: Rows = []
    async with stand(pack) as ready:
        ranking = Ranking(ready.index.retriever)
        with clock.at(ready.now):
            more = _asks(pack) if with_asks else ()
            for asked in (*questions(ready.cases, ready.index.retriever.entries), *more):
                likeness = ranking.likeness(asked.text)
                places = ranking.shortlist(likeness)
                signals = rows(asked.text, ranking.passages, places, likeness, ranking.rarity)
                ids = [ready.index.retriever.entries[place].id for place in places]
                found.append(
                    {
                        "pack": pack.name,
                        "right": sorted(asked.right),
                        "ids": ids,
                        "signals": signals,
                        "orders": {
                            w: o.ids for w, o in orders(ready.index.retriever, asked).items()
                        },
                    }
                )
    print(pack.name, len(found), flush=True)
    return found


def _asks(pack: Path) -> Iterator[Asked]:
    for ask in lines(pack / "asks.jsonl"):
        right = frozenset(s for s in ask["sources"] if s.startswith(("faq:", "policy:", "coupon:")))
        if right or not ask["sources"]:
            yield Asked(ask["text"], right)


class Table:
    """What was gathered as one matrix: a row a passage, `case` its question's place."""

    def __init__(self, kept: Rows, *, with_meaning: bool) -> None:
        self.kept = kept
        signals = [each for row in kept for each in row["signals"]]
        names = {name for row in signals for name in row}
        if not with_meaning:
            names = {n for n in names if not n.startswith(("meaning", "stated"))}
        self.names = sorted(names)
        self.signals = np.array([[row.get(n, MISSING) for n in self.names] for row in signals])
        self.right = np.array([i in row["right"] for row in kept for i in row["ids"]], np.bool_)
        self.case = np.repeat(np.arange(len(kept)), [len(row["ids"]) for row in kept])
        self.pack = np.array([row["pack"] for row in kept])[self.case]

    def fit(self, taught: NDArray[np.bool_]) -> Any:
        """How likely a passage answers, learnt from some of the rows."""
        import lightgbm

        data = lightgbm.Dataset(self.signals[taught], self.right[taught])
        return lightgbm.train(PARAMETERS, data, ROUNDS)


def fit(kept: Rows, out: Path) -> None:
    """Print how shops left out are ordered, then learn from all and write the trees."""
    trees = {}
    for name, with_meaning in (("meaning", True), ("characters", False)):
        whole = Table(kept, with_meaning=with_meaning)
        chances = np.zeros(len(whole.right))
        packs = list(dict.fromkeys(whole.pack))
        for fold in range(FOLDS):
            mine = np.isin(whole.pack, packs[fold::FOLDS])
            chances[mine] = whole.fit(~mine).predict(whole.signals[mine])
        print(f"by {name}, shops left out")
        print(table([(p, *each) for p in [*packs, "all"] for each in _judged(whole, chances, p)]))
        model = whole.fit(np.ones(len(whole.right), np.bool_))
        gains = sorted(
            zip(model.feature_importance("gain"), whole.names, strict=True), reverse=True
        )
        print("by gain:", ", ".join(name for _, name in gains[:20]))
        trees[name] = flatten(model.dump_model(), whole.names)
    np.savez_compressed(out, **{k: v for n, t in trees.items() for k, v in t.kept(n).items()})
    print(len(kept), "questions,", out.stat().st_size, "bytes")


def _judged(
    whole: Table, chances: NDArray[np.float64], pack: str
) -> Iterable[tuple[str, dict[str, float]]]:
    places = [i for i, row in enumerate(whole.kept) if pack in (row["pack"], "all")]
    asked = [Asked("", frozenset(whole.kept[i]["right"])) for i in places]
    for way in WAYS:
        found = [Order(whole.kept[i]["orders"][way], None) for i in places]
        yield way, figures(asked, found)
    ranked = []
    for i in places:
        told = chances[whole.case == i]
        order = np.argsort(-told, kind="stable")
        ranked.append(Order([whole.kept[i]["ids"][k] for k in order], told[order]))
    yield "reranked", figures(asked, ranked)


def main() -> None:
    """As the module says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("gather", "fit"))
    parser.add_argument("table", type=Path)
    parser.add_argument("given", nargs="+", type=Path)
    parser.add_argument("--asks", action="append", default=[])
    given = parser.parse_args()
    if given.what == "fit":
        fit(json.loads(given.table.read_text("utf-8")), given.given[0])
        return
    from zhanggui import rooms

    rooms.load_tools()
    kept: Rows = []
    for pack in given.given:
        kept += asyncio.run(gather(pack, with_asks=pack.name in given.asks))
    given.table.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
