"""The tools of saved views: everybody keeps their own, and owners what the staff share."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from pydantic import AfterValidator, Field

from zhanggui.base import saved_views
from zhanggui.base.errors import Forbidden, not_found
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.saved_views import EVERYBODY, SavedViewRow
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text

_LARGEST = 4_000


def _fits(shows: dict[str, Any]) -> dict[str, Any]:
    if len(orjson.dumps(shows)) > _LARGEST:
        raise ValueError(f"has more than {_LARGEST} bytes")
    return shows


ListName = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$", description="Which list.")]
ViewId = Annotated[str, Field(min_length=1, max_length=40)]
Name = Annotated[str, Field(min_length=1, max_length=30)]
Part = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
Said = Annotated[str, Field(max_length=500)]
Many = Annotated[list[Said], Field(max_length=50)]
Shows = Annotated[dict[Part, Said | Many], Field(max_length=20), AfterValidator(_fits)]
"""What narrows a list: the parts of the console's address, or several values of one."""


class ViewItem(Output):
    """A view: `is_shared` with the shop's staff, `is_default` where the caller's list opens in
    it."""

    id: str
    name: str
    shows: dict[str, str | list[str]]
    is_shared: bool
    is_default: bool


class Views(Output):
    """A list's views: the caller's own, then the shared, each the oldest first."""

    items: list[ViewItem]


class ViewsOf(Input):
    """Which list."""

    list_name: ListName


@tool("base.list_views", purpose=Text("列出视图", "List views"), risk="read", roles=STAFF)
async def list_views(call: Call, given: ViewsOf) -> Views:
    """The views of a list that the caller sees."""
    return await _views(call, given.list_name)


async def _views(call: Call, list_name: str) -> Views:
    where = (call.session, call.shop_id, list_name, call.principal.id)
    default = await saved_views.default_of(*where)
    return Views(
        items=[
            ViewItem(
                id=row.id,
                name=row.name,
                shows=row.shows,
                is_shared=row.user_id == EVERYBODY,
                is_default=row.id == default,
            )
            for row in await saved_views.seen(*where)
        ]
    )


class SaveView(Input):
    """A view; one of the caller's own of the same name is changed."""

    list_name: ListName
    name: Name
    shows: Shows


@tool("base.save_view", purpose=Text("保存视图", "Save a view"), risk="draft", roles=STAFF)
async def save_view(call: Call, given: SaveView) -> Views:
    """Keep a view for the caller alone."""
    await saved_views.save(
        call.session, call.shop_id, given.list_name, call.principal.id, given.name, given.shows
    )
    return await _views(call, given.list_name)


class ViewChoice(Input):
    """Which view."""

    view_id: ViewId


class RenameView(ViewChoice):
    """Which view is called what."""

    name: Name


@tool("base.rename_view", purpose=Text("视图改名", "Rename a view"), risk="draft", roles=STAFF)
async def rename_view(call: Call, given: RenameView) -> Views:
    """Call a view something else; a shared one takes an owner."""
    row = await _to_change(call, given)
    await saved_views.rename(call.session, row, given.name)
    return await _views(call, row.list_name)


class ShareView(ViewChoice):
    """Which view, and whether all staff see it."""

    is_shared: bool


@tool("base.share_view", purpose=Text("共享视图", "Share a view"), risk="draft", roles=OWNERS)
async def share_view(call: Call, given: ShareView) -> Views:
    """Give a view to all staff, or make a shared one the caller's own."""
    row = await _to_change(call, given)
    await saved_views.give(call.session, row, EVERYBODY if given.is_shared else call.principal.id)
    return await _views(call, row.list_name)


@tool("base.remove_view", purpose=Text("删除视图", "Remove a view"), risk="draft", roles=STAFF)
async def remove_view(call: Call, given: ViewChoice) -> Views:
    """Take a view away; a shared one takes an owner."""
    row = await _to_change(call, given)
    await saved_views.remove(call.session, row)
    return await _views(call, row.list_name)


class DefaultView(Input):
    """The view in which the caller's list is to open; null for the list as it is."""

    list_name: ListName
    view_id: ViewId | None


@tool(
    "base.set_default_view",
    purpose=Text("设为默认视图", "Choose the view a list opens in"),
    risk="draft",
    roles=STAFF,
)
async def set_default_view(call: Call, given: DefaultView) -> Views:
    """Have the list open in a view of its own, for the caller alone. Raises NotFound."""
    if given.view_id is not None:
        row = await _row(call, given.view_id)
        if row.list_name != given.list_name:
            raise not_found(saved_views.KIND, given.view_id)
    await saved_views.set_default(
        call.session, call.shop_id, given.list_name, call.principal.id, given.view_id
    )
    return await _views(call, given.list_name)


async def _row(call: Call, view_id: str) -> SavedViewRow:
    return await saved_views.get(call.session, call.shop_id, view_id, call.principal.id)


async def _to_change(call: Call, given: ViewChoice) -> SavedViewRow:
    row = await _row(call, given.view_id)
    if row.user_id == EVERYBODY and call.principal.role not in OWNERS:
        raise Forbidden(
            Text("共享的视图由店主管理", "Shared views are the owner's to change"),
            hint=Text("可以另存成自己的视图。", "Save it as a view of your own."),
            where=row.id,
        )
    return row
