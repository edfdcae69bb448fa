"""Routes of the shop that are no tools: opening one, files in, files out, pictures."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.datastructures import FormData, UploadFile

from zhanggui.base import tools
from zhanggui.base.auth import accounts
from zhanggui.base.complaints import refuse_unstorable
from zhanggui.base.db import EVERY_SHOP
from zhanggui.base.errors import Forbidden, not_found
from zhanggui.base.http import uploads
from zhanggui.base.http.callers import Caller, caller, is_local_owner, runtime_of, signed_in
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.base.sheets import inert
from zhanggui.base.tools import Input
from zhanggui.base.words import Text
from zhanggui.shop import pictures, store
from zhanggui.shop.importing import import_tools, imports
from zhanggui.shop.opening import open_shop, shop_id_for

router = APIRouter()

PICTURE = Text("图片", "picture")
_CHUNK = 2**20


class NewShop(Input):
    """A shop to open; without an id one is made."""

    name: str = Field(min_length=1, max_length=200)
    id: str | None = Field(None, max_length=48)


class OpenedShop(BaseModel):
    """A shop that was opened."""

    id: str
    name: str


async def opener(request: Request) -> Principal:
    """Who may open a shop: this machine's owner, and people who own one here already."""
    if is_local_owner(request):
        return SYSTEM
    user = (await signed_in(request)).user
    async with runtime_of(request).db.reading(EVERY_SHOP) as session:
        roles = {membership.role for membership in await accounts.shops_of(session, user.id)}
    if "owner" not in roles and not user.operator:
        raise Forbidden(
            Text("只有店主可以开新店", "Only an owner can open another shop"),
            hint=Text("请店主来操作。", "Ask a shop's owner to do it."),
        )
    return Principal(user.id, "owner")


@router.post("/api/shops", operation_id="shop.create_shop", tags=["shop"])
async def create_shop(
    given: NewShop, request: Request, principal: Annotated[Principal, Depends(opener)]
) -> OpenedShop:
    """Open a shop; whoever opens it owns it."""
    refuse_unstorable(given.model_dump())
    shop_id = given.id or shop_id_for(given.name)
    shop = await open_shop(runtime_of(request), shop_id, given.name, by=principal)
    return OpenedShop(id=shop.shop_id, name=shop.name)


class Staged(BaseModel):
    """An import whose files have arrived and been understood."""

    import_id: str


@router.post(
    "/api/shops/{shop_id}/imports",
    operation_id="shop.stage_import",
    tags=["shop", "upload"],
    openapi_extra=uploads.described(
        modified={
            "type": "array",
            "items": {"type": "integer"},
            "description": "Each file's last change, in Unix milliseconds.",
        }
    ),
)
async def stage_import(request: Request, found: Annotated[Caller, Depends(caller)]) -> Staged:
    """Take files in (field `files`, many; a name may hold folders) and say what they are."""
    tools.authorise(tools.REGISTRY["shop.start_import"], found.principal)
    runtime = runtime_of(request)
    import_id, staging = imports.new_import(runtime, found.shop_id)
    try:
        hint = Text("请选择要导入的文件。", "Choose the files to import.")
        async with uploads.sent(request, hint) as (form, files):
            for file, time in zip(files, _times(form, len(files)), strict=True):
                await staging.add_stream(file.filename or "file", _chunks(file), time)
        row = await imports.stage(runtime, found.shop_id, staging, import_id)
    except BaseException:
        await staging.remove()
        raise
    return Staged(import_id=row.id)


def _times(form: FormData, count: int) -> list[datetime | None]:
    """When each file was last written where it comes from, if the form says so for all of them:
    by it the later of two exports is known that do not carry their time in their names."""
    try:
        times = [datetime.fromtimestamp(int(str(t)) / 1000, UTC) for t in form.getlist("modified")]
    except (ValueError, OverflowError, OSError):
        times = []
    return [*times] if len(times) == count else [None] * count


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(_CHUNK):
        yield chunk


@router.get(
    "/api/shops/{shop_id}/imports/{import_id}/problems.csv",
    operation_id="shop.import_problems",
    tags=["shop"],
    response_class=Response,
)
async def import_problems(
    import_id: str, request: Request, found: Annotated[Caller, Depends(caller)]
) -> Response:
    """The refused and the odd rows of an import as a table for a spreadsheet."""
    tools.authorise(tools.REGISTRY["shop.get_import"], found.principal)
    refuse_unstorable(import_id, "import_id")
    async with runtime_of(request).db.reading(found.shop_id) as session:
        await imports.get(session, found.shop_id, import_id)
        files = {
            file.number: file.path
            for file in await imports.files(session, found.shop_id, import_id)
        }
        problems = await store.import_problems(session, found.shop_id, import_id)
    table = io.StringIO()
    writer = csv.writer(table)
    heading = Text("文件,行,列,原因,是否拒收", "file,row,column,reason,refused")
    writer.writerow(str(heading).split(","))
    for problem in problems:
        said = import_tools.problem_view(problem)
        refused = Text("拒收", "refused") if said.refused else Text("已导入", "kept")
        cells = (files[problem.number], said.row, said.column or "", said.reason, refused)
        writer.writerow([inert(str(cell)) for cell in cells])
    return Response(
        "\ufeff" + table.getvalue(),  # Spreadsheets take UTF-8 only by this mark.
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{import_id}-problems.csv"'},
    )


@router.get(
    "/api/shops/{shop_id}/pictures/{name}",
    operation_id="shop.picture",
    tags=["shop"],
    response_class=Response,
)
async def picture(
    name: str, request: Request, found: Annotated[Caller, Depends(caller)]
) -> Response:
    """A picture that came with the shop's files."""
    if not pictures.is_name(name):
        raise not_found(PICTURE, name)
    blobs = runtime_of(request).blobs
    data = await blobs.get(pictures.key_of(blobs, found.shop_id, name))
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}
    return Response(data, media_type=pictures.media_type(name), headers=headers)
