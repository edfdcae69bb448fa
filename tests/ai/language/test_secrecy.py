"""What of a request leaves, and how the answer becomes whole again."""

from __future__ import annotations

import json

from tests.ai.language.conftest import PURPOSE
from tests.ai.language.server import Does
from zhanggui.ai.language import secrecy
from zhanggui.ai.protocols import NOTHING, ChatMessage, ChatReply, ChatRequest, ToolCall

PHONE = "13812345678"


async def test_a_stream_is_whole_again_and_shows_no_half_mark(speaking_to, stub):
    stub.script.append(Does(text="请打〔电话1〕，找【说明】"))
    request = ChatRequest([ChatMessage("user", f"电话{PHONE}")])
    parts = [part async for part in speaking_to(stub).stream("fast", request, PURPOSE)]
    shown, reply = parts[:-1], parts[-1]
    assert "".join(shown) == reply.text == f"请打{PHONE}，找【说明】"
    assert not any("〔" in part for part in shown)
    assert PHONE not in json.dumps(stub.asked)


async def test_a_stream_that_ends_within_a_mark_shows_it_as_it_is(speaking_to, stub):
    stub.script.append(Does(text="请打〔电"))
    request = ChatRequest([ChatMessage("user", f"电话{PHONE}")])
    parts = [part async for part in speaking_to(stub).stream("fast", request, PURPOSE)]
    assert "".join(parts[:-1]) == parts[-1].text == "请打〔电"


def test_what_a_tool_is_called_with_is_whole_again():
    request = ChatRequest(
        [
            ChatMessage("user", f"查{PHONE}"),
            ChatMessage("assistant", "", calls=(ToolCall("1", "find", f'{{"phone": "{PHONE}"}}'),)),
            ChatMessage("tool", f'{{"owner": "{PHONE}"}}', answers="1"),
        ]
    )
    masked, masks, sent = secrecy.masked(request)
    assert PHONE not in str(masked)
    assert sent.masked == {"电话": 3}
    reply = ChatReply("", "m", NOTHING, (ToolCall("2", "x", '{"to": "〔电话1〕"}'),))
    assert secrecy.restored(reply, request, masks).calls[0].arguments == f'{{"to": "{PHONE}"}}'


def test_of_json_each_string_is_read_by_itself():
    given = {"买家的话": "收件人：王小明", "草稿": "7天内可以退", "n": 3, "x": [True, None]}
    text = json.dumps(given, ensure_ascii=False)
    masked, _, _ = secrecy.masked(ChatRequest([ChatMessage("user", text)]))
    assert json.loads(masked.messages[0].text) == {**given, "买家的话": "收件人：〔姓名1〕"}


def test_what_is_ours_may_speak_of_marks():
    request = ChatRequest(
        [ChatMessage("system", "〔电话1〕照写"), ChatMessage("user", "〔电话1〕")]
    )
    masked, _, _ = secrecy.masked(request)
    assert [message.text for message in masked.messages] == ["〔电话1〕照写", "(电话1)"]


def test_numbers_in_json_are_private_too():
    text = json.dumps({"phone": 13812345678, "order": 1234567890123, "count": 3, "yes": True})
    masked, _, _ = secrecy.masked(ChatRequest([ChatMessage("user", text)]))
    assert json.loads(masked.messages[0].text) == {
        "phone": "〔电话1〕", "order": "〔单号2〕", "count": 3, "yes": True,
    }  # fmt: skip


def test_what_is_private_in_one_message_is_in_every_other():
    said = [
        ChatMessage("assistant", '{"receiver": "张三丰"}'),
        ChatMessage("user", "收件人：张三丰"),
    ]
    masked, _, sent = secrecy.masked(ChatRequest(said))
    assert "张三丰" not in str(masked)
    assert sent.masked == {"姓名": 2}


def test_json_made_to_nest_too_deep_is_a_text():
    text = "[" * 100_000
    masked, _, _ = secrecy.masked(ChatRequest([ChatMessage("user", text)]))
    assert masked.messages[0].text == text
