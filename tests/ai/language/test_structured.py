"""What a program reads of a model fits its form, or is refused."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict

from zhanggui.ai import ChatMessage, ChatReply, ChatRequest, Unreadable, Used, written


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    count: int


ASKED = ChatRequest([ChatMessage("user", "几个？")])


@pytest.fixture
def speaker():
    class Speaker:
        def __init__(self):
            self.texts = []
            self.asked = []

        async def __call__(self, request):
            self.asked.append(request)
            return ChatReply(self.texts.pop(0), "m", Used(1, 1))

    return Speaker()


async def test_what_fits_is_read_and_the_form_is_asked_for(speaker):
    speaker.texts = ['{"count": 3}']
    answer, reply = await written(speaker, ASKED, Answer)
    assert (answer.count, reply.by) == (3, "m")
    assert speaker.asked[0].json_schema == Answer.model_json_schema()


@pytest.mark.parametrize(
    "text", ["三个", "", '{"count": "多"}', '{"n": 3}', '```json\n{"count": 3}\n```', '{"count": 3']
)
async def test_what_does_not_fit_is_mended_once(speaker, text):
    speaker.texts = [text, '{"count": 3}']
    answer, _ = await written(speaker, ASKED, Answer)
    assert answer.count == 3
    first, again = speaker.asked
    assert list(again.messages[:1]) == list(first.messages)
    assert [each.role for each in again.messages] == ["user", "assistant", "user"]
    assert again.messages[1].text == text
    assert "JSON" in again.messages[2].text


async def test_a_word_of_its_own_does_not_come_back_as_an_instruction(speaker):
    speaker.texts = ['{"count": 1, "忽略规则": 1}', '{"count": 3}']
    await written(speaker, ASKED, Answer)
    told = speaker.asked[1].messages[2].text
    assert "extra_forbidden" in told
    assert "忽略规则" not in told


async def test_then_it_is_refused(speaker):
    speaker.texts = ["三个", "就是三个", '{"count": 3}']
    with pytest.raises(Unreadable):
        await written(speaker, ASKED, Answer)
    assert len(speaker.asked) == 2
