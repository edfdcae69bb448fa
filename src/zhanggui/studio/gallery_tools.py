"""What things are made with: stages, layouts, kinds."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from pydantic import BaseModel, Field

from zhanggui.base.principals import STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.studio.stages import Stage
from zhanggui.studio.work_tools import file_url


class StageView(BaseModel):
    """An empty stage: its style, what stands, lies or hangs there, and when it is in season."""

    id: str
    name: str
    style: str
    kind: str
    seasons: list[str]
    width: int
    height: int
    small_url: str


class StageListInput(Input):
    """Which stages."""

    style: str | None = Field(None, max_length=64)


class StageList(Output):
    """Stages by style; `styles` are all there are."""

    items: list[StageView]
    styles: list[str]


class LayoutView(BaseModel):
    """A layout of posters and what it is for."""

    id: str
    name: str
    purpose: str


class LayoutList(Output):
    """Layouts of posters."""

    items: list[LayoutView]


@tool("studio.list_stages", purpose=Text("列出场景", "List stages"), risk="read", roles=STAFF)
async def list_stages(call: Call, given: StageListInput) -> StageList:
    """The empty stages that products are set on."""
    every = known_stages()
    found = [each for each in every if given.style in (None, each.style)]
    return StageList(
        items=[_stage(call.shop_id, each) for each in found],
        styles=sorted({each.style for each in every}),
    )


def known_stages() -> list[Stage]:
    """Every stage there is; none where their plates are not installed."""
    stages = import_module("zhanggui.studio.stages")
    found: list[Stage] = list(stages.stages()) if hasattr(stages, "stages") else []
    return found


def plate_of(stage: Stage) -> bytes:
    """The file of a stage's plate."""
    found: bytes = import_module("zhanggui.studio.stages").plate_bytes(stage)
    return found


def _stage(shop_id: str, each: Stage) -> StageView:
    return StageView(
        id=each.id,
        name=str(Text(each.zh, each.en)),
        style=each.style,
        kind=each.kind,
        seasons=list(each.seasons),
        width=each.width,
        height=each.height,
        small_url=f"{file_url(shop_id, 'stages', each.id)}/small",
    )


@tool("studio.list_layouts", purpose=Text("列出版式", "List layouts"), risk="read", roles=STAFF)
async def list_layouts(call: Call, given: Nothing) -> LayoutList:
    """The layouts that posters are made with."""
    return LayoutList(items=[_layout(each) for each in _known_layouts()])


def _known_layouts() -> list[Any]:
    if find_spec("zhanggui.studio.layout") is None:
        return []
    layout = import_module("zhanggui.studio.layout")
    return list(layout.layouts().values())


def _layout(each: Any) -> LayoutView:
    name = Text(each.zh, each.en)
    return LayoutView(id=each.id, name=str(name), purpose=str(getattr(each, "purpose", "")))
