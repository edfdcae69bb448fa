"""What may be asked of the engines."""

from __future__ import annotations

from pydantic import BaseModel

from zhanggui.ai.engines import Capability, Engines
from zhanggui.base.principals import STAFF
from zhanggui.base.tools import Call, Nothing, Output, tool
from zhanggui.base.words import Text


class EngineView(BaseModel):
    """What answers for a capability. `degraded` says that it stands in for the engine that was
    meant to, and `why` for what reason; `is_there` is false where nobody has brought one."""

    capability: Capability
    engine: str
    is_there: bool
    degraded: bool
    why: str | None


class EngineList(Output):
    """The engines of this process, one for each capability."""

    items: list[EngineView]


@tool("ai.status", purpose=Text("查看模型状态", "Show the engines"), risk="read", roles=STAFF)
async def status(call: Call, given: Nothing) -> EngineList:
    """What each capability is served by; loads nothing."""
    engines = call.runtime.service(Engines)
    return EngineList(
        items=[
            EngineView(
                capability=each.capability,
                engine=each.engine,
                is_there=engines.can(each.capability),
                degraded=each.degraded,
                why=str(each.why) if each.why is not None else None,
            )
            for each in engines.status()
        ]
    )
