"""Judging a pack."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from zhanggui.base.errors import Invalid
from zhanggui.service.answering import CEILING, CEILINGS
from zhanggui.service.evaluation import evaluate, stand
from zhanggui.service.scoring import Case, score

DEMO = ROOT / "demo" / "shop"


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    """The demo pack with a dozen answers and a dozen cases, so that it is quick to embed."""
    pack = tmp_path / "small"
    shutil.copytree(DEMO, pack)
    for name, kept in (("faq.csv", 12), ("products.csv", 8)):
        lines = (DEMO / name).read_text("utf-8").splitlines(keepends=True)
        (pack / name).write_text("".join(lines[: kept + 1]), "utf-8")
    for policy in sorted((pack / "policies").iterdir())[2:]:
        policy.unlink()
    return pack


async def test_a_pack_is_imported_and_every_case_judged(small_pack):
    evaluation, outcomes = await evaluate(small_pack)
    lines = (small_pack / "cases.jsonl").read_text("utf-8").splitlines()
    cases = [Case.model_validate(json.loads(line)) for line in lines]
    assert evaluation.pack == "small"
    assert evaluation.cases == len(cases) == len(outcomes)
    assert [outcome.id for outcome in outcomes] == [case.id for case in cases]
    for case, outcome in zip(cases, outcomes, strict=True):
        judged = score(case.expect, outcome.decision, outcome.reply, outcome.sources)
        assert (outcome.resolved, outcome.wrong) == (judged.resolved, judged.wrong)
    assert evaluation.wrong == round(sum(o.wrong for o in outcomes) / len(outcomes), 4)
    assert sum(kind.cases for kind in evaluation.by_kind.values()) == len(cases)
    assert [point.max_wrong for point in evaluation.curve] == list(CEILINGS)
    assert evaluation.p95_ms >= evaluation.p50_ms > 0
    by_kind = evaluation.by_kind
    assert by_kind["escalate"].decisions == {"handoff": by_kind["escalate"].cases}
    assert by_kind["privacy"].right == by_kind["privacy"].cases
    assert by_kind["order"].resolved > 0, "orders are imported and played at the pack's clock"


async def test_without_look_ups_only_what_is_written_down_is_told(small_pack):
    async with stand(small_pack) as ready:
        _, outcomes = await ready.play(frozenset(["structure", "vectors"]))
    cited = [source for outcome in outcomes for source in outcome.sources]
    assert all(source.startswith(("faq:", "policy:")) for source in cited)


async def test_fewer_wrong_answers_are_fewer_answers(small_pack):
    async with stand(small_pack) as ready:
        usual, _ = await ready.play()
        strict, _ = await ready.play(ceiling=0.01)

    def answered(evaluation):
        return sum(kind.decisions.get("answer", 0) for kind in evaluation.by_kind.values())

    assert (usual.ceiling, strict.ceiling) == (CEILING, 0.01)
    assert answered(strict) < answered(usual)


async def test_a_ceiling_that_is_none_to_choose_is_refused(small_pack):
    with pytest.raises(Invalid) as refused:
        await evaluate(small_pack, 0.04)
    assert refused.value.where == "ceiling"


async def test_what_is_no_pack_is_refused(tmp_path):
    with pytest.raises(Invalid):
        await evaluate(tmp_path)
    (tmp_path / "now.txt").write_text("2026-01-01T00:00:00+08:00")
    (tmp_path / "cases.jsonl").write_text("{}\n")
    with pytest.raises(Invalid):
        await evaluate(tmp_path)
