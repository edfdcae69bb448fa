"""A role is asked, and whoever can, answers; what fails is tried again, passed over, and told."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from tests.ai.language.conftest import HELLO, PURPOSE
from tests.ai.language.server import ANSWER, Does
from tests.speakers import Speaker
from zhanggui.ai.patience import FAILURES, LEFT_ALONE, LONGEST_WAIT_S, TRIES
from zhanggui.ai.protocols import ChatReply, Used
from zhanggui.base import clock
from zhanggui.base.errors import Unavailable
from zhanggui.base.words import Text


async def whole(stream):
    """The parts of a stream, and its reply."""
    parts = [part async for part in stream]
    return parts[:-1], parts[-1]


async def test_the_first_model_of_a_role_answers_and_is_entered(speaking_to, stub, other, ledger):
    language = speaking_to(stub, other)
    reply = await language.reply("fast", HELLO, PURPOSE)
    assert reply == ChatReply(ANSWER, "first", Used(20, 5))
    assert not other.asked
    (entry,) = ledger.entries
    assert (entry.purpose, entry.role, entry.model) == (PURPOSE, "fast", "first")
    # 20 tokens at 0.3 yuan a million and 5 at 6: 6 + 30 millionths of a yuan.
    assert (entry.outcome, entry.cost_micro) == ("answered", 36)


async def test_a_role_that_nobody_plays_cannot_be_asked(speaking_to, stub):
    language = speaking_to(stub)
    assert language.can("fast")
    assert not language.can("thinking")
    with pytest.raises(Unavailable):
        await language.reply("thinking", HELLO, PURPOSE)


@pytest.mark.parametrize(
    "does",
    [
        Does(status=429),
        Does(status=429, code="Throttling.RateQuota"),
        Does(status=503),
        Does(status=0),
    ],
)
async def test_what_passes_is_tried_again(speaking_to, waits, stub, ledger, does):
    stub.script.extend([does, does])
    language = speaking_to(stub)
    reply = await language.reply("fast", HELLO, PURPOSE)
    assert (reply.text, reply.missed) == (ANSWER, ())
    assert len(stub.asked) == TRIES
    assert len(waits) == 2
    assert [e.outcome for e in ledger.entries[:2]] != ["answered"] * 2


@pytest.mark.parametrize(
    ("does", "kind"),
    [
        (Does(status=401), "key"),
        (Does(status=403, code="AllocationQuota.FreeTierOnly"), "quota"),
        (Does(status=400), "refused"),
        (Does(finish="content_filter"), "refused"),
    ],
)
async def test_what_does_not_pass_is_not_tried_again(speaking_to, stub, other, does, kind):
    stub.script.append(does)
    reply = await speaking_to(stub, other).reply("fast", HELLO, PURPOSE)
    assert (reply.by, reply.missed) == ("second", (f"first: {kind}",))
    assert len(stub.asked) == 1


async def test_a_server_is_left_alone_for_as_long_as_it_asks(speaking_to, waits, stub):
    stub.script.append(Does(status=429, headers={"retry-after": "3"}))
    language = speaking_to(stub)
    await language.reply("fast", HELLO, PURPOSE)
    (wait,) = waits
    assert 3 <= wait <= LONGEST_WAIT_S


async def test_nobody_waits_as_long_as_a_server_would_like(speaking_to, waits, stub, other):
    stub.script.append(Does(status=429, headers={"retry-after": "60"}))
    language = speaking_to(stub, other)
    assert (await language.reply("fast", HELLO, PURPOSE)).by == "second"
    assert waits == []


@pytest.mark.parametrize(
    "does",
    [
        Does(finish="tool_search"),
        Does(text=" "),
        Does(body=b"{}"),
        Does(body=b"<html>"),
        Does(body=b'{"choices": []}'),
    ],
)
async def test_what_is_cut_off_or_no_answer_is_never_given(speaking_to, stub, other, does):
    stub.script.extend([does] * TRIES)
    reply = await speaking_to(stub, other).reply("fast", HELLO, PURPOSE)
    assert (reply.by, reply.missed) == ("second", ("first: broken",))


async def test_a_model_that_stalls_is_passed_over(speaking_to, stub, other):
    stub.script.extend([Does(wait_s=5)] * TRIES)
    language = speaking_to(stub, other, timeout_s=0.1)
    reply = await language.reply("fast", HELLO, PURPOSE)
    assert (reply.by, reply.missed) == ("second", ("first: slow",))


async def test_nobody_waits_longer_than_they_said(speaking_to, stub, ledger):
    stub.script.append(Does(wait_s=30))
    with pytest.raises(Unavailable) as raised:
        await speaking_to(stub, timeout_s=60).reply("fast", HELLO, PURPOSE, patience_s=0.2)
    assert "first: slow" in raised.value.what.en
    assert [entry.outcome for entry in ledger.entries] == ["slow"]


async def test_who_hangs_leaves_time_to_the_next(speaking_to, stub, other):
    stub.script.append(Does(wait_s=30))
    language = speaking_to(stub, other, timeout_s=60)
    reply = await language.reply("fast", HELLO, PURPOSE, patience_s=6)
    assert (reply.by, reply.missed) == ("second", ("first: slow",))


@pytest.mark.parametrize("streams", [False, True])
async def test_what_was_too_long_is_paid_for_and_not_tried_again(
    speaking_to, stub, ledger, streams
):
    stub.script.append(Does(finish="length"))
    language = speaking_to(stub)
    asking = (
        whole(language.stream("fast", HELLO, PURPOSE))
        if streams
        else language.reply("fast", HELLO, PURPOSE)
    )
    with pytest.raises(Unavailable):
        await asking
    assert [(entry.outcome, entry.cost_micro) for entry in ledger.entries] == [("long", 36)]


async def test_a_server_that_fails_in_a_row_is_left_alone_and_then_tried(speaking_to, stub, other):
    with clock.at(clock.now()) as _:
        moment = clock.now()
    language = speaking_to(stub, other)
    with clock.at(moment):
        stub.script.extend([Does(status=401)] * FAILURES)
        for _ in range(FAILURES):
            await language.reply("fast", HELLO, PURPOSE)
        asked = len(stub.asked)
        reply = await language.reply("fast", HELLO, PURPOSE)
        assert (reply.by, reply.missed) == ("second", ("first: left alone",))
        assert len(stub.asked) == asked
    with clock.at(moment + LEFT_ALONE):
        stub.script.append(Does(status=500, headers={"retry-after": "60"}))
        assert (await language.reply("fast", HELLO, PURPOSE)).by == "second"
        assert len(stub.asked) == asked + 1
    with clock.at(moment + 2 * LEFT_ALONE + timedelta(seconds=1)):
        assert (await language.reply("fast", HELLO, PURPOSE)).by == "first"
        assert (await language.reply("fast", HELLO, PURPOSE)).by == "first"


async def test_no_more_go_through_a_door_than_it_lets(speaking_to, stub):
    stub.script.extend([Does(wait_s=0.05)] * 6)
    language = speaking_to(stub, at_once=2)
    await asyncio.gather(*(language.reply("fast", HELLO, PURPOSE) for _ in range(6)))
    assert stub.most_open == 2


async def test_nothing_is_asked_where_nothing_may_be_spent(speaking_to, stub, ledger):
    ledger.refuses = Unavailable(Text("用完了", "spent"))
    with pytest.raises(Unavailable, match="spent"):
        await speaking_to(stub).reply("fast", HELLO, PURPOSE)
    assert stub.asked == []
    assert ledger.entries == []


async def test_a_stream_gives_parts_and_then_the_whole(speaking_to, stub, ledger):
    language = speaking_to(stub)
    parts, reply = await whole(language.stream("fast", HELLO, PURPOSE))
    assert "".join(parts) == reply.text == ANSWER
    assert reply.used == Used(20, 5)
    assert [entry.cost_micro for entry in ledger.entries] == [36]


async def test_a_stream_that_has_not_begun_may_be_anothers(speaking_to, stub, other):
    stub.script.extend([Does(status=503)] * TRIES)
    parts, reply = await whole(speaking_to(stub, other).stream("fast", HELLO, PURPOSE))
    assert (reply.by, reply.missed) == ("second", ("first: down",))
    assert "".join(parts) == ANSWER


@pytest.mark.parametrize("does", [Does(cut=3), Does(finish="length")])
async def test_a_stream_that_breaks_is_never_taken_for_whole(speaking_to, stub, other, does):
    stub.script.append(does)
    got = []

    async def read():
        async for part in speaking_to(stub, other).stream("fast", HELLO, PURPOSE):
            got.append(part)  # noqa: PERF401 # They are kept although it breaks.

    with pytest.raises(Unavailable):
        await read()
    assert got
    assert all(isinstance(part, str) for part in got)
    assert not other.asked


async def test_who_goes_away_from_a_stream_ends_the_call(speaking_to, stub, ledger):
    language = speaking_to(stub)
    stream = language.stream("fast", HELLO, PURPOSE)
    await anext(stream)
    await stream.aclose()
    assert [entry.outcome for entry in ledger.entries] == ["cancelled"]


async def test_one_that_was_brought_plays_before_the_configured(speaking_to, stub):
    language = speaking_to(stub, brought={"fast": Speaker(name="brought")})
    assert (await language.reply("fast", HELLO, PURPOSE)).by == "brought"


@pytest.mark.parametrize(
    ("told", "used"),
    [
        ({"prompt_tokens": 12.0, "completion_tokens": "5", "total_tokens": 17}, Used(12, 5)),
        ({"prompt_tokens": -3, "completion_tokens": None, "total_tokens": 0}, Used(0, 0)),
        ({"prompt_tokens": "many", "completion_tokens": [], "total_tokens": 0}, Used(0, 0)),
    ],
)
async def test_counts_that_are_none_are_entered_as_far_as_they_are(
    speaking_to, stub, ledger, told, used
):
    message = {"role": "assistant", "content": ANSWER}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    answer = {"id": "c", "object": "chat.completion", "created": 1, "model": "m",
              "choices": [choice], "usage": told}  # fmt: skip
    stub.script.append(Does(body=json.dumps(answer).encode()))
    assert (await speaking_to(stub).reply("fast", HELLO, PURPOSE)).used == used
    assert [entry.outcome for entry in ledger.entries] == ["answered"]
    assert ledger.entries[0].cost_micro >= 0


@pytest.mark.parametrize(
    "choices", [[None], [{"index": 0, "message": None, "finish_reason": "stop"}], [{}]]
)
async def test_an_answer_of_no_form_is_passed_over(speaking_to, stub, other, ledger, choices):
    body = json.dumps({"id": "c", "object": "chat.completion", "choices": choices}).encode()
    stub.script.extend([Does(body=body)] * TRIES)
    reply = await speaking_to(stub, other).reply("fast", HELLO, PURPOSE)
    assert (reply.by, reply.missed) == ("second", ("first: broken",))
    assert {entry.outcome for entry in ledger.entries[:-1]} == {"broken"}


async def test_who_waited_in_vain_for_a_place_does_not_close_the_door(speaking_to, stub, ledger):
    stub.script.extend([Does(wait_s=0.3)] * 3)
    language = speaking_to(stub, at_once=1)
    asked = [language.reply("fast", HELLO, PURPOSE, patience_s=0.5) for _ in range(10)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(each, ChatReply) for each in found) >= 1
    assert (await language.reply("fast", HELLO, PURPOSE, patience_s=5)).text == ANSWER
    assert "busy" not in {entry.outcome for entry in ledger.entries}


async def test_what_nobody_waited_for_is_paid_for_as_it_is_likely_to_be(speaking_to, stub, ledger):
    stub.script.append(Does(wait_s=30))
    with pytest.raises(Unavailable):
        await speaking_to(stub).reply("fast", HELLO, PURPOSE, patience_s=0.2)
    (entry,) = ledger.entries
    assert (entry.outcome, entry.used) == ("slow", Used(read=1))
    stream = speaking_to(stub).stream("fast", HELLO, PURPOSE)
    await anext(stream)
    await stream.aclose()
    assert ledger.entries[-1].outcome == "cancelled"
    assert ledger.entries[-1].used.written >= 1


async def test_who_leaves_after_the_reply_has_had_it(speaking_to, stub, ledger):
    async for part in speaking_to(stub).stream("fast", HELLO, PURPOSE):
        if isinstance(part, ChatReply):
            break
    assert [entry.outcome for entry in ledger.entries] == ["answered"]
