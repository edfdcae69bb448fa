"""What was made once is not paid for twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ai.media.conftest import told
from zhanggui.ai.cache import Cache, Keep
from zhanggui.ai.configuration import Configuration
from zhanggui.ai.making import MAKERS
from zhanggui.ai.media.protocols import DrawRequest, SpeechRequest
from zhanggui.ai.media.texts import Texts
from zhanggui.ai.models import ModelBudget
from zhanggui.ai.roster import Roster
from zhanggui.base.blobs import KIND, open_blobs
from zhanggui.base.errors import NotFound, Unavailable, not_found

CAT = DrawRequest("一只猫", seed=7)
DAY, EVERYBODY = Keep(timedelta(days=1)), Keep(timedelta(days=1), "house")


@pytest.mark.db
async def test_a_picture_that_was_made_is_taken_again(media, purpose, state, ledger, calls, clock):
    first = await media.draw(CAT, purpose, "r1", keep=DAY)
    again = await media.draw(CAT, purpose, "r2", keep=DAY)
    assert again.by == first.by
    assert again.keys != first.keys
    assert again.cost_micro == 0
    assert state.bill()["pictures"] == 1
    await ledger.settle()
    assert sorted(await calls()) == [("first", "answered", 200_000), ("first", "cached", 0)]
    assert await media.draw(CAT, purpose, "r2", keep=DAY) == again
    clock.stand_at(clock.now + timedelta(days=2))
    await media.draw(CAT, purpose, "r3", keep=DAY)
    assert state.bill()["pictures"] == 2


async def test_it_is_the_same_picture(media, purpose, settings):
    first = await media.draw(CAT, purpose, "r1", keep=DAY)
    again = await media.draw(CAT, purpose, "r2", keep=DAY)
    blobs = open_blobs(settings)
    assert await blobs.get(first.keys[0]) == await blobs.get(again.keys[0])


async def test_who_does_not_say_so_has_it_made(media, purpose, state):
    await media.draw(CAT, purpose, "r1", keep=DAY)
    await media.draw(CAT, purpose, "r2")
    await media.draw(DrawRequest("一只猫", seed=8), purpose, "r3", keep=DAY)
    assert state.bill()["pictures"] == 3


async def test_a_file_that_is_gone_is_made_anew(media, purpose, state, settings):
    first = await media.draw(CAT, purpose, "r1", keep=DAY)
    await open_blobs(settings).delete(first.keys[0])
    await media.draw(CAT, purpose, "r2", keep=DAY)
    assert state.bill()["pictures"] == 2


@pytest.mark.db
async def test_another_shop_has_only_what_is_everybodys(
    media, purpose, other_shop_id, state, settings
):
    other = replace(purpose, shop_id=other_shop_id)
    await media.draw(CAT, purpose, "r1", keep=DAY)
    await media.draw(CAT, other, "r1", keep=EVERYBODY)
    assert state.bill()["pictures"] == 2
    await media.draw(CAT, purpose, "r2", keep=EVERYBODY)
    assert state.bill()["pictures"] == 2
    mine = await media.draw(CAT, purpose, "r3", keep=EVERYBODY)
    assert mine.keys[0].startswith(purpose.shop_id)


async def test_a_file_that_is_deleted_while_it_is_copied_is_made_anew(
    media, purpose, state, monkeypatch
):
    await media.draw(DrawRequest("一只猫", count=2), purpose, "r1", keep=DAY)
    kept = list(await media._blobs.list(f"{purpose.shop_id}/"))
    real = media._blobs.get

    async def get(key):
        if key == last:
            raise not_found(KIND, key)
        return await real(key)

    last = max(key for key in kept if key.endswith(".png"))
    monkeypatch.setattr(media._blobs, "get", get)
    await media.draw(DrawRequest("一只猫", count=2), purpose, "r2", keep=DAY)
    assert state.bill()["pictures"] == 4
    pictures = [key for key in await media._blobs.list(f"{purpose.shop_id}/") if ".png" in key]
    assert len(pictures) == 4


async def test_copies_for_a_request_that_was_taken_meanwhile_are_deleted(media, purpose, state):
    await media.draw(CAT, purpose, "r1", keep=DAY)
    await asyncio.gather(*(media.draw(CAT, purpose, "r2", keep=DAY) for _ in range(4)))
    pictures = [key for key in await media._blobs.list(f"{purpose.shop_id}/") if ".png" in key]
    assert len(pictures) == 2
    assert state.bill()["pictures"] == 1


async def test_what_is_free_is_had_without_a_budget(media, purpose, database, clock):
    made = await media.draw(CAT, purpose, "r1", keep=DAY)
    async with database.transaction(purpose.shop_id) as session:
        session.add(
            ModelBudget(
                shop_id=purpose.shop_id, room="*", daily_fen=0, monthly_fen=None,
                changed_at=clock.now, changed_by="u",
            )
        )  # fmt: skip
    again = await media.draw(CAT, purpose, "r2", keep=DAY)
    assert (again.by, again.cost_micro) == (made.by, 0)
    with pytest.raises(Unavailable):
        await media.draw(CAT, purpose, "r3")


async def test_a_file_of_another_shop_is_not_given(media, purpose, other_shop_id):
    (key,) = (await media.draw(CAT, purpose, "r1")).keys
    assert await media.file(purpose.shop_id, key)
    for shop_id, name in (
        (other_shop_id, key),
        (purpose.shop_id, "test-shop/orders/x"),
        (purpose.shop_id, key.rpartition("/")[0] + "/../x"),
    ):
        with pytest.raises(NotFound):
            await media.file(shop_id, name)


async def test_a_voice_is_kept_unless_it_tells_something_private(media, purpose, state):
    said = SpeechRequest("七天内可以退货")
    first = await media.speak(said, purpose, keep=DAY)
    again = await media.speak(said, purpose, keep=DAY)
    assert (again.sound, again.kind, again.by) == (first.sound, first.kind, first.by)
    assert len(state.asked) == 1
    await media.speak(replace(said, voice="Ethan"), purpose, keep=DAY)
    assert len(state.asked) == 2


async def test_a_text_is_embedded_once(roster, purpose, state, settings):
    texts = Texts(roster, lambda: None, cache=Cache(open_blobs(settings)))
    one = await texts.embed(["七天退货", "包邮", "七天退货"], "passage", purpose, keep=DAY)
    assert one.vectors.shape[0] == 3
    sent = [body["input"]["texts"] for _, body in state.asked]
    assert sent == [["七天退货", "包邮"]]
    two = await texts.embed(["包邮", "开发票", "七天退货"], "passage", purpose, keep=DAY)
    assert state.asked[-1][1]["input"]["texts"] == ["开发票"]
    assert (two.name, two.version) == (one.name, one.version)
    assert (two.vectors[0] == one.vectors[1]).all()
    assert (two.vectors[2] == one.vectors[0]).all()
    await texts.embed(["包邮"], "query", purpose, keep=DAY)
    assert state.asked[-1][1]["input"]["texts"] == ["包邮"]


async def test_a_model_that_is_configured_otherwise_makes_it_anew(
    opened, url, ledger, purpose, state
):
    written = told(url)
    roster = Roster(Configuration.model_validate(written), ledger, MAKERS)
    await opened(roster).draw(CAT, purpose, "r1", keep=DAY)
    await roster.close()
    written["models"]["first"]["model"] = "t2i-newer"
    roster = Roster(Configuration.model_validate(written), ledger, MAKERS)
    await opened(roster).draw(CAT, purpose, "r2", keep=DAY)
    await roster.close()
    assert state.bill()["pictures"] == 2
