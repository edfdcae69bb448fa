"""Conflicts as they are found, judged and merged, through the one call."""

import pytest

from tests.knowledge.conftest import OWNER
from tests.loading import load
from zhanggui.base import tools
from zhanggui.base.errors import Forbidden, Invalid, NotFound
from zhanggui.base.principals import Principal
from zhanggui.knowledge.conflict_tools import ConflictList
from zhanggui.knowledge.learning import MOST_WORDINGS
from zhanggui.shop.files import FaqRecord, PolicyRecord
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db
AGENT = Principal("usr_agent", "agent")

RECORDS = [
    FaqRecord(1, "怎么退货", "签收后7天内没用过可以退货。", "F1", ("不想要了能退吗",)),
    PolicyRecord(1, "returns", "退换", ("签收后15天内可以退货。", "包装留好。")),
    FaqRecord(2, "能开发票吗", "可以开电子发票，下单时填抬头。", "F2", ("有票吗",)),
    FaqRecord(
        3, "可以开发票吗", "可以开电子发票，下单时填好抬头。", "F3", ("发票怎么开", "有票吗")
    ),
]


@pytest.fixture
async def find(runtime, shop, indexes, call):
    await load(runtime, shop, RECORDS)

    async def find(principal=AGENT, **given):
        return await call("find_conflicts", principal, **given)

    return find


def sides(found):
    return [(each.kind, each.first.id, each.second.id) for each in found.items]


async def test_conflicts_are_found_with_what_both_say(find):
    found = await find()
    assert sides(found) == [
        ("contradiction", "faq:F1", "policy:returns#1"),
        ("duplicate", "faq:F2", "faq:F3"),
    ]
    first = found.items[0]
    assert (first.first.about, first.second.about) == ("怎么退货", "退换")
    assert "7天" in first.reason
    assert "15天" in first.reason
    assert found.dismissed == 0


async def test_what_is_corrected_is_no_conflict_any_more(find, call):
    await call("save_policy", id="returns", title="退换", clauses=["签收后7天内可以退货。"])
    assert sides(await find()) == [("duplicate", "faq:F2", "faq:F3")]


async def test_what_is_no_conflict_is_remembered_until_it_is_changed(find, call):
    told = (await find()).items[0]
    await call("judge_conflict", AGENT, id=told.id, is_conflict=False)
    await call("judge_conflict", AGENT, id=told.id, is_conflict=False)
    found = await find()
    assert sides(found) == [("duplicate", "faq:F2", "faq:F3")]
    assert found.dismissed == 1
    assert [each.id for each in (await find(dismissed=True)).items] == [told.id]
    await call("save_policy", id="returns", title="退换", clauses=["签收后10天内可以退货。"])
    assert len((await find()).items) == 2


async def test_a_judgement_is_taken_back(find, call):
    told = (await find()).items[0]
    for is_conflict in (False, True, True):
        await call("judge_conflict", id=told.id, is_conflict=is_conflict)
    assert (await find()).items[0].id == told.id


async def test_two_answers_become_one(find, call):
    merged = await call("merge_faqs", keep="F2", drop="F3")
    assert merged.answer == "可以开电子发票，下单时填抬头。"
    assert merged.similar == ["有票吗", "可以开发票吗", "发票怎么开"]
    assert [each.id for each in (await call("list_faqs")).items] == ["F1", "F2"]
    assert [each.kind for each in (await find()).items] == ["contradiction"]


async def test_what_cannot_be_merged_stays(find, call):
    with pytest.raises(Invalid):
        await call("merge_faqs", keep="F2", drop="F2")
    for given in ({"keep": "F2", "drop": "nobody"}, {"keep": "nobody", "drop": "F2"}):
        with pytest.raises(NotFound):
            await call("merge_faqs", **given)
    many = [f"第{n}种问法" for n in range(MOST_WORDINGS)]
    full = await call("save_faq", question="几点上班", similar=many, answer="九点")
    with pytest.raises(Invalid):
        await call("merge_faqs", keep=full.id, drop="F2")
    assert (await call("list_faqs")).total == 4


async def test_who_may_do_what(find, call):
    told = (await find(Principal("v", "viewer"))).items[0]
    with pytest.raises(Forbidden):
        await call("judge_conflict", Principal("v", "viewer"), id=told.id, is_conflict=False)
    with pytest.raises(Forbidden):
        await call("merge_faqs", AGENT, keep="F2", drop="F3")
    with pytest.raises(Forbidden):
        await find(Principal("b", "shopper", buyer_id="b"))
    with pytest.raises(Invalid):
        await call("judge_conflict", id="x", is_conflict=False)


async def test_one_shops_judgement_is_not_anothers(find, call, runtime, other_shop_id):
    await open_shop(runtime, other_shop_id, "别家")
    await load(runtime, other_shop_id, RECORDS, "imp_2")
    told = (await find()).items[0]
    await call("judge_conflict", id=told.id, is_conflict=False)
    outcome = await tools.call(
        runtime, "knowledge.find_conflicts", {}, shop_id=other_shop_id, principal=OWNER
    )
    assert isinstance(outcome.output, ConflictList)
    assert len(outcome.output.items) == 2
