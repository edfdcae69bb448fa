"""A model's words are kept where they hold, and only there."""

from __future__ import annotations

import json
from typing import Any

from tests.studio.copywriting._goods import MUG
from zhanggui.ai.protocols import ChatReply, ChatRequest, Used
from zhanggui.base.errors import Unavailable
from zhanggui.base.words import Text
from zhanggui.studio.copywriting import grounded, lines_of, write, write_with_model

GOOD: dict[str, Any] = {
    "title": "粗陶马克杯 家用办公室咖啡杯水杯 380ml沙白",
    "points": [
        {"head": "一杯380ml", "body": "倒满是380ml，早上一杯够喝到开会。"},
        {"head": "粗陶手感", "body": "粗陶的面有一点糙，握着不打滑也不冰。"},
        {"head": "微波炉热一热", "body": "凉了就放进微波炉，连杯子一起热。"},
    ],
    "story": ["桌上那只杯子，用久了就认得它。", "粗陶胎，380ml，颜色叫沙白。"],
    "note_title": "换了一只粗陶杯",
    "note": ["颜色是沙白，放在木桌上正好。", "洗的时候手洗就行。"],
    "tags": ["#马克杯", "粗陶"],
}


def speaking(*replies: dict[str, Any] | Exception) -> Any:
    """Speaks these, one after another, the last again and again."""
    left = list(replies)

    async def speak(request: ChatRequest) -> ChatReply:
        reply = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(reply, Exception):
            raise reply
        return ChatReply(json.dumps(reply, ensure_ascii=False), by="qwen", used=Used(0, 0))

    return speak


async def test_what_holds_is_kept() -> None:
    copy = await write_with_model(speaking(GOOD), MUG, seed=2, takes=1)
    assert copy.by == "qwen"
    assert copy.titles == (GOOD["title"],)
    assert [point.head for point in copy.first.points] == ["一杯380ml", "粗陶手感", "微波炉热一热"]
    assert copy.first.note.tags == ("马克杯", "粗陶")
    assert any("倒满是380ml" in line.text for part in copy.first.script for line in part.lines)


async def test_what_claims_more_than_the_facts_stays_the_drafts() -> None:
    draft = write(MUG, seed=2, takes=1).first
    lying = GOOD | {
        "title": "骨瓷马克杯 德国进口保温杯",
        "points": [{"head": "能进烤箱", "body": "烤箱也能进，包邮到家。"}] * 3,
        "story": ["销量爆款，人人都买。"],
        "note_title": "这个标题实在是太长了根本放不进二十个字里面去",
        "note": ["我亲测很好用。"],
        "tags": ["防水"],
    }
    copy = await write_with_model(speaking(lying), MUG, seed=2, takes=1)
    assert copy.titles == (draft.title.text,)
    assert copy.first.points == draft.points
    assert copy.first.story == draft.story
    assert copy.first.note == draft.note
    assert any("骨瓷" in each for each in copy.dropped)
    assert not [line for line in lines_of(copy.first) if grounded(line, MUG)]


async def test_a_model_that_fails_leaves_the_embedded_copy() -> None:
    away = Unavailable(Text("不在", "away"))
    copy = await write_with_model(speaking(away), MUG, seed=2)
    assert copy == write(MUG, seed=2)
    assert await write_with_model(None, MUG, seed=2) == write(MUG, seed=2)


async def test_takes_do_not_share_a_title() -> None:
    copy = await write_with_model(speaking(GOOD), MUG, seed=2, takes=3)
    assert len(set(copy.titles)) == 3
