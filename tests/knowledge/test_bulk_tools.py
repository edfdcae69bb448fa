"""Many answers at a time, and back, through the one call."""

import pytest

from tests.loading import load
from zhanggui.base.errors import Forbidden, Invalid, NotFound
from zhanggui.base.principals import Principal
from zhanggui.shop.files import FaqRecord

pytestmark = pytest.mark.db

RECORDS = [
    FaqRecord(1, "怎么退货", "七天内可以退。", "F1", ("退货流程",), category="售后"),
    FaqRecord(2, "几点上班", "九点。", "F2"),
    FaqRecord(3, "", "亲，在的。", "F3", is_phrase=True),
]


@pytest.fixture
async def faqs(runtime, shop, call):
    await load(runtime, shop, RECORDS)

    async def faqs(**given):
        return await call("list_faqs", **given)

    return faqs


def whole(found):
    return [each.model_dump(mode="json") for each in found.items]


async def test_what_was_removed_comes_back_whole(faqs, call):
    before = await faqs()
    gone = await call("remove_faqs", ids=["F3", "F1"])
    assert [each.id for each in (await faqs()).items] == ["F2"]
    back = await call("restore_faqs", items=whole(gone))
    assert sorted(back.ids) == ["F1", "F3"]
    assert await faqs() == before


async def test_many_are_changed_and_changed_back(faqs, call):
    before = await faqs()
    days = {"valid_from": "2099-01-01", "valid_until": "2099-01-31"}
    first = await call("change_faqs", ids=["F1", "F2"], sets=["category"], category="常见")
    second = await call("change_faqs", ids=["F1", "F2"], sets=["days"], **days)
    changed = {each.id: each for each in (await faqs()).items}
    assert changed["F1"].category == changed["F2"].category == "常见"
    assert str(changed["F1"].valid_until) == "2099-01-31"
    assert (changed["F3"].category, changed["F3"].valid_from) == (None, None)
    for former in (second, first):
        await call("restore_faqs", items=whole(former))
    assert await faqs() == before


async def test_only_what_is_named_is_changed(faqs, call):
    await call("change_faqs", ids=["F1"], sets=["days"], valid_until="2099-01-31")
    assert (await call("get_faq", id="F1")).category == "售后"
    await call("change_faqs", ids=["F1"], sets=["category"])
    changed = await call("get_faq", id="F1")
    assert (changed.category, str(changed.valid_until)) == (None, "2099-01-31")


async def test_all_or_none(faqs, call):
    before = await faqs()
    with pytest.raises(NotFound):
        await call("remove_faqs", ids=["F1", "nobody"])
    with pytest.raises(NotFound):
        await call("change_faqs", ids=["F1", "nobody"], sets=["category"], category="常见")
    turned = {"valid_from": "2099-01-02", "valid_until": "2099-01-01"}
    with pytest.raises(Invalid):
        await call("change_faqs", ids=["F1"], sets=["days"], **turned)
    assert await faqs() == before


async def test_answers_are_listed_by_category_and_days(faqs, call, clock):
    today = clock.now.date().isoformat()
    await call("change_faqs", ids=["F1"], sets=["days"], valid_from="2099-01-01")
    await call("change_faqs", ids=["F2"], sets=["days"], valid_until="2001-01-01")
    await call("change_faqs", ids=["F3"], sets=["days"], valid_from=today, valid_until=today)

    async def ids(**given):
        return [each.id for each in (await faqs(**given)).items]

    assert await ids(validity="coming") == ["F1"]
    assert await ids(validity="past") == ["F2"]
    assert await ids(validity="told") == ["F3"]
    assert await ids(category="售后") == ["F1"]
    assert await ids(category="售后", validity="told") == []
    assert (await faqs()).categories == ["售后"]


async def test_only_an_owner_does_so(faqs, call):
    agent = Principal("a", "agent")
    gone = await call("remove_faqs", ids=["F1"])
    for name, given in (
        ("remove_faqs", {"ids": ["F2"]}),
        ("change_faqs", {"ids": ["F2"], "sets": ["category"]}),
        ("restore_faqs", {"items": whole(gone)}),
    ):
        with pytest.raises(Forbidden):
            await call(name, agent, **given)
