"""A reply for shoppers who write elsewhere, such as in 旺旺: a person passes their words on, and
takes the reply back. Nothing of it is kept but that a question was decided on."""

from __future__ import annotations

from pydantic import Field

from zhanggui.base.principals import WORKERS
from zhanggui.base.tools import Call, Input, tool
from zhanggui.base.words import Text
from zhanggui.service.chat.draft_tools import DraftView, shown
from zhanggui.service.chat.drafting import draft
from zhanggui.service.replying import AnswerView, AskInput, Thought, TurnInput, tell, think


class AssistInput(Input):
    """What the shopper wrote last, and what is known where they wrote."""

    text: str = Field(min_length=1, max_length=2000)
    buyer: str | None = Field(None, max_length=200, description="The buyer's nick.")
    order_id: str | None = Field(None, max_length=64, description="The order it is about.")
    product_id: str | None = Field(None, max_length=64, description="The page they are on.")
    turns: list[TurnInput] = Field(
        default_factory=list, max_length=50, description="Earlier messages, oldest first."
    )

    def asked(self) -> AskInput:
        """The same as a question to the program."""
        return AskInput(**self.model_dump())


class AssistView(AnswerView):
    """What the program would do, and the words a person may send in its place: its own where it
    answers, else what it would have said had it been surer; null where it knows nothing."""

    draft: DraftView | None


async def _prepare(call: Call, given: AssistInput) -> Thought:
    return await think(call, given.asked())


@tool(
    "service.assist",
    purpose=Text("为别处的买家起草回复", "Draft a reply for a shopper elsewhere"),
    risk="draft",
    roles=WORKERS,
    rate="120 per minute",
    prepare=_prepare,
)
async def assist(call: Call, given: AssistInput) -> AssistView:
    """Decide on the words of a shopper who writes elsewhere, and draft a reply to copy. Nothing
    becomes a work item, and nothing that was said is kept."""
    thought: Thought = call.prepared
    view = await tell(call, given.asked(), thought, says_when=False, is_trial=False)
    if view.decision == "handoff":
        made = shown(draft(thought.gathered))
    else:
        made = DraftView(
            text=view.reply, confidence=view.confidence, sources=view.sources, is_form=False
        )
    return AssistView(**dict(view), draft=made if made is None or made.text else None)
