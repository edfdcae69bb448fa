"""The queue of doubtful cut-outs: what a person looks at, finds good, or draws anew."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from zhanggui.base import clock, events
from zhanggui.base.errors import Conflict, not_found
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.studio import batch_tools, cuts, keeping, store
from zhanggui.studio.batches import remaking
from zhanggui.studio.events import CutAccepted, CutCorrected
from zhanggui.studio.models import Cut
from zhanggui.studio.work_tools import file_url

CUT = Text("抠图", "cut-out")
CutState = Literal["sure", "doubtful", "accepted", "corrected"]
_Digest = Field(pattern="^[0-9a-f]{64}$")


class CutListInput(Input):
    """Which cut-outs; the doubtful ones where nothing is said."""

    state: CutState | None = "doubtful"
    product_id: str | None = Field(None, max_length=64)
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=500)


class CutView(BaseModel):
    """The mask of a frame. `confidence` runs from 0 to 1; `doubts` name what makes it doubtful:
    glass, white_on_white, thin, touches_edge, methods_disagree, empty …"""

    frame: str
    product_id: str
    sku_id: str | None
    title: str
    name: str
    confidence: float
    method: str
    doubts: list[str]
    state: CutState
    frame_url: str
    frame_small_url: str
    mask_url: str
    seen_at: datetime
    decided_at: datetime | None
    decided_by: str | None


class CutList(Output):
    """Cut-outs, the least sure first."""

    items: list[CutView]
    total: int
    page: int
    size: int


class CutChoice(Input):
    """Which frame's cut-out."""

    frame: str = _Digest


class CorrectInput(CutChoice):
    """Which frame's, and the digest of the mask that the upload has kept."""

    mask: str = _Digest


class CutJudged(Output):
    """A cut-out as it stands now, and how many products go on or are made anew for it."""

    cut: CutView
    items: int


@tool(
    "studio.list_cuts", purpose=Text("列出待检查的抠图", "List cut-outs to look at"), risk="read",
    roles=STAFF,
)  # fmt: skip
async def list_cuts(call: Call, given: CutListInput) -> CutList:
    """The queue, the least sure first."""
    found = await store.cuts(call.session, call.shop_id, **given.model_dump())
    return CutList(
        items=[_view(row, title) for row, title in found.rows],
        total=found.total,
        page=given.page,
        size=given.size,
    )


@tool(
    "studio.accept_cut", purpose=Text("认可抠图", "Accept a cut-out"), risk="draft", roles=WORKERS
)
async def accept_cut(call: Call, given: CutChoice) -> CutJudged:
    """Find a doubtful cut-out good; a product that waited for its last goes on. Raises NotFound."""
    row = await _decided(call, given.frame)
    if row.state != "corrected":
        row.state = "accepted"
    await call.session.flush()
    told = CutAccepted(product_id=row.product_id, frame=row.frame)
    await events.append(call.session, told)
    return await _let_go(call, row, from_the_beginning=False)


async def _checked(call: Call, given: CorrectInput) -> None:
    """Look at the mask before the transaction opens: with another file no step could be done."""
    blobs, shop_id = call.runtime.blobs, call.shop_id
    if not await blobs.has(keeping.key_of(shop_id, given.mask)):
        raise Conflict(
            Text("蒙版文件不在了", "The mask's file is gone"),
            hint=Text("请重新保存一次。", "Save it again."),
            where="mask",
        )
    frame = await keeping.get(blobs, shop_id, given.frame)
    mask = await keeping.get(blobs, shop_id, given.mask)
    await keeping.in_turn(cuts.checked, mask, frame)


@tool(
    "studio.correct_cut",
    purpose=Text("修正抠图", "Correct a cut-out"),
    risk="draft",
    roles=WORKERS,
    prepare=_checked,
)
async def correct_cut(call: Call, given: CorrectInput) -> CutJudged:
    """Take a mask that a person drew; what was made of the frame is made anew with it. Raises
    NotFound, Invalid for what is no mask of the frame, and Conflict where its file is gone."""
    row = await _decided(call, given.frame)
    is_another = row.mask != given.mask
    row.mask, row.state = given.mask, "corrected"
    await call.session.flush()
    judged = await _let_go(call, row, from_the_beginning=is_another)
    told = CutCorrected(product_id=row.product_id, frame=row.frame, items=judged.items)
    await events.append(call.session, told)
    return judged


async def _decided(call: Call, frame: str) -> Cut:
    row = await store.cut(call.session, call.shop_id, frame)
    if row is None:
        raise not_found(CUT, frame)
    await remaking.hold_for_frame(call.session, call.shop_id, row.product_id, frame)
    await call.session.refresh(row)  # A step may have seen another mask meanwhile.
    row.decided_at, row.decided_by = clock.now(), call.principal.id
    return row


async def _let_go(call: Call, row: Cut, *, from_the_beginning: bool) -> CutJudged:
    items = await remaking.again_for_frame(
        call.session, call.shop_id, row.product_id, row.frame,
        from_the_beginning=from_the_beginning,
    )  # fmt: skip
    if items:
        batch_tools.wake(call)
    products = await store.products(call.session, call.shop_id, ids=[row.product_id])
    return CutJudged(cut=_view(row, products[0].title if products else None), items=len(items))


def _view(row: Cut, title: str | None) -> CutView:
    frame = file_url(row.shop_id, "frames", row.frame)
    return CutView(
        frame=row.frame,
        product_id=row.product_id,
        sku_id=row.sku_id,
        title=title or row.product_id,
        name=row.name,
        confidence=row.confidence,
        method=row.method,
        doubts=row.doubts,
        state=row.state,  # type: ignore[arg-type] # Written by this room alone.
        frame_url=frame,
        frame_small_url=f"{frame}/small?side=320",
        # Another mask has another address, so that no browser shows the former.
        mask_url=f"{file_url(row.shop_id, 'cuts', row.frame)}/mask?v={row.mask[:12]}",
        seen_at=row.seen_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )
