"""A language model's wording of a reply that was decided on without it.

The model is given the draft, the records it rests on and the shopper's message as data, and may
choose words only: what it writes is sent if every check of `checking` passes, else the draft is. It
changes no decision, no confidence and no source.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from pydantic import BaseModel, ConfigDict, Field

from zhanggui.ai import Speak, Unreadable, prompts, written
from zhanggui.service.answering import Decision
from zhanggui.service.checking import fault

log = structlog.get_logger(__name__)

PATIENCE = 8.0
"""Seconds that a shopper waits for better words, of all the models there are."""
TONE = "亲切、简短、口语，像一位熟悉店里的老客服"
"""How a reply sounds where nothing else is chosen."""
PROMPT = prompts.load("service", "wording")


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    reply: str = Field(min_length=1)


class Worded(BaseModel):
    """What the shopper reads, and whose words they are: ``embedded`` (the draft; no model was
    asked, or it had no other words), ``model``, or ``refused: `` and why the draft is sent in place
    of the model's: a check of `checking`, or ``unavailable``, ``slow``, ``unreadable``."""

    reply: str
    by: str


async def word(
    speak: Speak | None,
    decision: Decision,
    asked: str,
    tone: str = TONE,
    private: Sequence[str] = (),
) -> Worded:
    """The words for a decision; `speak` is None where there is no model. `asked` is the shopper's
    message as it came, and `private` what no pattern knows to be so, such as their nick: the seam
    masks both. Never raises for what a model does."""
    draft = decision.reply
    if speak is None or not _may_be_worded(decision):
        return Worded(reply=draft, by="embedded")
    try:
        async with asyncio.timeout(PATIENCE):
            request = PROMPT.request(_given(decision, asked, tone), private=private)
            said, _ = await written(speak, request, _Reply)
        reply = said.reply.strip()
    except TimeoutError:
        return _refused(draft, "slow")
    except Unreadable:
        return _refused(draft, "unreadable")
    except Exception as error:  # Whatever a model's engine does, the shopper has a reply.
        log.warning("wording_failed", error=type(error).__name__)
        return _refused(draft, "unavailable")
    if reply == draft:
        return Worded(reply=draft, by="embedded")
    check = fault(reply, draft, decision.sources)
    return _refused(draft, check) if check is not None else Worded(reply=reply, by="model")


def _refused(draft: str, why: str) -> Worded:
    return Worded(reply=draft, by=f"refused: {why}")


def _may_be_worded(decision: Decision) -> bool:
    """Answers and plain questions that rest on records."""
    asks = decision.decision == "clarify" and ("？" in decision.reply or "?" in decision.reply)
    told = decision.decision == "answer" or asks
    return told and bool(decision.sources)


def _given(decision: Decision, asked: str, tone: str) -> dict[str, Any]:
    return {
        "草稿": decision.reply,
        "依据": [source.text for source in decision.sources],
        "买家的话": asked,
        "语气": tone,
    }
