"""Batches from beginning to end, with steps that cost nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from unittest.mock import Mock

import pytest
from sqlalchemy import insert, select

from tests.studio.batches.cheap_steps import MENDED, SLOW
from tests.studio.conftest import PLAN, making, png
from zhanggui.base.errors import Conflict, Invalid, NotFound, TooLarge
from zhanggui.base.words import speaking
from zhanggui.shop.models import Product
from zhanggui.studio import cuts, keeping
from zhanggui.studio.batches import batch_store, carrying, child, feeding, steering
from zhanggui.studio.batches.carrying import Carrier, FailedError
from zhanggui.studio.batches.workshop import Workshop
from zhanggui.studio.models import Item


@pytest.mark.db
async def test_a_batch_makes_everything_of_every_product(studio, engine):
    await studio.goods("马克杯", "碗", "盘")
    async with making(studio.runtime):
        batch = await studio.made(name="秋季")
    assert (batch.name, batch.done, batch.failed, batch.left) == ("秋季", 3, 0, 0)
    assert (batch.share, batch.seconds_left) == (1.0, 0.0)
    assert [(step.name, step.done, step.total) for step in batch.steps] == [
        ("prepare", 3, 3), ("copy", 3, 3), ("scene", 3, 3),
    ]  # fmt: skip
    works = await studio.works()
    assert len(works) == 9
    assert {(each.kind, each.slot, each.version) for each in works} == {
        ("scene", "scenes/01", 1), ("scene", "scenes/02", 1), ("copy", "copy", 1),
    }  # fmt: skip
    told = [kind for kind, _ in await studio.told()]
    assert told.count("item_made") == 3
    assert told[-1] == "batch_finished"


async def test_what_lay_between_the_steps_is_gone_when_all_is_made(studio, shop_id):
    await studio.goods("马克杯")
    async with making(studio.runtime):
        await studio.made()
    assert await studio.runtime.blobs.list(f"{shop_id}/{keeping.STEPS}/") == []
    folders = studio.runtime.settings.data / "studio" / "local"
    assert list(folders.glob("*")) == []


async def test_one_products_failure_stops_nobody_else(studio):
    await studio.goods("refuse", "碗", "crash")
    async with making(studio.runtime):
        batch = await studio.made()
        assert (batch.done, batch.failed) == (1, 2)
        refused, crashed = batch.failures
        assert (refused.step, refused.error.code, refused.error.message) == (
            "scene", "invalid", "放不下",
        )  # fmt: skip
        assert refused.error.hint == "换一张"
        assert (crashed.step, crashed.error.code) == ("scene", "crashed")
        assert "ZHANGGUI_STUDIO_JOBS" in crashed.error.hint
        with speaking("en"):
            again = await studio.call("get_batch", batch_id=batch.id)
        assert again.failures[0].error.message == "it does not fit"
    failed = await studio.told("item_failed")
    assert [data["step"] for _, data in failed] == ["scene", "scene"]


async def test_what_failed_is_tried_again_from_where_it_failed(studio, tmp_path, monkeypatch):
    monkeypatch.setenv(MENDED, str(tmp_path / "mended"))
    await studio.goods("refuse", "碗")
    async with making(studio.runtime):
        batch = await studio.made()
        (failed,) = batch.failures
        (tmp_path / "mended").touch()
        first = (await studio.told("item_failed"))[0][1]["steps"]
        await studio.call("retry_items", batch_id=batch.id, item_ids=[failed.id])
        batch = await studio.until(batch.id, "finished")
        assert (batch.done, batch.failed) == (2, 0)
        made = [data for _, data in await studio.told("item_made") if data["attempt"] == 2]
        assert [each["steps"]["prepare"] for each in made] == [first["prepare"]]
        with pytest.raises(Conflict):
            await studio.call("retry_items", batch_id=batch.id)
        with pytest.raises(NotFound):
            await studio.call("retry_items", batch_id=batch.id, item_ids=["item_x"])


async def test_a_paused_batch_begins_no_step_and_goes_on_when_told(studio, monkeypatch):
    monkeypatch.setenv(SLOW, "0.2")
    await studio.goods(*map(str, range(6)))
    async with making(studio.runtime):
        batch_id = await studio.start()

        async def one_runs():
            return (await studio.call("list_items", batch_id=batch_id, state="running")).items

        await studio.wait_for(one_runs)
        paused = await studio.call("pause_batch", batch_id=batch_id)
        assert paused.state == "paused"

        async def none_runs():
            return not await one_runs()

        await studio.wait_for(none_runs)
        still = await studio.call("get_batch", batch_id=batch_id)
        assert still.left > 0
        assert still.states.keys() <= {"waiting", "queued", "done"}
        with pytest.raises(Conflict, match="paused"):
            await studio.call("pause_batch", batch_id=batch_id)
        monkeypatch.delenv(SLOW)
        await studio.call("resume_batch", batch_id=batch_id)
        batch = await studio.until(batch_id, "finished")
    assert (batch.done, batch.failed) == (6, 0)
    assert len(await studio.works()) == 18
    told = [kind for kind, _ in await studio.told() if kind.startswith("batch")]
    assert told == ["batch_started", "batch_paused", "batch_resumed", "batch_finished"]


async def test_a_cancelled_batch_makes_nothing_more_and_can_be_taken_up(studio):
    await studio.goods("马克杯", "碗")
    batch_id = await studio.start()  # Nothing is at work yet.
    cancelled = await studio.call("cancel_batch", batch_id=batch_id)
    assert (cancelled.state, cancelled.states) == ("cancelled", {"cancelled": 2})
    with pytest.raises(Conflict):
        await studio.call("cancel_batch", batch_id=batch_id)
    with pytest.raises(Conflict):
        await studio.call("resume_batch", batch_id=batch_id)
    async with making(studio.runtime):
        assert await feeding.feed(studio.runtime, studio.shop_id) == 0
        assert await studio.works() == []
        await studio.call("retry_items", batch_id=batch_id)
        batch = await studio.until(batch_id, "finished")
    assert batch.done == 2


async def test_products_without_pictures_are_named_or_left_out(studio):
    await studio.goods("马克杯", "碗", pictures=False)
    await studio.picture("p2", png())
    with pytest.raises(Invalid) as told:
        await studio.start()
    assert "马克杯" in str(told.value.what)
    assert "碗" not in str(told.value.what)
    batch = await studio.call("get_batch", batch_id=await studio.start(with_pictures_only=True))
    assert batch.items == 1
    with pytest.raises(NotFound):
        await studio.start(product_ids=["p2", "p9"])
    with pytest.raises(Invalid):
        await studio.start(q="没有的")
    assert (await studio.call("list_batches")).total == 1


async def test_a_sku_with_pictures_of_its_own_is_made_by_itself(studio):
    await studio.goods("马克杯")
    await studio.sku("p1", "红", 6900)
    await studio.picture("p1", png(30), "红")
    batch_id = await studio.start()
    items = (await studio.call("list_items", batch_id=batch_id)).items
    assert [(item.product_id, item.sku_id, item.title) for item in items] == [
        ("p1", None, "马克杯"), ("p1", "红", "马克杯 红"),
    ]  # fmt: skip
    async with studio.runtime.db.reading(studio.shop_id) as session:
        query = select(Item.facts).where(Item.shop_id == studio.shop_id).order_by(Item.number)
        plain, red = list(await session.scalars(query))
    assert (plain["price_fen"], red["price_fen"], red["attributes"]) == (5900, 6900, {"颜色": "红"})


async def test_the_same_input_gives_the_same_bytes(studio):
    await studio.goods("马克杯", "碗")
    async with making(studio.runtime):
        first = await studio.made()
        second = await studio.made()
    one, two = [await studio.works(batch_id=each.id) for each in (first, second)]
    assert {(w.product_id, w.slot) for w in one} == {(w.product_id, w.slot) for w in two}
    assert await _digests(studio, first.id) == await _digests(studio, second.id)
    assert {work.version for work in two} == {2}


async def _digests(studio, batch_id):
    from zhanggui.studio.models import Work

    async with studio.runtime.db.reading(studio.shop_id) as session:
        query = select(Work).where(Work.shop_id == studio.shop_id, Work.batch_id == batch_id)
        return {(row.product_id, row.slot): row.digest for row in await session.scalars(query)}


async def test_a_small_batch_does_not_wait_for_a_large_one(studio, monkeypatch):
    monkeypatch.setenv(SLOW, "0.05")
    await studio.goods(*map(str, range(10)))
    async with making(studio.runtime, jobs=1):
        large = await studio.start()
        small = await studio.start(product_ids=["p10"])
        await studio.until(small, "finished")
        assert (await studio.call("get_batch", batch_id=large)).state == "running"
        await studio.until(large, "finished")


async def test_a_batch_that_nobody_worked_on_is_begun_at_the_next_start(studio):
    await studio.goods("马克杯")
    batch_id = await studio.start(plan={**PLAN, "kinds": ["copy"]})
    async with making(studio.runtime):
        batch = await studio.until(batch_id, "finished")
    assert batch.done == 1


async def test_what_waited_in_a_paused_batch_is_made_when_what_failed_is_tried_again(
    studio, tmp_path, monkeypatch
):
    monkeypatch.setenv(MENDED, str(tmp_path / "mended"))
    monkeypatch.setenv(SLOW, "0.1")
    await studio.goods("refuse", "碗", "盘", "杯")
    async with making(studio.runtime):
        batch_id = await studio.start()

        async def states():
            return (await studio.call("get_batch", batch_id=batch_id)).states

        async def one_failed():
            return (await states()).get("failed")

        async def all_laid_aside():
            return (await states()).keys() <= {"failed", "done", "waiting"}

        await studio.wait_for(one_failed)
        await studio.call("pause_batch", batch_id=batch_id)
        await studio.wait_for(all_laid_aside)
        assert (await states())["waiting"]
        (tmp_path / "mended").touch()
        await studio.call("retry_items", batch_id=batch_id)
        batch = await studio.until(batch_id, "finished")
    assert (batch.done, batch.failed) == (4, 0)


async def test_a_cancelled_item_can_be_taken_up_after_a_restart(studio, shop_id, monkeypatch):
    monkeypatch.setenv(SLOW, "0.3")
    await studio.goods("马克杯")
    blobs = studio.runtime.blobs

    async def kept():
        return await blobs.list(f"{shop_id}/{keeping.STEPS}/")

    async with making(studio.runtime):
        batch_id = await studio.start()
        await studio.wait_for(kept)
        await studio.call("cancel_batch", batch_id=batch_id)

        async def is_cancelled():
            return "cancelled" in (await studio.call("get_batch", batch_id=batch_id)).states

        await studio.wait_for(is_cancelled)
        assert await kept()
        await feeding._sweep(studio.runtime)  # As the next start does.
        assert not await kept()
        await studio.call("retry_items", batch_id=batch_id)
        batch = await studio.until(batch_id, "finished")
    assert (batch.done, batch.failed) == (1, 0)


async def test_a_doubtful_mask_brings_no_cancelled_batch_back(studio, monkeypatch):
    monkeypatch.setenv(SLOW, "0.3")
    await studio.goods("玻璃杯", shade=255)
    async with making(studio.runtime):
        batch_id = await studio.start(waits_for_review=True)

        async def it():
            return (await studio.call("list_items", batch_id=batch_id)).items[0]

        async def is_at_work():
            return (await it()).step == "prepare"

        async def is_laid_aside():
            return (await it()).state != "running"

        await studio.wait_for(is_at_work)
        await studio.call("cancel_batch", batch_id=batch_id)
        await studio.wait_for(is_laid_aside)
        (cut,) = (await studio.call("list_cuts")).items
        await studio.call("accept_cut", frame=cut.frame)
        batch = await studio.call("get_batch", batch_id=batch_id)
    assert (batch.state, batch.states) == ("cancelled", {"cancelled": 1})


@pytest.mark.db
async def test_who_has_lost_an_item_meanwhile_writes_nothing_of_it(studio, engine):
    await studio.goods("马克杯")
    batch_id = await studio.start()
    runtime, shop_id = studio.runtime, studio.shop_id
    (item,) = (await studio.call("list_items", batch_id=batch_id)).items
    carrier = Carrier(runtime, runtime.service(Workshop), shop_id, item.id)
    assert await carrier._take(1)
    async with runtime.db.transaction(shop_id) as session:
        await steering.held(session, shop_id, batch_id)
        row = await batch_store.item(session, shop_id, item.id)
        assert row
        steering.again(row)
        await session.flush()
        failing = asyncio.create_task(
            carrier._fail(FailedError("prepare", child.broken("prepare")))
        )
        await asyncio.sleep(0.3)
    await failing
    (item,) = (await studio.call("list_items", batch_id=batch_id)).items
    assert (item.state, item.attempt, item.error) == ("waiting", 2, None)


@pytest.mark.db
async def test_a_batch_of_too_many_products_is_refused_and_one_of_a_large_shop_is_not(
    studio, engine
):
    """PostgreSQL takes 32,767 arguments."""
    await studio.goods("马克杯")
    shop_id = studio.shop_id
    rows = [
        {"shop_id": shop_id, "id": f"x{number}", "title": "碗", "pictures": []}
        for number in range(33_000)
    ]
    async with studio.runtime.db.transaction(shop_id) as session:
        for at in range(0, len(rows), 2_000):
            await session.execute(insert(Product), rows[at : at + 2_000])
    with pytest.raises(TooLarge):
        await studio.start()
    batch_id = await studio.start(with_pictures_only=True)
    assert (await studio.call("get_batch", batch_id=batch_id)).items == 1
    assert (await studio.call("take_listing_pictures")).products == 0


async def test_a_plan_is_no_larger_than_thousands_of_items_can_each_keep(studio):
    await studio.goods("马克杯")
    for wrong in ({"styles": ["x" * 65]}, {"layouts": ["x"] * 501}, {"without": ["x"] * 501}):
        with pytest.raises(Invalid):
            await studio.start(plan={**PLAN, **wrong})


@pytest.mark.db
async def test_what_the_database_refuses_for_good_ends_the_item(studio, engine, monkeypatch):
    monkeypatch.setattr(carrying, "_AGAIN_S", 0.01)
    monkeypatch.setattr(carrying, "log", Mock())  # To draw its tracebacks takes longer than all.
    seen = cuts.seen

    def unstorable(*given):
        return [replace(each, name="x" * 300, method="\0") for each in seen(*given)]

    monkeypatch.setattr(cuts, "seen", unstorable)
    await studio.goods("马克杯")
    async with making(studio.runtime):
        batch = await studio.made()
    if engine == "postgresql":  # SQLite takes anything.
        assert [each.error.code for each in batch.failures] == ["broken"]
