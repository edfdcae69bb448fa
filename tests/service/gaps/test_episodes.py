"""What was not answered in a conversation, and what became of it."""

from datetime import timedelta

import pytest

from tests.service.records import NOW
from zhanggui.service.chat.models import Conversation, Message
from zhanggui.service.gaps.episodes import PATIENCE, episodes


def said(*lines):
    """Messages a minute apart: (author, text) and what is set of each."""
    found = []
    for seq, (author, text, *more) in enumerate(lines, 1):
        values = more[0] if more else {}
        at = NOW + timedelta(minutes=values.pop("minute", seq))
        message = Message(seq=seq, author=author, author_id="u1", at=at, **values)
        found.append((message, text))
    return found


def row(state="person", rating=None):
    return Conversation(id="conv_1", state=state, rating=rating)


def over(answers, cause="unsure"):
    return {"decision": "handoff", "cause": cause, "answers": answers}


Q = ("shopper", "砂锅能用电磁炉吗")
SOON = NOW + timedelta(hours=1)


def test_what_was_handed_over_is_a_question_with_what_people_said():
    talk = said(
        Q, ("ai", "请稍等", over(1)), ("note", "问过厂家"), ("person", "平底的可以。"),
        ("shopper", "谢谢"), ("person", "不客气"),
    )  # fmt: skip
    (found,) = episodes(row(), talk, SOON)
    assert (found.text, found.key) == ("砂锅能用电磁炉吗", "conv_1#1")
    assert [text for _, text in found.answers] == ["平底的可以。", "不客气"]
    assert (found.minutes, found.is_lost) == (3.0, False)


def test_a_long_pause_is_no_work():
    talk = said(Q, ("ai", "请稍等", over(1)), ("person", "平底的可以。", {"minute": 600}))
    (found,) = episodes(row(), talk, SOON)
    assert found.minutes == 5.0


@pytest.mark.parametrize(
    "cause", ["asked", "danger", "complaint", "angry", "change", "picture", "failed"]
)
def test_what_was_handed_over_for_another_reason_is_no_gap(cause):
    assert episodes(row(), said(Q, ("ai", "请稍等", over(1, cause))), SOON) == []


def test_what_is_asked_of_a_person_as_such_is_no_gap_though_no_cause_was_kept():
    talk = said(("shopper", "转人工"), ("ai", "请稍等", over(1, None)))
    assert episodes(row(), talk, SOON) == []


@pytest.mark.parametrize(
    ("state", "rating", "later", "lost"),
    [
        ("waiting", None, timedelta(hours=1), False),
        ("waiting", None, PATIENCE + timedelta(hours=1), True),
        ("closed", None, timedelta(hours=1), True),
        ("waiting", 2, timedelta(hours=1), True),
        ("waiting", 3, timedelta(hours=1), False),
    ],
)
def test_who_is_not_answered_or_not_content_is_lost(state, rating, later, lost):
    (found,) = episodes(row(state, rating), said(Q, ("ai", "请稍等", over(1))), NOW + later)
    assert found.is_lost is lost


def test_a_question_asked_back_is_a_gap_unless_it_led_to_an_answer():
    back = ("ai", "您说的是哪一款？", {"decision": "clarify", "answers": 1})
    more = ("shopper", "厚釉的")
    answered = said(Q, back, more, ("ai", "可以", {"decision": "answer", "answers": 3}))
    assert episodes(row(), answered, SOON) == []
    handed = said(Q, back, more, ("ai", "请稍等", over(3)), ("person", "可以的。"))
    (found,) = episodes(row(), handed, SOON)
    assert (found.text, [text for _, text in found.answers]) == (Q[1], ["可以的。"])


def test_each_of_two_questions_has_its_own_answers():
    talk = said(
        Q, ("ai", "请稍等", over(1)), ("person", "平底的可以。"), ("shopper", "有赠品吗"),
        ("ai", "请稍等", over(4)), ("person", "满百送筷子。"),
    )  # fmt: skip
    first, second = episodes(row(), talk, SOON)
    assert [text for _, text in first.answers] == ["平底的可以。"]
    assert (second.text, second.earlier) == ("有赠品吗", (Q[1],))
    assert [text for _, text in second.answers] == ["满百送筷子。"]


def test_words_that_were_erased_are_no_question():
    talk = said(("shopper", None), ("ai", None, over(1)), ("person", None))
    assert episodes(row("closed"), talk, SOON) == []
