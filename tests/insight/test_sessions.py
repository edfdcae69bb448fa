"""What is said becomes sessions and rounds, however much of it is read at a time."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insight import naive
from tests.insight.histories import histories, pages_of
from tests.service.records import at
from zhanggui.insight.sessions import TYPES, Sessions, read
from zhanggui.service.store import Happened

START = at("2026-06-01 09:00")


def word(hours, who, seq=1, **data):
    """Something that was said so many hours after the start."""
    moment = START + timedelta(hours=hours)
    if who == "shopper":
        fields = {"id": "c", "seq": seq, "state": data.get("state", "ai")}
        return Happened(moment, "service.message_received", fields)
    if who == "person":
        return Happened(moment, "service.message_added", {"id": "c", "seq": seq})
    fields = {"id": "c", "seq": seq, "by": "ai", "decision": data.get("decision", "answer")}
    return Happened(moment, "service.message_answered", fields)


def changed(hours, before, after, cause=None):
    fields = {"id": "c", "before": before, "after": after, "cause": cause}
    moment = START + timedelta(hours=hours)
    return Happened(moment, "service.conversation_state_changed", fields)


def sessions(*events):
    found = Sessions()
    found.take(events)
    return found.left()


def test_a_days_silence_of_the_shopper_begins_another():
    found = sessions(word(0, "shopper"), word(23.9, "shopper"), word(47.9, "shopper"))
    assert [(each.began, each.last) for each in found] == [
        (START, START + timedelta(hours=23.9)),
        (START + timedelta(hours=47.9),) * 2,
    ]


def test_what_a_person_says_a_day_later_is_no_part_of_it():
    (soon,) = sessions(word(0, "shopper"), word(0, "ai", 2), word(23.9, "person", 3))
    (late,) = sessions(word(0, "shopper"), word(0, "ai", 2), word(24, "person", 3))
    assert (soon.has_person_spoken, late.has_person_spoken) == (True, False)
    assert not late.is_with_people


def test_that_somebody_will_come_is_no_reply():
    (one,) = sessions(
        word(0, "shopper"), word(0.01, "ai", 2, decision="handoff"),
        changed(0.01, "ai", "waiting", "unsure"), word(0.5, "person", 3),
    )  # fmt: skip
    (waited,) = one.rounds
    assert (waited.is_for_people, one.people_after) == (True, timedelta(minutes=30))
    assert (one.causes, one.answers, one.said) == (["unsure"], 0, [])
    assert one.program_after == timedelta(hours=0.01)


def test_a_round_that_the_program_ends_after_all_was_not_replied_to_by_people():
    (one,) = sessions(
        word(0, "shopper", state="waiting"), changed(1, "waiting", "ai"), word(1, "ai", 2)
    )
    (missed,) = one.rounds
    assert (missed.is_for_people, missed.replied, missed.is_open) == (True, None, False)


def test_questions_in_a_row_are_one_round():
    (one,) = sessions(
        word(0, "shopper"), word(0.1, "shopper", 2), word(0.2, "ai", 3), word(1, "shopper", 4)
    )
    assert [each.is_open for each in one.rounds] == [False, True]


@given(
    histories(START),
    st.integers(0, 60),
    st.integers(1, 60),
    st.integers(0, 200),
    st.integers(1, 9),
)
@pytest.mark.asyncio
async def test_a_part_of_the_events_tells_the_same_as_all_of_them(
    history, first, length, later, size
):
    since = START + timedelta(hours=first)
    until = since + timedelta(hours=length)
    now = until + timedelta(hours=later)

    found = [
        each
        async for some in read(pages_of(history, size, *TYPES), since, until, now)
        for each in some
    ]
    known = [each for each in history if each.at <= now]
    expected = [
        (start, last, [each for each in naive.rounds_of(inside) if each[1]])
        for start, last, inside in naive.sessions_of(known)
        if since <= start < until
    ]
    assert sorted(
        (each.began, each.last, [
            (one.began, True, one.replied, not one.is_open)
            for one in each.rounds if one.is_for_people
        ])
        for each in found
    ) == sorted(expected)  # fmt: skip


async def test_what_has_ended_is_not_kept(monkeypatch):
    """However many sessions there are, those that go on are all that is remembered."""
    kept = []
    take = Sessions.take

    def watched(self, events):
        take(self, events)
        kept.append(len(self._current) + len(self._ended))

    monkeypatch.setattr(Sessions, "take", watched)
    day = timedelta(days=1)
    history = [
        Happened(START + n * day, "service.message_received", {"id": f"c{n % 3}", "seq": n + 1})
        for n in range(200)
    ]
    until = START + 200 * day
    found = [
        each
        async for some in read(pages_of(history, 10, *TYPES), START, until, until)
        for each in some
    ]
    assert len(found) == 200
    assert max(kept) <= 10 + 3
