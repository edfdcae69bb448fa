"""A model is tried out: asked something for real, and if it does not answer, why and what to do.

What is asked is the least that a model of its kind does: a greeting, one picture, a film of a few
seconds, a spoken word, the vector of one, an order of two.
"""

from __future__ import annotations

import asyncio
import base64
import time

from zhanggui.ai.configuration import Does, Provider
from zhanggui.ai.faults import Kind, ModelFault
from zhanggui.ai.language import openai_compatible
from zhanggui.ai.language.asking import Language
from zhanggui.ai.media import trials
from zhanggui.ai.media.asking import Media
from zhanggui.ai.media.trials import Outcome
from zhanggui.ai.patience import RESTING
from zhanggui.ai.protocols import ChatMessage, ChatRequest
from zhanggui.ai.roster import Purpose, Roster, kind_words
from zhanggui.base.tools import Output
from zhanggui.base.words import Text

_ASKED = ChatRequest(
    [ChatMessage("user", "用一句话跟买家打个招呼，不超过二十个字。")], most_tokens=100
)
_SQUARE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKklEQVR42mO4oKBAU8QwasGoBaMWjFowasGoBaMW"
    "jFowasGoBaMWDBULAE7YQD2B7wk2AAAAAElFTkSuQmCC"
)
"""A red square."""
_SHOWN = ChatRequest(
    [ChatMessage("user", "图里是什么颜色？用一个词回答。", images=(_SQUARE,))], most_tokens=100
)
"""What a model is asked that takes pictures."""
_NOT_FOUND = 404


class Trial(Output):
    """How a model did: what it wrote or made, what that is counted by (tokens read and written,
    pictures, seconds, characters), what it cost in millionths of a yuan, and how long it took; or
    why it did not, and what to do about that. `picture` is a small one, as a data URL."""

    name: str
    does: Does
    is_well: bool
    said: str | None = None
    picture: str | None = None
    read: int = 0
    written: int = 0
    pictures: int = 0
    seconds: float = 0
    characters: int = 0
    cost_micro: int = 0
    ms: int = 0
    why: str | None = None
    hint: str | None = None


async def tried(roster: Roster, name: str, purpose: Purpose, media: Media | None = None) -> Trial:
    """Ask one of the configured models for something, and wait until that is in the ledger; one
    that makes pictures or films is asked through `media`. One that lacks its key is not asked.
    Raises KeyError, and BudgetSpent where nothing may be spent."""
    model = roster.configuration.models[name]
    provider = roster.configuration.providers[model.provider]
    if provider.is_keyless:
        why, hint = str(_keyless(provider)), str(_SET_IT)
        return Trial(name=name, does=model.does, is_well=False, why=why, hint=hint)
    started = time.perf_counter()
    try:
        if model.does == "chat":
            await asyncio.to_thread(openai_compatible.load)  # The first is not slow for it.
            asked = _SHOWN if model.sees else _ASKED
            reply = await Language(roster).only(name, asked, purpose)
            outcome = Outcome(reply.text.strip()[:200], reply.used)
        else:
            outcome = await trials.tried(roster, media, name, model.does, purpose)
    except ModelFault as fault:
        what = f"HTTP {fault.status}" if fault.status is not None else ""
        told = ", ".join(each for each in (what, fault.code) if each)
        return Trial(
            name=name,
            does=model.does,
            is_well=False,
            why=f"{kind_words(fault.kind)} ({told})" if told else str(kind_words(fault.kind)),
            hint=str(_hint(fault, provider, model.model)),
            ms=_ms_since(started),
        )
    finally:
        await roster.settle()
    used = outcome.used
    return Trial(
        name=name,
        does=model.does,
        is_well=True,
        said=outcome.said,
        picture=outcome.picture,
        read=used.read,
        written=used.written,
        pictures=used.pictures,
        seconds=used.seconds,
        characters=used.characters,
        cost_micro=model.cost_micro(used),
        ms=_ms_since(started),
    )


def _ms_since(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)


_SET_IT = Text(
    "在“模型”页或用 zhanggui models setup 填进去；环境变量要设好以后重新启动掌柜。",
    "Give it on the page Models or with zhanggui models setup; a variable is set, then Zhanggui is"
    " started again.",
)
_WANTS_KEY = Text(
    "它要密钥：在“模型”页填，或在文件里写 key_env。",
    "It wants a key: give it on the page Models, or write key_env into the file.",
)
_RESTS = Text(
    "刚才连着失败了几次，先歇半分钟再问它。",
    "It failed some times in a row just now, and is left alone for half a minute.",
)
_LATER = Text("过一会儿再试。", "Try again in a while.")
_HINTS: dict[Kind, Text] = {
    "busy": Text("过一会儿再试，或把 at_once 调小。", "Try again in a while, or lower at_once."),
    "down": Text(
        "看看 {address} 对不对、服务器开着没有；是它那边出的错，就过一会儿再试。",
        "Look whether {address} is right and is up; if the error is its own, try again later.",
    ),
    "slow": Text("过一会儿再试，或把 timeout_s 调大。", "Try again later, or raise timeout_s."),
    "key": Text("看看密钥对不对（{key}）。", "Look whether its key is right ({key})."),
    "quota": Text("到服务商那里充值。", "Top it up with its provider."),
    "refused": Text(
        "看看模型名 {model} 和 extra、thinks 里写的；也可能是内容没有过它的检查。",
        "Look at the model's name {model}, and at extra and thinks; or it did not like what it was"
        " asked.",
    ),
    "long": Text("把 most_tokens 调大。", "Raise most_tokens."),
    "broken": _LATER,
    "kept": Text("在“模型”页改“什么可以外发”。", "Change what may leave on the page Models."),
    "lost": Text(
        "到服务商的账单里看看，再决定要不要再试。", "See its provider's bill, then try again."
    ),
}
_NO_SUCH = Text(
    "{address} 没有名为 {model} 的模型，或网址不对（一般以 /v1 结尾）。",
    "{address} has no model called {model}, or is not right (most end in /v1).",
)


def _keyless(provider: Provider) -> Text:
    if provider.key_env is None:
        return Text("没有密钥，或存的密钥用不了", "Its key is missing, or cannot be used")
    return Text("没有设置环境变量 {key}", "The variable {key} is not set").format(
        key=provider.key_env
    )


def _hint(fault: ModelFault, provider: Provider, model: str) -> Text:
    words = _NO_SUCH if fault.status == _NOT_FOUND else _HINTS[fault.kind]
    if fault.code == RESTING:
        return _RESTS
    if fault.kind == "key" and provider.key is None:
        return _WANTS_KEY
    key = str(Text("存着的", "the stored one")) if provider.has_stored_key else provider.key_env
    return words.format(address=provider.base_url, key=key or "", model=model)
