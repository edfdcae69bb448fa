"""The guide that a new shop begins with: its steps, and which of them the shop has done by now.

Each room registers how its steps are judged, by what the shop has and never by what somebody
clicked; the console shows a step's screen under the same name.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from pydantic import BaseModel

from zhanggui.base.principals import STAFF
from zhanggui.base.tools import Call, Nothing, Output, tool
from zhanggui.base.words import Text

Judge = Callable[[Call], Awaitable[bool]]

REGISTRY: dict[str, Judge] = {}
"""How every registered step is judged, by its name."""


def step(name: str) -> Callable[[Judge], Judge]:
    """Register an ``async (Call) -> bool`` function that says whether a step is done. It is asked
    whenever a page is opened, so it must be quick. Raises TypeError for a name that is taken."""

    def register(judge: Judge) -> Judge:
        if REGISTRY.setdefault(name, judge).__module__ != judge.__module__:
            raise TypeError(f"two steps are called {name}")
        return judge

    return register


class StepView(BaseModel):
    """A step, and whether the shop has done it."""

    name: str
    is_done: bool


class Guide(Output):
    """Every step there is; the console knows their order."""

    steps: list[StepView]


@tool(
    "base.guide",
    purpose=Text("查看开店进度", "How far a new shop has come"),
    risk="read",
    roles=STAFF,
)
async def guide(call: Call, given: Nothing) -> Guide:
    """Each step of the guide, judged by what the shop has now."""
    return Guide(
        steps=[StepView(name=name, is_done=await judge(call)) for name, judge in REGISTRY.items()]
    )
