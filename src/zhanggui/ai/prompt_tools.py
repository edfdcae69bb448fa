"""The prompts, and how a model does with one: its cases are played for real."""

from __future__ import annotations

import asyncio
from datetime import date

from pydantic import BaseModel, Field

from zhanggui.ai import prompts, seeing
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.language import openai_compatible
from zhanggui.ai.language.asking import Language
from zhanggui.ai.opening import roster_of
from zhanggui.ai.prompts import Case, Prompt
from zhanggui.ai.roster import Purpose, Roster, kind_words
from zhanggui.base.errors import Conflict, Invalid, not_found
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text

__all__ = ["seeing"]
"""Whose prompts are among those that are listed."""

_PROMPT, _MODEL = Text("提示词", "prompt"), Text("模型", "model")


class ChangeView(BaseModel):
    """A version of a prompt, and why it was made."""

    version: int
    day: date
    why: str


class PromptView(BaseModel):
    """A prompt, its version, why it was changed, and the names of the cases that try it; one that
    `has_pictures` is for models that see."""

    name: str
    version: int
    changes: list[ChangeView]
    cases: list[str]
    has_pictures: bool


class PromptList(Output):
    """The prompts that models are asked with."""

    items: list[PromptView]


@tool("ai.prompts", purpose=Text("列出提示词", "List the prompts"), risk="read", roles=STAFF)
async def list_prompts(call: Call, given: Nothing) -> PromptList:
    """Each with its version and changes."""
    return PromptList(items=[_view(each) for _, each in sorted(prompts.PROMPTS.items())])


class CaseView(BaseModel):
    """How a case went: what was written, and what is wrong with it (what is missing, what should
    not be there, or why there is no reply); null for nothing."""

    name: str
    reply: str | None
    fault: str | None
    cost_micro: int


class PromptTrial(Output):
    """How a model did with a prompt, case by case, and what that cost in millionths of a yuan."""

    prompt: str
    version: int
    model: str
    items: list[CaseView]
    good: int
    cost_micro: int


class PromptChoice(Input):
    """A prompt, and one of the configured language models."""

    prompt: str = Field(max_length=64)
    model: str = Field(max_length=64)


async def _try(call: Call, given: PromptChoice) -> PromptTrial:
    roster = roster_of(call.runtime)
    prompt = prompts.PROMPTS.get(given.prompt)
    if prompt is None:
        raise not_found(_PROMPT, given.prompt)
    model = roster.configuration.models.get(given.model)
    if model is None:
        raise not_found(_MODEL, given.model)
    if model.does != "chat":
        raise Invalid(
            Text(f"{given.model} 不是语言模型", f"{given.model} is no language model"),
            hint=Text("选一个语言模型。", "Choose a language model."),
            where="model",
        )
    if not model.sees and any(case.pictures for case in prompt.cases):
        raise Invalid(
            Text(f"{given.model} 不看图", f"{given.model} does not take pictures"),
            hint=Text("选一个写了 sees = true 的模型。", "Choose one that says sees = true."),
            where="model",
        )
    purpose = Purpose(call.shop_id, "ai", prompt.tag, call.principal.id)
    await asyncio.to_thread(openai_compatible.load)  # The first to ask is not slow for it.
    try:
        # One after another: a trial is no reason to be told of too many requests.
        played = [
            await _played(roster, prompt, case, given.model, purpose) for case in prompt.cases
        ]
    finally:
        await roster.settle()
    return PromptTrial(
        prompt=prompt.name,
        version=prompt.version,
        model=given.model,
        items=played,
        good=sum(each.fault is None for each in played),
        cost_micro=sum(each.cost_micro for each in played),
    )


@tool(
    "ai.try_prompt",
    purpose=Text("用提示词的测试集试一个模型", "Try a model with a prompt's cases"),
    risk="act",
    roles=OWNERS,
    # It is asked before anything could be approved, so nobody's assistant may propose it.
    by_person=True,
    rate="10 per minute",
    prepare=_try,
)
async def try_prompt(call: Call, given: PromptChoice) -> PromptTrial:
    """Play a prompt's cases with a model, in real requests that cost what such requests cost.
    Raises NotFound, Invalid for a model without words or without sight where that is needed,
    Conflict where the shop lets none of it leave, and BudgetSpent."""
    trial: PromptTrial = call.prepared
    return trial


async def _played(
    roster: Roster, prompt: Prompt, case: Case, model: str, purpose: Purpose
) -> CaseView:
    try:
        reply = await Language(roster).only(model, prompt.played(case), purpose)
    except ModelFault as fault:
        if fault.kind == "kept":  # Of any case: nothing was played.
            raise Conflict(
                kind_words("kept"),
                hint=Text(
                    "在“模型”页改“什么可以外发”。", "Change what may leave on the page Models."
                ),
                where=model,
            ) from None
        cost = roster.configuration.models[model].cost_micro(fault.used)
        why = str(kind_words(fault.kind))
        return CaseView(name=case.name, reply=None, fault=why, cost_micro=cost)
    return CaseView(
        name=case.name,
        reply=reply.text.strip(),
        fault=case.fault(reply.text),
        cost_micro=roster.configuration.models[model].cost_micro(reply.used),
    )


def _view(prompt: Prompt) -> PromptView:
    return PromptView(
        name=prompt.name,
        version=prompt.version,
        changes=[ChangeView(version=c.version, day=c.day, why=c.why) for c in prompt.changes],
        cases=[case.name for case in prompt.cases],
        has_pictures=any(case.pictures for case in prompt.cases),
    )
