"""What things are made with: stages, layouts, kinds."""

from __future__ import annotations

from pydantic import BaseModel, Field

from zhanggui.base.principals import STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.studio import stages
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
    """A layout of posters: what it is for, the words without which it makes no sense (a coupon, a
    former price), and what it may be drawn on."""

    id: str
    name: str
    purpose: str
    needs: list[str]
    grounds: list[str]


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
    try:
        return list(stages.stages())
    except FileNotFoundError:
        return []


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
    from zhanggui.studio.layout import layouts  # With it come libraries of pictures and type.

    return LayoutList(
        items=[
            LayoutView(
                id=each.id,
                name=str(Text(each.zh, each.en)),
                purpose=str(each.purpose),
                needs=list(each.needs),
                grounds=list(each.grounds),
            )
            for each in layouts().values()
        ]
    )
