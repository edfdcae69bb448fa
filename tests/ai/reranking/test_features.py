"""How a passage stands to a query."""

import numpy as np
import pytest

from zhanggui.ai.reranking import Likeness, Passage, Rarity
from zhanggui.ai.reranking.features import rows

PASSAGES = [
    Passage("满59元包邮。", ("包邮吗", "要运费吗"), "faq"),
    Passage("X100杯可以放进洗碗机。", ("洗碗机能洗吗",), "faq"),
    Passage("签收后7天内可以退货。", ("退换货",), "policy", 0.5),
]
SCORES = np.array([0.9, 0.84, 0.86], np.float32)


def signals(query, passages=PASSAGES, scores=SCORES):
    likeness = Likeness(np.zeros(len(passages), np.float32), scores, scores)
    return rows(query, passages, range(len(passages)), likeness, Rarity(passages))


def test_a_likeness_counts_by_how_it_stands_out_in_its_shop():
    loose, tight = signals("包邮吗"), signals("包邮吗", scores=0.8 + (SCORES - 0.8) / 10)
    for name in ("meaning_out", "meaning_behind", "meaning_best", "meaning_lead", "meaning_place"):
        assert [row[name] for row in loose] == pytest.approx([row[name] for row in tight], rel=1e-3)
    assert next(row["meaning_behind"] for row in loose) == 0
    assert [row["meaning_place"] for row in loose] == [0, 2, 1]


def test_letters_numbers_and_names():
    first, second, third = signals("x100能放洗碗机吗 7天")
    assert second["covered"] > first["covered"]
    assert second["names_shared"] == 1
    assert first["names_missing"] == 1
    assert third["numbers_shared"] == 1
    assert third["numbers_missing"] == 1
    assert signals("要运费吗")[0]["title_asked"] == pytest.approx(1)
    assert signals("要运费吗")[0]["covered_by_title"] == pytest.approx(1)


def test_what_a_passage_is():
    third = signals("退货")[2]
    assert (third["kind_policy"], third["kind_faq"], third["place"]) == (1, 0, 0.5)


def test_without_meaning_and_with_one_passage_alone():
    likeness = Likeness(np.ones(1, np.float32))
    (row,) = rows("", PASSAGES[:1], [0], likeness, Rarity(PASSAGES[:1]))
    assert "meaning" not in row
    assert row["covered"] == 0
    assert all(np.isfinite(value) for value in row.values())
