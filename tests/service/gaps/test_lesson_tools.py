"""What may be kept of a person's own answer."""

import pytest

from tests.offloading import BESIDE, watched
from zhanggui.ai import CharacterTfidf
from zhanggui.base.errors import Conflict, NotFound
from zhanggui.service import tools as service_tools

__all__ = ["service_tools"]

pytestmark = pytest.mark.db

ASKS, SAYS = "砂锅能用电磁炉吗", "平底的砂锅都可以用电磁炉，圆底的不行。"


async def test_a_persons_own_message_can_be_kept_at_once_and_taken_back(talk, use):
    room = await talk("你好，" + ASKS, "您好", SAYS)
    lesson = await use("service.lesson", id=room.id, seq=4)
    assert (lesson.question, lesson.answer) == (ASKS, "平底的砂锅都可以用电磁炉，圆底的不行。")
    assert (lesson.question_is_ready, lesson.answer_is_ready, lesson.like) == (True, True, None)
    kept = await use(
        "service.keep_answer", id=room.id, seq=4, question=lesson.question, answer=lesson.answer
    )
    assert (await use("knowledge.get_faq", id=kept.faq_id)).answer == lesson.answer
    with pytest.raises(Conflict):
        await use(
            "service.keep_answer", id=room.id, seq=4, question=lesson.question, answer="都行的。"
        )
    await use("knowledge.reopen_proposals", ids=[kept.proposal_id])
    with pytest.raises(NotFound):
        await use("knowledge.get_faq", id=kept.faq_id)


async def test_what_is_one_shoppers_is_masked_and_not_ready(talk, use):
    room = await talk("我昨天买的砂锅到哪了", "您的砂锅已经到杭州了，派送员13812345678。")
    lesson = await use("service.lesson", id=room.id, seq=3)
    assert (lesson.question_is_ready, lesson.answer_is_ready) == (False, False)
    assert "13812345678" not in lesson.answer


async def test_only_a_persons_message_can_be_kept(talk, use):
    room = await talk(ASKS, SAYS)
    with pytest.raises(NotFound):
        await use("service.lesson", id=room.id, seq=2)


async def test_what_is_compared_holds_nobody_up(runtime, talk, use, monkeypatch):
    room = await talk(ASKS, SAYS)
    compared = watched(monkeypatch, runtime.db, CharacterTfidf, "similarities")
    assert (await use("service.lesson", id=room.id, seq=3)).answer_is_ready
    assert set(compared) == {BESIDE}
