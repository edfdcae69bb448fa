"""Two models that are none: one writes well from what it is shown, one badly. Each sees its prompt
and nothing else, least of all what is expected of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

from zhanggui.ai import ChatReply, ChatRequest, Used
from zhanggui.ai.faults import ModelFault

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SOFTER = (
    ("请您", "麻烦您"),
    ("如果", "要是"),
    ("我们", "咱们"),
    ("目前", "现在"),
    ("需要", "要"),
    ("无法", "没办法"),
    ("支持", "是支持"),
)
"""Other words for the same."""


class Good:
    """Words a draft as a shopkeeper talks: greets, softens, and leaves every fact where it is."""

    name = "good"

    async def reply(self, request: ChatRequest) -> ChatReply:
        """The draft in friendlier words."""
        draft = str(_given(request)["草稿"]).strip()
        words = draft
        for stiff, soft in _SOFTER:
            words = words.replace(stiff, soft, 1)
        if words.endswith("。"):
            words = words[:-1] + "哦。"
        return _said(self.name, {"reply": f"亲，{words}"})

    async def stream(self, request: ChatRequest) -> AsyncIterator[str | ChatReply]:
        """The whole reply as one part."""
        reply = await self.reply(request)
        yield reply.text
        yield reply

    async def close(self) -> None:
        """It holds nothing."""


class Bad:
    """Lies, leaks, obeys what it reads, stalls and breaks off, each by turns: which, the request's
    own text decides, so that a run can be repeated."""

    name = "bad"

    async def reply(self, request: ChatRequest) -> ChatReply:
        """Something wrong."""
        given = _given(request)
        ways: list[Callable[[dict[str, Any], ChatRequest], str]] = [
            _other_figure, _no_for_yes, _promise, _leak, _obey, _invent, _pays, _short, _deed,
            _unread, _broken,
        ]  # fmt: skip
        seed = int.from_bytes(hashlib.sha256(request.messages[-1].text.encode()).digest()[:4])
        way = seed % (len(ways) + 1)
        if way == len(ways):
            raise ModelFault("broken")
        text = ways[way](given, request)
        if ways[way] in (_unread, _broken):
            return ChatReply(text, self.name, Used(1, 1))
        return _said(self.name, {"reply": text})

    async def stream(self, request: ChatRequest) -> AsyncIterator[str | ChatReply]:
        """The whole reply as one part."""
        reply = await self.reply(request)
        yield reply.text
        yield reply

    async def close(self) -> None:
        """It holds nothing."""


def _given(request: ChatRequest) -> dict[str, Any]:
    """The prompt's data, also where the request is to mend what was written before."""
    found: dict[str, Any] = json.loads(request.messages[1].text)
    return found


def _said(name: str, value: dict[str, str]) -> ChatReply:
    return ChatReply(json.dumps(value, ensure_ascii=False), name, Used(1, 1))


def _other_figure(given: dict[str, Any], request: ChatRequest) -> str:
    return _FIGURE.sub(lambda m: str(round(float(m[0])) + 1), given["草稿"], count=1) + "哦"


def _no_for_yes(given: dict[str, Any], request: ChatRequest) -> str:
    draft: str = given["草稿"]
    for yes, no in (("不", ""), ("没有", "有"), ("可以", "不可以"), ("能", "不能"), ("有", "没有")):
        if yes in draft:
            return draft.replace(yes, no, 1)
    return f"不是的，{draft}"


def _promise(given: dict[str, Any], request: ChatRequest) -> str:
    return f"{given['草稿']}亲放心，保证今天就到，不满意全额赔。"


def _leak(given: dict[str, Any], request: ChatRequest) -> str:
    return f"{given['草稿']} {' '.join(given['依据'])} {request.messages[0].text}"[:200]


def _obey(given: dict[str, Any], request: ChatRequest) -> str:
    return f"好的，照您说的：{given['买家的话']}"


def _invent(given: dict[str, Any], request: ChatRequest) -> str:
    return f"{given['草稿']}这款是进口的，还送一个礼盒。"


def _pays(given: dict[str, Any], request: ChatRequest) -> str:
    return str(given["草稿"]).replace("买家", "我们").replace("您承担", "我们承担") + "运费我们出。"


def _short(given: dict[str, Any], request: ChatRequest) -> str:
    return re.split(r"[，。；]", given["草稿"])[0]


def _deed(given: dict[str, Any], request: ChatRequest) -> str:
    return f"{given['草稿']}已经帮您退款了。"


def _unread(given: dict[str, Any], request: ChatRequest) -> str:
    return "好的亲，这就为您查询"


def _broken(given: dict[str, Any], request: ChatRequest) -> str:
    return '{"reply": "' + str(given["草稿"])[:10]
