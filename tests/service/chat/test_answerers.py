"""Processes of their own that answer, as a busy server starts them."""

import asyncio
import io

import orjson
import pytest
from pydantic import SecretStr

from tests.service.chat.room import Room
from zhanggui.base import metrics
from zhanggui.base.looping import beside
from zhanggui.base.settings import Settings
from zhanggui.base.waking import Waking
from zhanggui.service.chat.answerer import Answering
from zhanggui.service.chat.answerer_process import _Teller
from zhanggui.service.chat.answerers import Answerers, answering_apart, settings_line
from zhanggui.service.chat.streaming import desk_topic


@pytest.fixture
async def room(runtime, shop, answerer):
    return await Room(runtime, shop).start()


async def answered(room, runtime, count):
    """Wait until so many messages are there; whoever waits is woken by the other process."""
    with runtime.service(Waking).listening(room.id) as signal:
        while len(await room.said()) < count:
            signal.clear()
            if len(await room.said()) < count:
                await signal.wait()


async def until(holds):
    while not holds():  # noqa: ASYNC110 # Nobody is told of it.
        await asyncio.sleep(0.05)


def told(decision):
    return metrics.ANSWERS.labels(decision)._value.get()


@pytest.mark.db
async def test_another_process_answers_and_the_next_goes_on_where_it_ended(room, runtime, shop):
    before = told("answer")
    answerers = Answerers(runtime)
    answerers.expect(shop)
    async with beside(answerers.keep_one()):
        await room.writes("发票怎么开")
        answerers.wake()
        await answered(room, runtime, 2)
        (first,) = answerers._running
        first.kill()
        await first.wait()
        await room.writes("洗碗机洗会坏吗")
        await answered(room, runtime, 4)
        (second,) = answerers._running
        # What the first had not told when it was killed is lost.
        await until(lambda: told("answer") > before)
    assert [author for author, _ in await room.said()] == ["shopper", "ai", "shopper", "ai"]
    # It was told to end, and did so by itself.
    assert second.returncode == 0


async def test_they_are_what_the_chat_tells(runtime, monkeypatch):
    monkeypatch.setattr(runtime, "settings", runtime.settings.model_copy(update={"answerers": 2}))
    async with answering_apart(runtime):
        answerers = runtime.service(Answering)
        await until(lambda: len(answerers._running) == 2)
        running = list(answerers._running)
    assert [each.returncode for each in running] == [0, 0]


def test_settings_are_handed_over_with_their_secrets(tmp_path):
    settings = Settings(data=tmp_path, secret_key=SecretStr("c2VjcmV0"), host="::1")
    assert Settings.model_validate_json(settings_line(settings)) == settings


async def test_what_is_told_is_heeded(runtime):
    heard = Answerers(runtime)
    with runtime.service(Waking).listening(desk_topic("s")) as signal:
        before = told("clarify")
        heard._heard({"wake": [desk_topic("s")], "answers": [[["clarify"], 3.0]]})
        assert signal.is_set()
        assert told("clarify") == before + 3


def test_what_was_counted_is_told_once_with_all_its_labels():
    out = io.BytesIO()
    teller = _Teller(out)
    teller.tell_counts()  # What was counted by other tests.
    out.truncate(0)
    out.seek(0)
    metrics.MODEL_CALLS.labels("fast", "m", "answered").inc(2)
    teller.tell_counts()
    teller.tell_counts()
    assert orjson.loads(out.getvalue()) == {"model_calls": [[["fast", "m", "answered"], 2.0]]}
