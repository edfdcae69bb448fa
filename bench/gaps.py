"""How well questions that mean the same are put together, beside plain TF-IDF.

    python -m bench.gaps [PACK...]

A half of a pack's answers is taken to be missing (three times, by seed). What is asked about them,
their wordings and the one-turn cases that expect them, with the cases that expect any other record,
are the questions nobody could answer; the other half's wordings are what the shop knows. Questions
belong together that expect the same record. Prints one JSON object: for each pack the mean over the
seeds of pairwise precision, recall and F1, and of the adjusted Rand index, of what the program
does, of it without vectors, of scikit-learn's character TF-IDF with average linkage at a cosine of
0.6, and of the same at the cosine that is best for these very questions, which nobody could know.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score

from bench._packs import judged
from zhanggui.ai import Engines
from zhanggui.base.settings import Settings
from zhanggui.service import cases
from zhanggui.service.gaps import clustering
from zhanggui.service.gaps.clustering import Known
from zhanggui.service.gaps.gap import read

SEEDS = (3, 4, 5)
_KINDS = ("faq", "policy", "product", "coupon")
_USUAL = 0.6
_TRIED = np.linspace(0.1, 0.9, 17)

Labels = NDArray[np.int64]


def asked(pack: Path) -> tuple[list[str], list[str]]:
    """Questions, and the record each expects."""
    texts: list[str] = []
    about: list[str] = []
    with (pack / "faq.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for wording in (row["question"], *row["similar"].split("|")):
                if wording.strip():
                    texts.append(wording.strip())
                    about.append(f"faq:{row['faq_id']}")
    for case in cases.read_lines((pack / "cases.jsonl").read_text("utf-8")):
        if len(case.turns) == 1 and case.kind in _KINDS and case.expect.sources:
            texts.append(case.turns[0].text)
            about.append(case.expect.sources[0])
    return texts, about


def scored(truth: Labels, found: Labels) -> dict[str, float]:
    """How two ways of putting the same questions together agree."""
    pairs = np.triu_indices(len(truth), 1)
    belong = (truth[:, None] == truth)[pairs]
    put = (found[:, None] == found)[pairs]
    both = int((belong & put).sum())
    precision, recall = both / max(int(put.sum()), 1), both / max(int(belong.sum()), 1)
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    ari = float(adjusted_rand_score(truth, found))
    return {"precision": precision, "recall": recall, "f1": f1, "ari": ari}


def by_letters(texts: Sequence[str]) -> NDArray[np.float64]:
    """Cosines of plain character TF-IDF."""
    rows = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True).fit_transform(
        texts
    )
    return np.asarray((rows @ rows.T).todense(), np.float64)


def joined(alike: NDArray[np.float64], least: float) -> Labels:
    """Average linkage down to a cosine."""
    apart = np.clip(1 - (alike + alike.T) / 2, 0, None)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), "average")
    return np.asarray(fcluster(tree, 1 - least, "distance"), np.int64)


def labels(groups: Sequence[Sequence[int]], count: int) -> Labels:
    """The group of each place."""
    found = np.zeros(count, np.int64)
    for number, group in enumerate(groups):
        found[list(group)] = number
    return found


def measure(pack: Path, engines: Engines) -> dict[str, dict[str, float]]:
    """The figures of a pack, by what was done."""
    texts, about = asked(pack)
    texts = [read(text) for text in texts]
    embedder = engines.embedder()
    vectors = embedder.embed(texts, "query") if embedder is not None else None
    answers = sorted({each for each in about if each.startswith("faq:")})
    tries: dict[str, list[dict[str, float]]] = {}
    for seed in SEEDS:
        order = list(answers)
        Random(seed).shuffle(order)
        kept = {each: number for number, each in enumerate(order[::2])}
        here = [n for n, each in enumerate(about) if each in kept]
        gone = [n for n, each in enumerate(about) if each not in kept]
        truth = np.unique([about[n] for n in gone], return_inverse=True)[1]
        owners = np.array([kept[about[n]] for n in here], np.int32)
        asked_now = [texts[n] for n in gone]

        def put(name: str, found: Labels, truth: Labels = truth) -> None:
            tries.setdefault(name, []).append(scored(truth, found))

        for name, known in (("program", vectors), ("without vectors", None)):
            of = Known([texts[n] for n in here], owners, None if known is None else known[here])
            groups = clustering.groups(asked_now, None if known is None else known[gone], of)
            put(name, labels(groups, len(gone)))
        plain = by_letters(asked_now)
        put("tf-idf", joined(plain, _USUAL))
        every = [joined(plain, least) for least in _TRIED]
        put("tf-idf at its best", max(every, key=lambda found: scored(truth, found)["f1"]))
    return {
        name: {key: round(float(np.mean([each[key] for each in found])), 3) for key in found[0]}
        for name, found in tries.items()
    }


def main() -> None:
    """Measure the packs named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", nargs="*", type=Path, help="all that there are when none is named")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhanggui-gaps-") as folder:
        engines = Engines(Settings(data=Path(folder)))
        found = {pack.name: measure(pack, engines) for pack in given.packs or judged()}
    conditions = {"seeds": SEEDS, "margin": clustering.MARGIN}
    print(json.dumps({**conditions, "packs": found}, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
