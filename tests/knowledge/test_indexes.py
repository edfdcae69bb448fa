"""Indexes kept true to the tables."""

import asyncio
from datetime import date

import pytest

from tests.embedders import StubEngines
from tests.loading import load
from zhanggui.ai import Engines
from zhanggui.base import tools
from zhanggui.base.principals import SYSTEM
from zhanggui.knowledge import adding, open_indexes, opening
from zhanggui.knowledge import indexes as module
from zhanggui.knowledge.adding import File
from zhanggui.shop.files import FaqRecord, PolicyRecord, ProductRecord, SkuRecord

pytestmark = pytest.mark.db
FAQS = [
    FaqRecord(1, "怎么退货", "七天内可以退", "F1", ("不想要了能退吗", "退货流程")),
    FaqRecord(2, "能开票吗", "可以开电子发票", "F2", ("发票怎么开",)),
]


async def first(indexes, shop, text):
    found = (await indexes.whole(shop)).retriever.search(text).candidates
    return (found[0].entry.id, found[0].entry.text) if found else None


async def test_a_change_shows_in_the_next_answer(indexes, runtime, shop):
    assert await first(indexes, shop, "发票怎么开") is None
    await load(runtime, shop, FAQS)
    assert await first(indexes, shop, "发票怎么开") == ("faq:F2", "可以开电子发票")
    given = {"id": "F2", "question": "能开票吗", "answer": "只开纸质发票"}
    await tools.call(runtime, "knowledge.save_faq", given, shop_id=shop, principal=SYSTEM)
    assert await first(indexes, shop, "能开票吗") == ("faq:F2", "只开纸质发票")
    removed = {"id": "F2"}
    await tools.call(runtime, "knowledge.remove_faq", removed, shop_id=shop, principal=SYSTEM)
    assert (await first(indexes, shop, "能开票吗"))[0] == "faq:F1"


async def test_what_has_not_changed_is_not_built_again(indexes, runtime, shop):
    await load(runtime, shop, FAQS)
    assert await indexes.whole(shop) is await indexes.whole(shop)


async def test_a_new_version_of_a_policy_is_found_from_its_day_on(indexes, runtime, shop, clock):
    versions = [
        PolicyRecord(1, "returns", "退货", ("退货期七天",), date(2026, 1, 1)),
        PolicyRecord(1, "returns", "退货", ("退货期十五天",), date(2026, 6, 2)),
    ]
    await load(runtime, shop, versions)
    assert (await first(indexes, shop, "退货期"))[1] == "退货期七天"
    clock.move(days=1)
    assert (await first(indexes, shop, "退货期"))[1] == "退货期十五天"


async def test_an_answer_is_found_on_its_days_alone(indexes, runtime, shop, clock):
    days = {"valid_from": "2026-06-02", "valid_until": "2026-06-03"}
    given = {"question": "大促几点开始", "answer": "晚上八点", **days}
    await tools.call(runtime, "knowledge.save_faq", given, shop_id=shop, principal=SYSTEM)
    seen = []
    for _ in range(4):
        seen.append(await first(indexes, shop, "大促几点开始") is not None)
        clock.move(days=1)
    assert seen == [False, True, True, False]


async def test_a_policy_written_by_hand_is_found_until_its_version_goes(indexes, runtime, shop):
    given = {"id": "returns", "title": "退货", "clauses": ["退货期七天"]}
    newer = {**given, "effective": "2026-01-01", "clauses": ["退货期十五天"]}
    for each in (given, newer):
        await tools.call(runtime, "knowledge.save_policy", each, shop_id=shop, principal=SYSTEM)
    assert await first(indexes, shop, "退货期") == ("policy:returns#1", "退货期十五天")
    gone = {"id": "returns", "effective": "2026-01-01"}
    name = "knowledge.remove_policy_version"
    await tools.call(runtime, name, gone, shop_id=shop, principal=SYSTEM)
    assert await first(indexes, shop, "退货期") == ("policy:returns#1", "退货期七天")


async def test_what_a_document_says_is_found_as_the_version_in_force_says_it(
    indexes, runtime, shop, clock
):
    manual = File("手册.md", "# 水壶手册\n## 质保\n- 整机一年。\n- 电池半年。\n".encode())
    outcome, _ = await adding.add(runtime, shop, SYSTEM, manual)
    assert outcome.output is not None
    document_id = outcome.output.model_dump()["id"]
    assert await first(indexes, shop, "水壶质保整机") == (f"document:{document_id}#1", "整机一年。")
    newer = File("手册.md", "## 质保\n整机两年。\n".encode(), None, date(2026, 6, 2), document_id)
    await adding.add(runtime, shop, SYSTEM, newer)
    assert (await first(indexes, shop, "水壶质保整机"))[1] == "整机一年。"
    clock.move(days=1)
    assert (await first(indexes, shop, "水壶质保整机"))[1] == "整机两年。"
    removed = {"id": document_id}
    await tools.call(runtime, "knowledge.remove_document", removed, shop_id=shop, principal=SYSTEM)
    assert await first(indexes, shop, "水壶质保整机") is None


async def test_goods_are_found(indexes, runtime, shop):
    goods = [
        ProductRecord(1, "P1", "山月饭碗", "餐具"),
        SkuRecord(1, "P1-1", "P1", attributes={"颜色": "米白"}),
    ]
    await load(runtime, shop, goods)
    index = await indexes.whole(shop)
    assert index.retriever.has_vectors
    assert index.retriever.search("米白饭碗").products[0].entry.id == "product:P1"


async def test_it_answers_by_characters_while_vectors_are_computed(
    indexes, runtime, shop, monkeypatch
):
    monkeypatch.setattr(module, "AT_ONCE", 0)
    await load(runtime, shop, FAQS)
    async with runtime.db.reading(shop) as session:
        index = await indexes.current(session, shop)
        assert not index.is_whole
        assert not index.retriever.has_vectors
        assert index.retriever.search("发票怎么开").candidates[0].entry.id == "faq:F2"
        for _ in range(500):
            index = await indexes.current(session, shop)
            if index.is_whole:
                break
            await asyncio.sleep(0.01)
    assert index.retriever.has_vectors


async def test_without_an_embedder_it_is_whole_by_characters(runtime, shop):
    runtime.services[Engines] = StubEngines(runtime.settings, None)
    indexes = open_indexes(runtime)
    await load(runtime, shop, FAQS)
    assert await first(indexes, shop, "发票怎么开") == ("faq:F2", "可以开电子发票")
    assert not (await indexes.whole(shop)).retriever.has_vectors


async def test_another_process_reads_the_vectors_that_are_kept(indexes, runtime, shop):
    await load(runtime, shop, FAQS)
    await indexes.whole(shop)
    embedded = runtime.service(Engines).embedder().embedded
    before = len(embedded)
    restarted = open_indexes(runtime)
    assert (await restarted.whole(shop)).retriever.has_vectors
    assert len(embedded) == before


async def test_shops_are_kept_apart(indexes, runtime, shop, other_shop_id):
    await load(runtime, shop, FAQS)
    assert await first(indexes, other_shop_id, "发票怎么开") is None


async def test_a_running_house_follows_what_changes(runtime, shop, monkeypatch):
    monkeypatch.setattr(opening, "PERIOD", 0.01)
    async with opening.started(runtime):
        indexes = runtime.service(module.Indexes)
        await asyncio.sleep(0.05)
        assert shop not in indexes._indexes
        await load(runtime, shop, FAQS)
        for _ in range(500):
            if shop in indexes._indexes:
                break
            await asyncio.sleep(0.01)
        assert indexes._indexes[shop].retriever.entries
