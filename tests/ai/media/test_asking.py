"""A picture, a film or a voice is asked for, and comes or not."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

from tests.ai.media.conftest import told
from zhanggui.ai.configuration import Configuration
from zhanggui.ai.dashscope.stub import results
from zhanggui.ai.making import MAKERS
from zhanggui.ai.media.asking import Lost
from zhanggui.ai.media.protocols import DrawRequest, FilmRequest, SpeechRequest
from zhanggui.ai.models import ModelBudget, ModelSharing
from zhanggui.ai.roster import Roster
from zhanggui.base.blobs import open_blobs
from zhanggui.base.errors import Conflict, Unavailable


async def until(is_so):
    async with asyncio.timeout(60):
        while not is_so():  # noqa: ASYNC110 # Nobody tells the test.
            await asyncio.sleep(0.01)


CAT = DrawRequest("一只猫", unwanted="文字", size=(64, 32), count=2, seed=7)


@pytest.mark.db
async def test_pictures_are_made_kept_and_paid_once(media, purpose, state, settings, calls, rows):
    made = await media.draw(CAT, purpose, "r1")
    assert (made.by, made.cost_micro, made.missed) == ("first", 400_000, ())
    blobs = open_blobs(settings)
    for key in made.keys:
        with Image.open(io.BytesIO(await blobs.get(key))) as image:
            assert (image.format, image.size) == ("PNG", (64, 32))
    assert len(made.keys) == 2
    assert await calls() == [("first", "answered", 400_000)]
    (path, body), *more = state.asked
    assert path.endswith("/text2image/image-synthesis")
    assert body == {
        "model": "t2i-1",
        "input": {"prompt": "一只猫", "negative_prompt": "文字"},
        "parameters": {"n": 2, "size": "64*32", "seed": 7},
    }
    assert not more
    # What was asked for is forgotten.
    await asyncio.sleep(0.05)
    assert not [key for key in await blobs.list(f"{purpose.shop_id}/") if "request" in key]


async def test_one_request_makes_one_task(media, purpose, state, calls):
    both = await asyncio.gather(*(media.draw(CAT, purpose, "r1") for _ in range(3)))
    assert len({each.task_id for each in both}) == 1
    assert (await media.draw(CAT, purpose, "r1")).keys == both[0].keys
    assert len(state.asked) == len(await calls()) == 1
    with pytest.raises(Conflict):
        await media.draw(DrawRequest("一条狗"), purpose, "r1")
    assert (await media.draw(CAT, purpose, "r2")).task_id != both[0].task_id


async def test_pictures_out_of_pictures_go_to_a_model_that_sees(media, purpose, state, calls):
    made = await media.draw(DrawRequest("换成海边", references=[results.picture(1)]), purpose, "r")
    assert made.by == "edit"
    path, body = state.asked[0]
    assert path.endswith("/multimodal-generation/generation")
    shown, text = body["input"]["messages"][0]["content"]
    assert shown["image"].startswith("data:image/png;base64,")
    assert text == {"text": "换成海边"}
    assert await calls() == [("edit", "answered", 300_000)]


@pytest.mark.parametrize(
    ("first", "model", "cost", "parameters"),
    [
        (None, "clip", 1_500_000, {"duration": 3, "size": "832*480"}),
        (results.picture(2), "moving", 1_800_000, {"duration": 3, "resolution": "480P"}),
    ],
)
async def test_a_film(media, purpose, state, calls, first, model, cost, parameters):
    request = FilmRequest("慢慢转一圈", first=first, seconds=3, resolution="480P")
    made = await media.film(request, purpose, "r")
    assert (made.by, made.cost_micro) == (model, cost)
    assert made.keys[0].endswith(".mp4")
    body = state.asked[0][1]
    assert body["parameters"] == parameters
    assert ("img_url" in body["input"]) == (first is not None)
    assert await calls() == [(model, "answered", cost)]


async def test_the_forms_of_a_film_and_of_a_picture(url, ledger, opened, purpose, state):
    written = told(url)
    written["models"]["moving"]["form"] = "media"
    written["models"]["edit"]["form"] = "messages_task"
    roster = Roster(Configuration.model_validate(written), ledger, MAKERS)
    media = opened(roster)
    picture = results.picture(3)
    await media.film(FilmRequest("转", first=picture), purpose, "r1")
    await media.draw(DrawRequest("换", unwanted="字", references=[picture]), purpose, "r2")
    (_, film), (path, drawn) = state.asked
    assert film["input"]["media"][0]["type"] == "first_frame"
    assert path.endswith("/image-generation/generation")
    assert drawn["parameters"] == {"n": 1, "negative_prompt": "字"}
    await roster.close()


async def test_private_values_do_not_leave(media, purpose, state, rows):
    await media.draw(DrawRequest("海报写电话13812345678，给小美", private=["小美"]), purpose, "r")
    prompt = state.asked[0][1]["input"]["prompt"]
    assert "13812345678" not in prompt
    assert "小美" not in prompt
    (row,) = await rows()
    assert row.masked == {"电话": 1, "隐私": 1}


async def test_the_key_goes_to_the_server_and_not_to_where_files_lie(media, purpose, state):
    await media.draw(CAT, purpose, "r")
    assert state.leaked_keys == 0


@pytest.mark.parametrize(
    ("faults", "outcome"),
    [
        ({"throttled": 1}, [("first", "busy", 0), ("first", "answered", 400_000)]),
        ({"failed": 1}, [("first", "down", 0), ("first", "answered", 400_000)]),
        ({"rejected": 1}, [("first", "refused", 0), ("second", "answered", 200_000)]),
        ({"error": 3}, [("first", "down", 0)] * 3 + [("second", "answered", 200_000)]),
        ({"truncated": 2}, [("first", "answered", 400_000)]),
        ({"expired": 1}, [("first", "answered", 400_000)]),
        ({"hangs": 1}, [("first", "answered", 400_000)]),
        ({"slow": 1}, [("first", "answered", 400_000)]),
    ],
)
async def test_a_fault_ends_in_a_result_that_is_paid_once(
    url, ledger, opened, purpose, state, calls, faults, outcome
):
    async def no_wait(seconds):
        await asyncio.sleep(min(seconds, 0.02))

    more = {"timeout_s": 1} if "hangs" in faults else {}
    roster = Roster(Configuration.model_validate(told(url, **more)), ledger, MAKERS)
    media = opened(roster, sleep=no_wait)
    state.faults.update(faults)
    made = await media.draw(CAT, purpose, "r")
    assert await calls() == outcome
    assert made.cost_micro == outcome[-1][2]
    assert state.bill()["pictures"] == 2
    await roster.close()


async def test_what_never_ends_is_cancelled_and_the_next_is_asked(
    url, ledger, opened, purpose, state, calls
):
    written = told(url)
    written["models"]["first"]["deadline_s"] = 0.1
    roster = Roster(Configuration.model_validate(written), ledger, MAKERS)
    media = opened(roster)
    state.faults["endless"] = 1
    made = await media.draw(CAT, purpose, "r")
    assert (made.by, made.missed) == ("second", ("first: slow",))
    # It had begun and could not be called off: what it may cost yet counts.
    assert await calls() == [("first", "slow", 400_000), ("second", "answered", 200_000)]
    await roster.close()


async def test_what_still_waits_is_called_off_for_nothing(
    url, ledger, opened, purpose, state, calls
):
    roster = Roster(Configuration.model_validate(told(url, deadline_s=0.2)), ledger, MAKERS)
    media = opened(roster)
    state.queue_s = 3600
    with pytest.raises(Unavailable, match="second: slow"):
        await media.draw(CAT, purpose, "r")
    assert await calls() == [("first", "slow", 0), ("second", "slow", 0)]
    assert [state.status(task) for task in state.tasks.values()] == ["CANCELED"] * 2
    await roster.close()


@pytest.mark.parametrize("fault", ["expired", "truncated"])
async def test_what_is_paid_and_cannot_be_had_is_told_and_not_made_again(
    media, purpose, state, calls, fault
):
    state.faults[fault] = 100
    with pytest.raises(Lost):
        await media.draw(CAT, purpose, "r")
    assert await calls() == [("first", "lost", 400_000)]
    assert len(state.asked) == 1


async def test_who_answers_at_once_and_does_not_is_not_asked_again(
    url, ledger, opened, purpose, state, calls
):
    roster = Roster(Configuration.model_validate(told(url, timeout_s=0.5)), ledger, MAKERS)
    media = opened(roster)
    state.faults["hangs"] = 1
    request = DrawRequest("换成海边", references=[results.picture(1)])
    with pytest.raises(Lost):
        await media.draw(request, purpose, "r")
    assert await calls() == [("edit", "lost", 300_000)]
    assert len(state.asked) == 1
    await roster.close()


async def test_nobody_is_asked_for_what_no_model_does(media, purpose, state, monkeypatch):
    monkeypatch.delenv("TEST_DASHSCOPE_KEY")
    assert not media.can("draw")
    with pytest.raises(Unavailable):
        await media.draw(CAT, purpose, "r")
    assert not state.asked


async def test_budgets_hold_what_is_being_made(media, purpose, database, state, clock):
    async with database.transaction(purpose.shop_id) as session:
        session.add(
            ModelBudget(
                shop_id=purpose.shop_id, room="*", daily_fen=30, monthly_fen=None,
                changed_at=clock.now, changed_by="u",
            )
        )  # fmt: skip
    state.run_s = 3600
    await media.begin(CAT, purpose, "r1")  # Costs 40 fen.
    await until(lambda: state.asked)
    with pytest.raises(Unavailable, match="budget"):
        await media.begin(CAT, purpose, "r2")
    assert len(state.asked) == 1


async def test_what_may_not_leave_stays(media, purpose, database, state, clock):
    async with database.transaction(purpose.shop_id) as session:
        session.add(
            ModelSharing(
                shop_id=purpose.shop_id, asks="nowhere", shoppers_words=True, pictures=True,
                changed_at=clock.now, changed_by="u",
            )
        )  # fmt: skip
    with pytest.raises(Unavailable, match="kept"):
        await media.draw(CAT, purpose, "r")
    assert not state.asked


async def test_a_voice(media, purpose, state, roster, calls):
    spoken = await media.speak(SpeechRequest("亲，您好"), purpose)
    assert (spoken.by, spoken.kind, spoken.sound[:4]) == ("speaker", "wav", b"RIFF")
    assert state.asked[0][1]["input"] == {"text": "亲，您好", "voice": "Cherry"}
    await roster.settle()
    assert await calls() == [("speaker", "answered", 400)]


class Embedded:
    """The engine in the program, which says one thing."""

    name, missed, by, words = "embedded", (), "embedded", ()

    def there(self):
        return True

    async def speak(self, text):
        return self

    def wav(self):
        return b"RIFF"


async def test_without_a_budget_the_embedded_voice_speaks(
    opened, roster, purpose, database, state, clock
):
    async with database.transaction(purpose.shop_id) as session:
        session.add(
            ModelBudget(
                shop_id=purpose.shop_id, room="*", daily_fen=0, monthly_fen=None,
                changed_at=clock.now, changed_by="u",
            )
        )  # fmt: skip
    spoken = await opened(roster, speech=Embedded).speak(SpeechRequest("您好"), purpose)
    assert (spoken.is_embedded, spoken.missed) == (True, ("speaker: budget_spent",))
    assert not state.asked


@pytest.mark.parametrize("fault", ["throttled", "truncated", "expired"])
async def test_a_voice_in_spite_of_a_fault(media, purpose, state, fault):
    media._sleep = lambda seconds: asyncio.sleep(0)
    state.faults[fault] = 1
    assert (await media.speak(SpeechRequest("您好"), purpose)).kind == "wav"


async def test_a_film_that_was_begun_outlives_a_deadline_of_who_waits(media, purpose, state):
    state.run_s = 0.4
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await media.film(FilmRequest("转"), purpose, "r")
    assert (await media.film(FilmRequest("转"), purpose, "r")).by == "clip"
    assert len(state.asked) == 1
