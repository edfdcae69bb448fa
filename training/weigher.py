"""Teach how likely a proposal is to answer.

    python -m training.weigher gather TABLE.json PACK...
    python -m training.weigher fit WEIGHTS.npz TABLE.json [--judge PACK]...

The first plays every case of the packs and keeps every proposal with its signals. The second fits
the trees on which proposals would have resolved their case, and says how whole decisions come out
on each shop when it is left out with a fifth of all. `--judge` names packs that are only ever
judged. `fit` needs lightgbm.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from training.examples import lines, rows
from training.plain import plain_cases
from zhanggui.ai.trees import MISSING, Trees
from zhanggui.base import clock
from zhanggui.base.chinese import arabic, standard
from zhanggui.service.answering import CEILINGS, compose, guard
from zhanggui.service.asking import Part
from zhanggui.service.asking import gather as gather_one
from zhanggui.service.context import Asked, Turn
from zhanggui.service.evaluation import stand
from zhanggui.service.evidence import Evidence
from zhanggui.service.kinds import Sorter
from zhanggui.service.proposals import Proposal
from zhanggui.service.scoring import COMMON, Case, CaseTurn, Expectation, Score, Tried, curve, score
from zhanggui.service.weighing import Weighed, reply_signals, table

SEED = 20261125
Rows = list[dict[str, Any]]


async def gather(pack: Path, without: frozenset[Part], *, with_asks: bool) -> tuple[Rows, Rows]:
    """Every proposal of every case of a pack (of every ask too, where the embedder was not taught
    on them), and what sort of question each ask is."""
    cases: Rows = []
    asks: Rows = []
    async with stand(pack) as ready:
        if (pack / "asks.jsonl").exists() and not without:
            for ask in lines(pack / "asks.jsonl"):
                vector = ready.index.retriever.embed(arabic(standard(ask["text"])))
                asks.append(
                    {"pack": ready.pack, "sort": _sort_of_ask(ask), "vector": _rounded(vector)}
                )
        with clock.at(ready.now):
            more = _asks(pack) if with_asks else ()
            for case in (*ready.cases, *plain_cases(pack), *_easy(pack), *more):
                async with ready.runtime.db.reading("pack") as session:
                    gathered = await gather_one(
                        session, "pack", ready.index, asked(case), without=without
                    )
                guarded = guard(gathered.reading, gathered.context)
                found = gathered.proposals
                tables = table(gathered.reading, gathered.context, found, {})
                cases.append(
                    {
                        "pack": ready.pack,
                        "id": case.id,
                        "kind": case.kind,
                        "expect": case.expect.model_dump(),
                        "text": [turn.text for turn in case.turns],
                        "sort": _sort_of_case(case),
                        "vector": _rounded(gathered.search.vector),
                        "guarded": guarded and [guarded.decision, guarded.reply],
                        "proposals": [
                            {**_plain(p), "right": _right(case, p), "signals": signals}
                            for p, signals in zip(found, tables, strict=True)
                        ],
                    }
                )
    print(pack.name, len(cases), flush=True)
    return cases, asks


def _easy(pack: Path) -> Iterator[Case]:
    """What shoppers ask first, where somebody has written it down for the pack."""
    for line in lines(pack / "easy.jsonl") if (pack / "easy.jsonl").exists() else ():
        case = Case.model_validate(line)
        yield case.model_copy(update={"id": f"easy-{case.id}"})


def asked(case: Case) -> Asked:
    """A case as it is asked."""
    turns = [Turn("shopper" if t.role == "shopper" else "shop", t.text) for t in case.turns[:-1]]
    return Asked(case.turns[-1].text, case.buyer, case.order_id, case.product_id, turns)


def _asks(pack: Path) -> Iterator[Case]:
    """The asks of a pack as cases: what a reply must have is what the record says of it."""
    said: dict[tuple[str, str], set[str]] = {}
    for row in rows(pack / "products.csv"):
        for name, value in json.loads(row["attributes"]).items():
            said.setdefault((row["product_id"], name), set()).add(value)
    for number, ask in enumerate(lines(pack / "asks.jsonl")):
        products = {each.split(":")[1].split("-")[0] for each in ask["sources"]}
        values = {v for each in products for v in said.get((each, ask["attribute"]), ())}
        must = [sorted(values)] if values else []
        if ask["attribute"] == "价格":
            must = [["元"]]
        elif ask["attribute"] == "库存":
            must = [["有货", "没货"]]
        kind = "unknown"
        if ask["sources"]:
            kind = "product" if ask["attribute"] else ask["sources"][0].split(":")[0]
        expect = Expectation(
            decisions=["answer"] if ask["sources"] else ["handoff", "clarify"],
            sources=ask["sources"]
            + [
                f"sku:{row['sku_id']}"
                for row in rows(pack / "products.csv")
                if row["product_id"] in products
            ],
            must_include=must,
        )
        yield Case(
            id=f"ask-{number}",
            kind=kind,
            product_id=ask["product_id"],
            turns=[CaseTurn(role="shopper", text=ask["text"])],
            expect=expect,
        )


def _rounded(vector: NDArray[np.float32] | None) -> list[float]:
    return [] if vector is None else [round(float(each), 4) for each in vector]


def _sort_of_ask(ask: dict[str, Any]) -> str:
    if ask["attribute"] in ("价格", "库存"):
        return "offer"
    if ask["attribute"]:
        return "attribute"
    return ask["sources"][0].split(":")[0] if ask["sources"] else "unknown"


def _sort_of_case(case: Case) -> str:
    if case.kind in ("multi_turn", "lookalike") and case.expect.sources:
        sort = case.expect.sources[0].split(":")[0]
        return "attribute" if sort in ("sku", "product") else sort
    if case.kind == "plain":
        first = case.id.removeprefix("plain-").split("-")[0]
        sorts = {"price": "offer", "stock": "offer", "parcel": "order", "waiting": "order"}
        return sorts.get(first, "refund" if first == "refund" else "attribute")
    return "attribute" if case.kind == "product" else case.kind


def _right(case: Case, proposal: Proposal) -> bool:
    ids = [source.id for source in proposal.sources]
    judged = score(case.expect, proposal.decision, proposal.reply, ids)
    return judged.resolved if proposal.decision == "answer" else judged.right


def _plain(proposal: Proposal) -> dict[str, Any]:
    return {
        "kind": proposal.kind,
        "reply": proposal.reply,
        "decision": proposal.decision,
        "sources": [asdict(source) for source in proposal.sources],
    }


PARAMETERS = {
    "objective": "binary", "learning_rate": 0.04, "num_leaves": 15, "min_data_in_leaf": 40,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
    "verbosity": -1, "seed": SEED, "deterministic": True, "num_threads": 2,
}  # fmt: skip
ROUNDS = 220
REPLY_PARAMETERS = {
    "num_leaves": 7, "learning_rate": 0.03, "min_data_in_leaf": 30, "feature_fraction": 0.3,
    "lambda_l2": 10.0,
}  # fmt: skip
REPLY_ROUNDS = 320
FOLDS = 5
"""Whole shops are left out, a fifth of them at a time."""


def sort_out(kept: dict[str, Rows], left_out: Sequence[str]) -> Sorter:
    """The sorter, learnt from all packs but those left out."""
    rows = [r for r in (*kept["cases"], *kept["asks"]) if r["pack"] not in left_out and r["vector"]]
    labels = np.array([row["sort"] for row in rows])
    model = LogisticRegression(C=20.0, max_iter=400, class_weight="balanced")
    model.fit(np.array([row["vector"] for row in rows]), labels)
    weights = np.column_stack([model.coef_, model.intercept_])
    return Sorter([str(each) for each in model.classes_], weights)


class Table:
    """What was gathered as one matrix: a row a proposal, `case` its case's place."""

    def __init__(self, cases: Rows) -> None:
        self.cases = cases
        rows = [
            {**each["signals"], **case["sorts"]} for case in cases for each in case["proposals"]
        ]
        self.names = sorted({name for row in rows for name in row})
        self.signals = np.array(
            [[row.get(n, MISSING) for n in self.names] for row in rows], np.float32
        )
        self.right = np.array([p["right"] for case in cases for p in case["proposals"]])
        self.case = np.repeat(np.arange(len(cases)), [len(case["proposals"]) for case in cases])
        self.pack = np.array([case["pack"] for case in cases])[self.case]


@dataclass
class Trial:
    """A case, decided by trees that have not seen its shop."""

    case: dict[str, Any]
    judged: Score
    signals: dict[str, float] | None
    """Of the whole reply; None where a guard decided."""
    answers: bool
    reply: str
    kind: str
    chances: NDArray[np.float64]
    sure: float = 0.99

    @property
    def is_right(self) -> bool:
        """Whether what was done should have been."""
        return self.judged.resolved if self.answers else self.judged.right

    @property
    def is_plain(self) -> bool:
        """Whether it is one of the plain questions, which are not written to be hard."""
        return self.case["kind"] == "plain" or self.case["id"].startswith("easy-")

    @property
    def tried(self) -> Tried:
        """As the curve takes it."""
        return Tried(self.case["kind"] in COMMON, self.answers, self.sure, self.judged)


def trial(case: dict[str, Any], chances: NDArray[np.float64]) -> Trial:
    """What a case comes to when it is answered whatever the confidence."""
    expect = Expectation.model_validate(case["expect"])
    if case["guarded"]:
        decision, reply = case["guarded"]
        judged = score(expect, decision, reply, [])
        return Trial(case, judged, None, decision == "answer", reply, "guard", chances)
    found = [
        Proposal(
            p["kind"], p["reply"], [Evidence(**s) for s in p["sources"]], "", {}, "", p["decision"]
        )
        for p in case["proposals"]
    ]
    best = compose(found, chances)
    ids = [source.id for source in best.sources]
    judged = score(expect, best.first.decision, best.reply, ids)
    rows = [{**p["signals"], **case["sorts"]} for p in case["proposals"]]
    told = reply_signals(
        Weighed(found, rows, chances), best.reply, told_both=best.second is not None
    )
    answers = best.first.decision == "answer"
    return Trial(case, judged, told, answers, best.reply, best.first.kind, chances)


class Replies:
    """Whole replies as one matrix: a row a trial that no guard decided."""

    def __init__(self, trials: Sequence[Trial]) -> None:
        self.trials = [each for each in trials if each.signals is not None]
        rows = [each.signals or {} for each in self.trials]
        self.names = sorted({name for row in rows for name in row})
        self.signals = np.array(
            [[row.get(n, MISSING) for n in self.names] for row in rows], np.float32
        )
        self.right = np.array([each.is_right for each in self.trials])
        self.pack = np.array([each.case["pack"] for each in self.trials])

    def fit(self, taught: NDArray[np.bool_]) -> Any:
        """How likely a reply is right, learnt from some of the rows."""
        import lightgbm

        data = lightgbm.Dataset(self.signals[taught], self.right[taught])
        return lightgbm.train({**PARAMETERS, **REPLY_PARAMETERS}, data, REPLY_ROUNDS)


def report(name: str, cases: Rows, tried: list[Tried]) -> None:
    """One line a shop."""
    common = [t for t in tried if t.common]
    points = curve(tried, CEILINGS)
    reach = [any(p["right"] for p in c["proposals"]) for c in cases if c["kind"] in COMMON]
    print(
        f"{name:9} reachable {np.mean(reach):.1%}, "
        f"all answered {np.mean([t.score.resolved for t in common]):.1%}; at "
        + ", ".join(
            f"{p.max_wrong:.0%} wrong {p.resolved:.1%} (from {p.threshold})" for p in points
        )
    )


def fit(tables: Sequence[Path], out: Path, judged: list[str], show: Path | None) -> None:
    """Fit on all shops but those `judged`; say first how each does when left out."""
    import lightgbm

    kept: dict[str, Rows] = {"cases": [], "asks": []}
    for path in tables:
        for name, more in json.loads(path.read_text("utf-8")).items():
            kept[name] += more
    cases = kept["cases"]
    has_meaning = bool(cases[0]["vector"])
    sorters = (
        {name: sort_out(kept, [name, *judged]) for name in {case["pack"] for case in cases}}
        if has_meaning
        else {}
    )
    hits = []
    for case in cases:
        vector = np.array(case["vector"], np.float32)
        case["sorts"] = sorters[case["pack"]].chances(vector) if has_meaning else {}
        if has_meaning:
            hits.append(max(case["sorts"], key=case["sorts"].__getitem__) == f"sort_{case['sort']}")
    if hits:
        print(f"sorted rightly: {np.mean(hits):.1%}")
    whole = Table(cases)
    taught = ~np.isin(whole.pack, judged)
    trials: list[Trial] = []
    names = list(dict.fromkeys(whole.pack))
    for fold in range(FOLDS):
        left_out = names[fold::FOLDS]
        mine = np.isin(whole.pack, left_out)
        rest = taught & ~mine
        data = lightgbm.Dataset(whole.signals[rest], whole.right[rest])
        model = lightgbm.train(PARAMETERS, data, ROUNDS)
        told = np.asarray(model.predict(whole.signals[mine]))
        places = whole.case[mine]
        trials += [
            trial(case, told[places == place])
            for place, case in enumerate(cases)
            if case["pack"] in left_out
        ]
    replies = Replies(trials)
    taught_replies = ~np.isin(replies.pack, judged)
    for fold in range(FOLDS):
        mine = np.isin(replies.pack, names[fold::FOLDS])
        told = replies.fit(taught_replies & ~mine).predict(replies.signals[mine])
        for place, sure in zip(np.flatnonzero(mine), told, strict=True):
            replies.trials[place].sure = float(sure)
    for name in names:
        hard = [t for t in trials if t.case["pack"] == name and not t.is_plain]
        report(name, [t.case for t in hard], [t.tried for t in hard])
    if show:
        show.write_text(json.dumps([_shown(t) for t in trials], ensure_ascii=False), "utf-8")
    taught_trials = [t for t in trials if t.case["pack"] not in judged]
    points = curve([t.tried for t in taught_trials if not t.is_plain], CEILINGS)
    made = [t for t in taught_trials if t.case["kind"] == "plain"]
    asked_first = [t for t in taught_trials if t.is_plain and t.case["kind"] != "plain"]
    report("asked first", [t.case for t in asked_first], [t.tried for t in asked_first])
    for point in points:
        print("all:", point.model_dump())
        for name, some in (("made from records", made), ("asked first", asked_first)):
            given = [t for t in some if t.sure >= (point.threshold or 2)]
            right = sum(t.judged.resolved for t in given) / len(some)
            wrong = sum(t.judged.wrong for t in given) / len(some)
            print(f"  {name}: {right:.1%} resolved, {wrong:.1%} wrong")
    thresholds = [1.01 if point.threshold is None else point.threshold for point in points]
    data = lightgbm.Dataset(whole.signals[taught], whole.right[taught])
    model = lightgbm.train(PARAMETERS, data, ROUNDS)
    judge = replies.fit(taught_replies)
    for each, names in ((model, whole.names), (judge, replies.names)):
        gains = sorted(zip(each.feature_importance("gain"), names, strict=True), reverse=True)
        print("by gain:", ", ".join(name for _, name in gains[:40]))
    np.savez_compressed(
        out,
        ceilings=np.array(CEILINGS),
        thresholds=np.array(thresholds),
        **flatten(model.dump_model(), whole.names).kept("proposal"),
        **flatten(judge.dump_model(), replies.names).kept("reply"),
    )
    if has_meaning:
        last = sort_out(kept, judged)
        np.savez_compressed(
            out.with_name("kinds.npz"),
            labels=np.array(last.labels),
            weights=last.weights.astype(np.float32),
        )
    print(len(cases), "cases,", int(taught.sum()), "proposals,", out.stat().st_size, "bytes")


def _shown(each: Trial) -> dict[str, Any]:
    """A trial for reading."""
    best = [
        {
            "p": round(float(each.chances[i]), 3),
            **{k: each.case["proposals"][i][k] for k in ("kind", "reply", "right")},
        }
        for i in np.argsort(-each.chances)[:4]
    ]
    kept = {k: each.case[k] for k in ("pack", "id", "kind", "text", "expect")}
    told = {"reply": each.reply, "sure": each.sure, "resolved": each.judged.resolved}
    return {**kept, **told, "first": each.kind, "best": best}


def flatten(model: dict[str, Any], names: list[str]) -> Trees:
    """The trees as arrays of nodes."""
    nodes: list[tuple[int, float, int, int, float]] = []

    def add(node: dict[str, Any]) -> int:
        place = len(nodes)
        nodes.append((0, 0.0, -1, -1, float(node.get("leaf_value", 0.0))))
        if "split_feature" in node:
            left = add(node["left_child"])
            right = add(node["right_child"])
            nodes[place] = (node["split_feature"], float(node["threshold"]), left, right, 0.0)
        return place

    roots = [add(tree["tree_structure"]) for tree in model["tree_info"]]
    feature, threshold, left, right, value = (
        np.array(column) for column in zip(*nodes, strict=True)
    )
    return Trees(
        names,
        np.array(roots, np.int32),
        feature.astype(np.int32),
        threshold,
        left.astype(np.int32),
        right.astype(np.int32),
        value,
    )


def main() -> None:
    """As the module says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("gather", "fit"))
    parser.add_argument("out", type=Path)
    parser.add_argument("given", nargs="+", type=Path)
    parser.add_argument("--judge", action="append", default=[])
    parser.add_argument("--show", type=Path)
    parser.add_argument(
        "--asks", action="append", default=[], help="a pack whose asks the embedder was not taught"
    )
    parser.add_argument("--without", action="append", default=[], help="vectors")
    given = parser.parse_args()
    if given.what == "fit":
        fit(given.given, given.out, given.judge, given.show)
        return
    from zhanggui import rooms

    rooms.load_tools()
    kept: dict[str, Rows] = {"cases": [], "asks": []}
    for pack in given.given:
        cases, asks = asyncio.run(
            gather(pack, frozenset(given.without), with_asks=pack.name in given.asks)
        )
        kept["cases"] += cases
        kept["asks"] += asks
    given.out.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
