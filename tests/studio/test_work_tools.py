"""The wall: what is judged, made again, put back."""

from __future__ import annotations

import pytest

from tests.studio.conftest import png
from zhanggui.base.errors import Conflict, Invalid, NotFound
from zhanggui.studio import keeping
from zhanggui.studio.models import Item


async def test_works_are_filtered_and_paged(at_work):
    await at_work.goods("马克杯", "碗")
    batch = await at_work.made()
    assert len(await at_work.works(kind="scene")) == 4
    assert len(await at_work.works(product_id="p1")) == 3
    assert len(await at_work.works(q="马克")) == 3
    assert len(await at_work.works(batch_id=batch.id)) == 6
    assert await at_work.works(style="没有") == []
    page = await at_work.call("list_works", page=2, size=4)
    assert (page.total, len(page.items), page.styles) == (6, 2, ["style1", "style2"])
    scene, _ = await at_work.works(kind="scene", product_id="p1")
    assert (scene.title, scene.width, scene.height, scene.plate) == ("马克杯", 4, 8, "plate1")


async def test_works_are_approved_and_sent_back(at_work):
    await at_work.goods("马克杯")
    await at_work.made()
    one, two = await at_work.works(kind="scene")
    judged = await at_work.call("approve_works", ids=[one.id])
    assert (judged.items[0].state, judged.items[0].judged_by) == ("approved", "u1")
    judged = await at_work.call("reject_works", ids=[two.id], reason="too_dark", note="看不清")
    assert (judged.items[0].state, judged.items[0].note) == ("rejected", "看不清")
    assert [work.id for work in await at_work.works(state="rejected")] == [two.id]
    with pytest.raises(NotFound):
        await at_work.call("approve_works", ids=[one.id, "work_x"])
    told = dict(await at_work.told("works_approved", "works_rejected"))
    assert list(told["works_approved"]["works"]) == [one.id]
    assert told["works_rejected"]["reason"] == "too_dark"


async def test_the_next_take_does_otherwise_what_was_sent_back(at_work):
    await at_work.goods("马克杯")
    await at_work.made()
    first, _ = await at_work.works(kind="scene")
    judged = await at_work.call("reject_works", ids=[first.id], reason="wrong_style", remakes=True)
    batch = await at_work.until(judged.batch_id, "finished")
    assert batch.is_remake
    async with at_work.runtime.db.reading(at_work.shop_id) as session:
        (view,) = (await at_work.call("list_items", batch_id=batch.id)).items
        plan = (await session.get(Item, (at_work.shop_id, view.id))).plan
    assert (plan["kinds"], plan["scenes"], plan["styles"]) == (["scene"], 1, [])
    assert plan["without"] == ["plate1", "style1"]
    detail = await at_work.call("get_work", id=first.id)
    assert [(each.version, each.is_current) for each in detail.versions] == [
        (2, True), (1, False),
    ]  # fmt: skip
    assert {each.slot for each in detail.versions} == {"scenes/01"}
    assert len(await at_work.works(kind="scene")) == 2


async def test_an_earlier_version_becomes_the_current_one_again(at_work):
    await at_work.goods("马克杯")
    await at_work.made()
    first, _ = await at_work.works(kind="scene")
    done = await at_work.call("remake", ids=[first.id])
    await at_work.until(done.batch_id, "finished")
    assert first.id not in {work.id for work in await at_work.works(kind="scene")}
    detail = await at_work.call("roll_back", id=first.id)
    assert detail.work.is_current
    assert first.id in {work.id for work in await at_work.works(kind="scene")}
    assert len(await at_work.works(kind="scene")) == 2
    await at_work.call("roll_back", id=first.id)  # Nothing is to be done.
    assert len(await at_work.told("work_rolled_back")) == 1


async def test_published_works_are_the_listing_until_that_is_undone(at_work):
    await at_work.goods("马克杯")
    await at_work.made()
    works = await at_work.works()
    await at_work.call("approve_works", ids=[work.id for work in works])
    done = await at_work.call("publish", product_id="p1")
    assert len(done.pictures) == 2
    assert all(url.startswith(f"/api/shops/{at_work.shop_id}/pictures/") for url in done.pictures)
    listed = (await at_work.call("list_products")).items[0]
    assert (listed.listing_pictures, listed.picture_url) == (2, done.pictures[0])
    published = await at_work.works(is_published=True)
    assert [work.kind for work in published] == ["scene", "scene"]
    with pytest.raises(Conflict):
        await at_work.call("reject_works", ids=[published[0].id], reason="other")
    undone = await at_work.call("unpublish", id=done.id)
    assert undone.undone_at is not None
    assert (await at_work.call("list_products")).items[0].listing_pictures == 0
    assert await at_work.works(is_published=True) == []
    with pytest.raises(Conflict):
        await at_work.call("unpublish", id=done.id)


async def test_what_is_not_approved_is_not_published(at_work):
    await at_work.goods("马克杯")
    await at_work.made()
    with pytest.raises(Invalid):
        await at_work.call("publish", product_id="p1")
    scene, _ = await at_work.works(kind="scene")
    (copy,) = await at_work.works(kind="copy")
    with pytest.raises(Invalid, match="not approved"):
        await at_work.call("publish", product_id="p1", work_ids=[scene.id])
    await at_work.call("approve_works", ids=[copy.id, scene.id])
    with pytest.raises(Invalid, match="only pictures"):
        await at_work.call("publish", product_id="p1", work_ids=[copy.id])


async def test_the_studios_own_pictures_are_not_taken_for_base_pictures(at_work):
    await at_work.goods("马克杯")
    await at_work.made()
    scene, _ = await at_work.works(kind="scene")
    await at_work.call("approve_works", ids=[scene.id])
    await at_work.call("publish", product_id="p1", work_ids=[scene.id])
    taken = await at_work.call("take_listing_pictures", product_ids=["p1"])
    assert (taken.pictures, taken.without) == (0, ["p1"])


async def test_a_drawn_mask_has_everything_made_anew(at_work, shop_id):
    await at_work.goods("玻璃杯", "碗", shade=255)
    await at_work.made()
    queue = await at_work.call("list_cuts")
    assert {(cut.product_id, cut.state) for cut in queue.items} == {
        ("p1", "doubtful"), ("p2", "doubtful"),
    }  # fmt: skip
    cut = next(each for each in queue.items if each.product_id == "p1")
    before = {w.slot: w.url for w in await at_work.works(product_id="p1", kind="scene")}
    mask = await keeping.put(at_work.runtime.blobs, shop_id, png(7))
    judged = await at_work.call("correct_cut", frame=cut.frame, mask=mask)
    assert (judged.cut.state, judged.items) == ("corrected", 1)
    (batch,) = (await at_work.call("list_batches")).items
    assert batch.state == "running"
    await at_work.until(batch.id, "finished")
    after = await at_work.works(product_id="p1", kind="scene")
    assert {work.version for work in after} == {2}
    assert before.keys() == {work.slot for work in after}
    copies = await at_work.works(product_id="p1", kind="copy")
    assert [copy.version for copy in copies] == [1]  # Nothing of it is different.
    assert (await at_work.call("list_cuts", state="corrected")).total == 1
    accepted = await at_work.call("accept_cut", frame=queue.items[-1].frame)
    assert accepted.items == 0


async def test_a_batch_may_wait_for_a_person_to_look_at_masks(at_work):
    await at_work.goods("玻璃杯", shade=255)
    batch_id = await at_work.start(waits_for_review=True)

    async def waits():
        return (await at_work.call("list_items", batch_id=batch_id, state="review")).items

    await at_work.wait_for(waits)
    assert await at_work.works() == []
    (cut,) = (await at_work.call("list_cuts")).items
    assert (await at_work.call("accept_cut", frame=cut.frame)).items == 1
    await at_work.until(batch_id, "finished")
    assert len(await at_work.works()) == 3
