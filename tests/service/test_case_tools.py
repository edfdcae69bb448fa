"""Cases as staff keep them: found again, replaced, brought in, and without people in them."""

import json

import pytest
from sqlalchemy import func, select

from tests.conftest import ROOT
from tests.service.stand import ADDRESS, AGENT, MINE, PAID, PHONE, VIEWER, shopper
from zhanggui.base import tools
from zhanggui.base.errors import Forbidden, Invalid, NotFound
from zhanggui.base.events import EventRow
from zhanggui.base.principals import SYSTEM
from zhanggui.service import cases
from zhanggui.service.models import ServiceCase, ServiceOutcome
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db


async def rows(runtime, shop_id):
    async with runtime.db.reading(shop_id) as session:
        return list(
            await session.scalars(select(ServiceCase).where(ServiceCase.shop_id == shop_id))
        )


async def test_a_question_is_kept_with_what_is_expected_of_it(use, runtime, shop):
    earlier = [{"role": "shopper", "text": "在吗"}, {"role": "shop", "text": "在的"}]
    kept = await use(
        "save_case", AGENT, text="怎么退货", turns=earlier, product_id="P1", order_id=PAID,
        buyer=MINE, decision="answer", sources=["policy:returns#1"],
    )  # fmt: skip
    assert (kept.question, kept.kind) == ("怎么退货", "kept")
    assert [turn.text for turn in kept.earlier] == ["在吗", "在的"]
    assert (kept.decisions, kept.sources) == (["answer"], ["policy:returns#1"])
    (row,) = await rows(runtime, shop)
    assert row.buyer_id == buyer_id(shop, MINE)
    assert cases.of(row, {row.buyer_id: MINE}).buyer == MINE
    assert cases.of(row, {}).buyer is None
    page = await use("list_cases", VIEWER)
    assert ([item.id for item in page.items], page.total) == ([kept.id], 1)


async def test_the_same_question_is_one_case_with_its_last_expectation(use):
    first = await use("save_case", text="怎么退货", decision="answer", sources=["policy:returns#1"])
    second = await use("save_case", text="怎么退货", decision="handoff", sources=["faq:F1"])
    other = await use("save_case", text="怎么退货", product_id="P1", decision="handoff")
    assert first.id == second.id != other.id
    assert (second.decisions, second.sources) == (["handoff"], [])
    assert (await use("list_cases")).total == 2


async def test_no_case_tells_who_asked(use, runtime, shop):
    await use(
        "save_case", text=f"地址改成{ADDRESS}，收件人李小龙，电话{PHONE}，我是{MINE}",
        turns=[{"role": "shop", "text": f"{MINE}您好，李小龙收对吗？"}], buyer=MINE, order_id=PAID,
        decision="handoff",
    )  # fmt: skip
    (row,) = await rows(runtime, shop)
    kept = json.dumps([row.turns, row.expect, row.id], ensure_ascii=False)
    for value in (ADDRESS, "李小龙", PHONE, MINE):
        assert value not in kept
    for name in ("[地址]", "[姓名]", "138****5678", "[昵称]"):
        assert name in kept


async def test_the_cases_of_a_pack_are_brought_in_and_again(use, runtime, shop):
    text = (ROOT / "demo/shop/cases.jsonl").read_text("utf-8")
    count = len(text.splitlines())
    for _ in range(2):
        assert (await use("import_cases", AGENT, text=text)).cases == count
    page = await use("list_cases", size=500)
    assert page.total == count
    first = next(item for item in page.items if item.id == "yx-001")
    assert (first.kind, first.product_id, first.decisions) == ("faq", "YX10", ["answer"])
    async with runtime.db.reading(shop) as session:
        query = select(func.count()).where(
            EventRow.shop_id == shop, EventRow.type == "service.cases_imported"
        )
        assert await session.scalar(query) == 2


async def test_a_line_that_is_no_case_is_named_and_nothing_is_kept(use):
    good = json.dumps(
        {
            "id": "c1", "kind": "faq", "turns": [{"role": "shopper", "text": "在吗"}],
            "expect": {"decisions": ["answer"]},
        }
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        await use("import_cases", text=f"{good}\n\n{{}}\n")
    assert refused.value.where == "cases.jsonl:3"
    assert (await use("list_cases")).total == 0


@pytest.mark.parametrize(
    "spoilt",
    [{"id": ""}, {"id": "x" * 65}, {"order_id": "1" * 65}, {"kind": "a\u0000b"}],
)
async def test_a_case_that_could_not_be_kept_is_refused(use, spoilt):
    case = {
        "id": "c1", "kind": "faq", "turns": [{"role": "shopper", "text": "在\u2028吗"}],
        "expect": {"decisions": ["answer"]},
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        await use("import_cases", text=json.dumps({**case, **spoilt}))
    assert refused.value.where == "cases.jsonl:1"
    assert (await use("import_cases", text=json.dumps(case, ensure_ascii=False))).cases == 1


async def test_endless_brackets_are_no_case(use):
    with pytest.raises(Invalid):
        await use("import_cases", text="[" * 100_000)


async def test_there_is_an_end_to_keeping(use, monkeypatch):
    monkeypatch.setattr(cases, "MOST", 1)
    await use("save_case", text="怎么退货", decision="answer")
    await use("save_case", text="怎么退货", decision="handoff")
    with pytest.raises(Invalid):
        await use("save_case", text="怎么换货", decision="answer")


async def test_a_case_is_removed_once(use):
    kept = await use("save_case", text="怎么退货", decision="answer")
    await use("remove_case", AGENT, id=kept.id)
    assert (await use("list_cases")).total == 0
    with pytest.raises(NotFound):
        await use("remove_case", id=kept.id)


async def test_what_was_said_leaves_the_outcomes_with_the_case(use, runtime, shop):
    gone = await use("save_case", text="怎么退货", decision="answer")
    other = await use("save_case", text="能退吗", decision="answer")
    async with runtime.db.transaction(shop) as session:
        for case in (gone, other):
            outcome = ServiceOutcome(
                shop_id=shop, evaluation_id="eval_1", case_id=case.id, kind="kept",
                question=case.question, expected=["answer"], decision="answer", reply="可以的",
                sources=["order:1"], confidence=0.9, is_right=True, is_wrong=False,
            )  # fmt: skip
            session.add(outcome)
    await use("remove_case", AGENT, id=gone.id)
    async with runtime.db.reading(shop) as session:
        query = select(ServiceOutcome).where(ServiceOutcome.shop_id == shop)
        left = {row.case_id: row for row in await session.scalars(query)}
    row = left[gone.id]
    assert (row.question, row.reply, row.sources, row.is_right) == ("", "", [], True)
    assert left[other.id].reply == "可以的"


async def test_only_who_works_keeps_cases_and_only_their_shops(use, runtime, shop, other_shop_id):
    given = {"text": "怎么退货", "decision": "answer"}
    for principal in (VIEWER, shopper(shop)):
        with pytest.raises(Forbidden):
            await use("save_case", principal, **given)
    kept = await use("save_case", **given)
    await open_shop(runtime, other_shop_id, "隔壁")
    with pytest.raises(NotFound):
        await tools.call(
            runtime, "service.remove_case", {"id": kept.id}, shop_id=other_shop_id,
            principal=SYSTEM,
        )  # fmt: skip
