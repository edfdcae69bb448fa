"""An evaluation as durable work: every case played, stored, gone on with and compared."""

import contextlib

import pytest
from sqlalchemy import update

from tests.loading import load
from tests.service import weights
from tests.service.stand import AGENT, VIEWER, shopper
from zhanggui.base import workflows
from zhanggui.base.errors import Forbidden, Invalid, NotFound
from zhanggui.base.words import speaking
from zhanggui.service import evaluating
from zhanggui.service.asking import gather
from zhanggui.service.models import ServiceEvaluation
from zhanggui.shop.files import FaqRecord

pytestmark = pytest.mark.db

FAQS = [
    FaqRecord(1, "能开票吗", "可以开电子发票。", "F1", ("发票怎么开", "有票吗", "要发票怎么弄")),
    FaqRecord(2, "能进洗碗机吗", "可以进洗碗机。", "F2", ("洗碗机洗会坏吗", "可以机洗吗")),
]


@pytest.fixture
async def evaluate(use, runtime, shop, monkeypatch):
    """Plays all cases and waits for the end; workflows run."""
    weights.use(monkeypatch)
    await load(runtime, shop, FAQS, import_id="imp_2")
    async with workflows.running(runtime):

        async def evaluate(principal=AGENT):
            started = await use("start_evaluation", principal)
            with contextlib.suppress(RuntimeError):  # What it failed of is in the evaluation.
                await workflows.wait(evaluating.workflow_id(shop, started.id))
            return started.id

        yield evaluate


async def keep(use, text, decision="answer", *sources):
    return (await use("save_case", text=text, decision=decision, sources=list(sources))).id


async def test_every_case_is_played_and_judged(use, evaluate):
    invoice = await keep(use, "发票怎么开", "answer", "faq:F1")
    strange = await keep(use, "可以机洗吗", "answer", "faq:F1")
    angry = await keep(use, "我要投诉，叫你们经理来", "handoff")
    found = await use("get_evaluation", VIEWER, id=await evaluate())
    assert (found.evaluation.state, found.evaluation.total, found.evaluation.done) == ("done", 3, 3)
    by_case = {item.case_id: item for item in found.items}
    assert by_case[invoice].now.reply.startswith("可以开电子发票。")
    assert by_case[invoice].sources[0] == "faq:F1"
    assert {case: item.now.is_right for case, item in by_case.items()} == {
        invoice: True, strange: False, angry: True,
    }  # fmt: skip
    assert (found.evaluation.right, found.evaluation.wrong) == (2, 1)
    assert by_case[strange].is_wrong
    assert {item.change for item in found.items} == {"new"}
    assert found.against is None


async def test_two_evaluations_are_compared_case_by_case(use, evaluate, runtime, shop, clock):
    invoice = await keep(use, "发票怎么开", "answer", "faq:F1")
    dishes = await keep(use, "可以机洗吗", "answer", "faq:F2")
    angry = await keep(use, "我要投诉，叫你们经理来", "answer")
    first = await evaluate()
    clock.move(minutes=1)
    again = FaqRecord(1, "能开票吗", "电子发票都可以开。", "F1", FAQS[0].similar)
    await load(runtime, shop, [again], import_id="imp_3")
    await keep(use, "可以机洗吗", "handoff")
    await keep(use, "我要投诉，叫你们经理来", "handoff")
    late = await keep(use, "有票吗", "answer", "faq:F1")
    second = await evaluate()
    found = await use("get_evaluation", id=second)
    assert found.against.id == first
    assert [(item.case_id, item.change) for item in found.items] == [
        (dishes, "worse"), (angry, "better"), (invoice, "changed"), (late, "new"),
    ]  # fmt: skip
    assert found.changes == {"worse": 1, "better": 1, "changed": 1, "new": 1, "same": 0}
    changed = found.items[2]
    assert changed.before.reply.startswith("可以开")
    assert changed.now.reply.startswith("电子发票都")
    worse = await use("get_evaluation", id=second, change="worse", size=1)
    assert ([item.case_id for item in worse.items], worse.total) == ([dishes], 1)
    same = await use("get_evaluation", id=second, against=second)
    assert same.changes["same"] == 4
    listed = (await use("list_evaluations")).items
    assert [(item.id, item.right) for item in listed] == [(second, 3), (first, 2)]


async def test_what_breaks_off_goes_on_with_the_next_case(
    use, evaluate, runtime, shop, monkeypatch
):
    for text in ("发票怎么开", "可以机洗吗", "有票吗"):
        await keep(use, text, "answer")
    monkeypatch.setattr(evaluating, "BATCH", 1)
    played: list[str] = []

    async def breaks(session, shop_id, index, asked, **given):
        played.append(asked.text)
        if len(played) == 2:
            raise RuntimeError("the disk is full")
        return await gather(session, shop_id, index, asked, **given)

    monkeypatch.setattr(evaluating, "gather", breaks)
    broken = await evaluate()
    found = await use("get_evaluation", id=broken)
    assert (found.evaluation.state, found.evaluation.done) == ("failed", 1)
    with speaking("en"):
        failed = await use("get_evaluation", id=broken)
    assert failed.error == "The evaluation broke off"
    await evaluating.play_cases(shop, broken)
    found = await use("get_evaluation", id=broken)
    assert (found.evaluation.state, found.evaluation.done) == ("done", 3)
    assert len(played) == 4, "what was played before is not played again"


async def test_a_case_that_is_removed_while_it_is_played_leaves_no_outcome(
    use, evaluate, monkeypatch
):
    gone = await keep(use, "发票怎么开", "answer", "faq:F1")
    stays = await keep(use, "可以机洗吗", "answer", "faq:F2")
    play = evaluating._play

    async def slowly(session, index, rows, **given):
        outcomes = await play(session, index, rows, **given)
        if gone in {row.id for row in rows}:
            await use("remove_case", id=gone)
        return outcomes

    monkeypatch.setattr(evaluating, "_play", slowly)
    found = await use("get_evaluation", id=await evaluate())
    assert [item.case_id for item in found.items] == [stays]
    assert (found.evaluation.state, found.evaluation.done) == ("done", 1)


async def test_one_that_the_process_left_behind_is_started(use, runtime, shop, evaluate):
    await keep(use, "发票怎么开")
    async with runtime.db.transaction(shop) as session:
        left = await evaluating.queue(session, shop, ceiling=0.05, by="u1")
        assert await evaluating.queue(session, shop, ceiling=0.05, by="u1") == left
    await evaluating.resume(runtime)
    await workflows.wait(evaluating.workflow_id(shop, left))
    assert (await use("get_evaluation", id=left)).evaluation.state == "done"


async def test_it_tells_how_long_it_will_take(use, runtime, shop, evaluate, clock):
    await keep(use, "发票怎么开")
    found = await evaluate()
    assert (await use("get_evaluation", id=found)).seconds_left is None
    async with runtime.db.transaction(shop) as session:
        await session.execute(
            update(ServiceEvaluation)
            .where(ServiceEvaluation.shop_id == shop)
            .values(state="running", total=100, done=25)
        )
    clock.move(seconds=10)
    assert (await use("get_evaluation", id=found)).seconds_left == pytest.approx(30)


async def test_without_cases_there_is_nothing_to_play(use, evaluate):
    with pytest.raises(Invalid):
        await use("start_evaluation")


async def test_staff_look_and_workers_start(use, shop, evaluate):
    await keep(use, "发票怎么开")
    with pytest.raises(Forbidden):
        await use("start_evaluation", VIEWER)
    with pytest.raises(Forbidden):
        await use("list_evaluations", shopper(shop))
    with pytest.raises(NotFound):
        await use("get_evaluation", id="eval_none")
