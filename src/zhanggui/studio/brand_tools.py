"""What is the same for all of a shop's things: its brand kit, and what making by hand costs it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field, ValidationError

from zhanggui.base import complaints, events
from zhanggui.base.errors import Invalid
from zhanggui.base.principals import OWNERS, STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.studio import store
from zhanggui.studio.brand import Brand
from zhanggui.studio.events import BaselineSaved, BrandSaved

_NO_COLOUR = Text("颜色写得不对", "this is no colour")
_AS_HEX = Text("写成 #rrggbb，例如 #c8102e。", "Write it as #rrggbb, such as #c8102e.")


class BrandView(Output):
    """The brand kit; empty where the shop has none."""

    kit: dict[str, Any]
    saved_at: datetime | None


class BrandInput(Input):
    """The brand kit as a whole: name, logo, colours (#rrggbb), display (sans or serif), tone."""

    kit: dict[str, Any]


class BaselineInput(Input):
    """What a SKU's pictures and texts take by hand, and cost in all (design, photographs, copy);
    null for what the shop leaves open."""

    minutes_per_sku: float | None = Field(None, ge=0.1, le=100_000)
    fen_per_sku: int | None = Field(None, ge=1, le=10_000_000_00)


class BaselineView(Output):
    """What the value of the studio is counted against."""

    minutes_per_sku: float | None
    fen_per_sku: int | None


@tool(
    "studio.get_brand", purpose=Text("查看品牌资料", "Show the brand kit"), risk="read", roles=STAFF
)
async def get_brand(call: Call, given: Nothing) -> BrandView:
    """Logo, colours and fonts that posters and pages take."""
    row = await store.brand(call.session, call.shop_id)
    return BrandView(kit=row.kit if row else {}, saved_at=row.saved_at if row else None)


async def _checked(call: Call, given: BrandInput) -> dict[str, Any]:
    """The kit as it is kept."""
    try:
        kit: dict[str, Any] = Brand.model_validate(given.kit).model_dump(mode="json")
    except ValidationError as error:
        raise complaints.invalid(error.errors(), "kit") from error
    except ValueError as error:
        raise Invalid(_NO_COLOUR, hint=_AS_HEX, where="colours") from error
    return kit


@tool(
    "studio.save_brand",
    purpose=Text("保存品牌资料", "Save the brand kit"),
    risk="draft",
    roles=WORKERS,
    prepare=_checked,
)
async def save_brand(call: Call, given: BrandInput) -> BrandView:
    """Take a brand kit in the place of the former. Raises Invalid for one that is none."""
    row = await store.save_brand(call.session, call.shop_id, call.prepared, call.principal.id)
    await events.append(call.session, BrandSaved())
    await call.session.flush()
    return BrandView(kit=row.kit, saved_at=row.saved_at)


@tool(
    "studio.get_baseline", purpose=Text("查看人工做图成本", "Show what making by hand costs"),
    risk="read", roles=STAFF,
)  # fmt: skip
async def get_baseline(call: Call, given: Nothing) -> BaselineView:
    """What the shop said last."""
    found = await store.baseline(call.session, call.shop_id)
    return BaselineView(
        minutes_per_sku=found.minutes_per_sku if found else None,
        fen_per_sku=found.fen_per_sku if found else None,
    )


@tool(
    "studio.save_baseline", purpose=Text("设定人工做图成本", "Say what making by hand costs"),
    risk="act", roles=OWNERS,
)  # fmt: skip
async def save_baseline(call: Call, given: BaselineInput) -> BaselineView:
    """Say what the value of what is made is counted against, that of past days too."""
    await events.append(call.session, BaselineSaved(**given.model_dump()))
    return BaselineView(**given.model_dump())
