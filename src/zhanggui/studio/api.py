"""Routes of the studio that are no tools: pictures and masks in, files and zips out."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, Query, Request, UploadFile
from fastapi import Path as UrlPath
from fastapi.responses import Response, StreamingResponse
from limits import parse
from pydantic import Field

from zhanggui.base import clock, tools
from zhanggui.base.complaints import refuse_unstorable
from zhanggui.base.errors import TooLarge, not_found
from zhanggui.base.http import uploads
from zhanggui.base.http.callers import Caller, caller, runtime_of
from zhanggui.base.http.routes import WAITS, IdempotencyKey, waits_for
from zhanggui.base.http.sending import attached, unnamed
from zhanggui.base.limiting import RateLimits
from zhanggui.base.words import Text
from zhanggui.studio import cuts, exporting, keeping, store, uploading
from zhanggui.studio.cut_tools import CUT, CutJudged
from zhanggui.studio.exporting import Channel
from zhanggui.studio.gallery_tools import known_stages
from zhanggui.studio.models import Work
from zhanggui.studio.stages import Stage, plate_path
from zhanggui.studio.uploading import Uploaded
from zhanggui.studio.work_tools import WORK, WorkListInput

router = APIRouter(prefix="/api/shops/{shop_id}/studio", tags=["studio"])

EXPORT_RATE = parse("30 per minute")
FILE = Text("文件", "file")
_TYPES = {
    "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "mp4": "video/mp4",
    "html": "text/html; charset=utf-8", "json": "application/json",
    "md": "text/markdown; charset=utf-8", "txt": "text/plain; charset=utf-8",
    "srt": "text/plain; charset=utf-8",
}  # fmt: skip
_Digest = Annotated[str, UrlPath(pattern="^[0-9a-f]{64}$")]
_Side = Annotated[Literal["160", "320", "640"], Query(description="The longer side, in pixels.")]
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_MOST_WORKS = 5_000
_TOO_MANY = Text("一次最多导出 {most} 件素材", "at most {most} works are exported at a time")
_CHOOSE_FEWER = Text("请按批次、商品或类型分几次导出。", "Export by batch, product or kind.")
_MOST_CHOSEN = 500


@router.post(
    "/pictures",
    operation_id="studio.upload_pictures",
    tags=["upload"],
    openapi_extra=uploads.described(product_id={"type": "string"}, sku_id={"type": "string"}),
)
async def upload_pictures(request: Request, found: Annotated[Caller, Depends(caller)]) -> Uploaded:
    """Take base pictures in (field `files`, many; JPG, PNG, WebP, or zips of these). Without a
    `product_id` each goes to the product or SKU whose id or merchant code its folder or name has.
    """
    tools.authorise(tools.REGISTRY[uploading.ADD], found.principal)
    runtime = runtime_of(request)
    hint = Text("请选择图片或 zip。", "Choose pictures or a zip of them.")
    async with uploads.sent(request, hint) as (form, files):
        product_id, sku_id = (
            str(form.get(name) or "") or None for name in ("product_id", "sku_id")
        )
        refuse_unstorable([product_id, sku_id, *(each.filename for each in files)], "files")
        upload = uploading.Upload(runtime, found.shop_id, found.principal, product_id, sku_id)
        for file in files:
            await upload.take(file.filename or "file", file.file)
    return await upload.end()


@router.get("/works/{work_id}", operation_id="studio.work_file", response_class=Response)
async def work_file(
    work_id: Annotated[str, UrlPath(max_length=40, pattern="^[^\\x00]*$")],
    request: Request,
    found: Annotated[Caller, Depends(caller)],
    download: bool = False,
) -> Response:
    """A work's file; a page is shown in a sandbox. Ranges are served, so that a film can be
    wound."""
    row = await _work(request, found, work_id)
    data = await keeping.get(runtime_of(request).blobs, found.shop_id, row.digest)
    ending = row.path.rpartition(".")[2]
    headers = {
        **keeping.headers(),
        "Content-Security-Policy": "sandbox; default-src 'self' data: 'unsafe-inline'",
    }
    if download:
        headers["Content-Disposition"] = f'attachment; filename="{row.id}.{ending}"'
    return _ranged(request, data, _TYPES.get(ending, "application/octet-stream"), headers)


@router.get("/works/{work_id}/small", operation_id="studio.work_small", response_class=Response)
async def work_small(
    work_id: Annotated[str, UrlPath(max_length=40, pattern="^[^\\x00]*$")],
    request: Request,
    found: Annotated[Caller, Depends(caller)],
    side: _Side = "320",
) -> Response:
    """A work's thumbnail, as WebP."""
    row = await _work(request, found, work_id)
    if not _TYPES.get(row.path.rpartition(".")[2], "").startswith("image/"):
        raise not_found(FILE, work_id)
    return await _small(request, found, row.digest, int(side))


@router.get("/frames/{digest}", operation_id="studio.frame", response_class=Response)
async def frame(
    digest: _Digest, request: Request, found: Annotated[Caller, Depends(caller)]
) -> Response:
    """A base picture."""
    await _is_frame(request, found, digest)
    data = await keeping.get(runtime_of(request).blobs, found.shop_id, digest)
    return Response(data, media_type=_type_of(data), headers=keeping.headers())


@router.get("/frames/{digest}/small", operation_id="studio.frame_small", response_class=Response)
async def frame_small(
    digest: _Digest,
    request: Request,
    found: Annotated[Caller, Depends(caller)],
    side: _Side = "320",
) -> Response:
    """A base picture's thumbnail, as WebP."""
    await _is_frame(request, found, digest)
    return await _small(request, found, digest, int(side))


@router.get("/cuts/{digest}/mask", operation_id="studio.mask", response_class=Response)
async def mask(
    digest: _Digest, request: Request, found: Annotated[Caller, Depends(caller)]
) -> Response:
    """The mask of the frame of this digest, as PNG of 8-bit grey."""
    tools.authorise(tools.REGISTRY["studio.list_cuts"], found.principal)
    async with runtime_of(request).db.reading(found.shop_id) as session:
        row = await store.cut(session, found.shop_id, digest)
    if row is None:
        raise not_found(CUT, digest)
    data = await keeping.get(runtime_of(request).blobs, found.shop_id, row.mask)
    headers = {"Cache-Control": "private, no-cache", "ETag": f'"{row.mask}"'}
    return Response(data, media_type="image/png", headers=headers)


@router.put(
    "/cuts/{digest}/mask",
    operation_id="studio.draw_mask",
    tags=["upload"],
    response_model=CutJudged,
    responses=WAITS,
)
async def draw_mask(
    digest: _Digest,
    request: Request,
    found: Annotated[Caller, Depends(caller)],
    file: Annotated[UploadFile, File(description="PNG of the frame's size; white is product")],
    idempotency_key: IdempotencyKey = None,
) -> Any:
    """Take a mask from the brush; what was made of the frame is made anew with it."""
    correct = tools.REGISTRY["studio.correct_cut"]
    tools.authorise(correct, found.principal)
    await _is_frame(request, found, digest)
    runtime = runtime_of(request)
    drawn = await file.read(cuts.LARGEST_MASK + 1)
    if len(drawn) > cuts.LARGEST_MASK:
        raise TooLarge(Text("蒙版文件太大", "The mask's file is too large"), where="file")
    frame = await keeping.get(runtime.blobs, found.shop_id, digest)
    data = await keeping.in_turn(cuts.checked, drawn, frame)
    sha256 = await keeping.put(runtime.blobs, found.shop_id, data)
    outcome = await tools.call(
        runtime, correct.name, {"frame": digest, "mask": sha256},
        shop_id=found.shop_id, principal=found.principal, idempotency_key=idempotency_key,
    )  # fmt: skip
    if outcome.approval is not None:
        return waits_for(outcome.approval)
    return outcome.output


class ExportChoice(WorkListInput):
    """Which works go into the zip, as they are chosen for the wall (approved ones where no state is
    said), and in which channel's naming."""

    channel: Channel = "plain"
    ids: list[str] = Field(default_factory=list, max_length=_MOST_CHOSEN)


@router.get("/export.zip", operation_id="studio.export", response_class=StreamingResponse)
async def export(
    request: Request,
    found: Annotated[Caller, Depends(caller)],
    given: Annotated[ExportChoice, Query()],
) -> StreamingResponse:
    """Works as a zip with a folder for each product, in a channel's naming."""
    tools.authorise(tools.REGISTRY["studio.list_works"], found.principal)
    refuse_unstorable(given.model_dump())
    runtime = runtime_of(request)
    runtime.service(RateLimits).hit(EXPORT_RATE, "studio", found.shop_id, found.principal.id)
    filters = given.model_dump(exclude={"channel", "ids", "page", "size"})
    filters["state"] = filters["state"] or (None if given.ids else "approved")
    query = store.wall(found.shop_id, every_version=bool(given.ids), **filters)
    if given.ids:
        query = query.where(Work.id.in_(given.ids))
    async with runtime.db.reading(found.shop_id) as session:
        answer = await session.execute(query.limit(_MOST_WORKS + 1))
        rows = [(row, title) for row, title in answer]
    if len(rows) > _MOST_WORKS:
        raise TooLarge(_TOO_MANY.format(most=_MOST_WORKS), hint=_CHOOSE_FEWER, where="works")
    async with unnamed() as file:
        files = exporting.named(given.channel, rows)
        written = await exporting.write(runtime.blobs, found.shop_id, files, file)
    name = f"studio-{given.channel}-{clock.local(clock.now()).date()}.zip"
    counts = {"X-Zhanggui-Files": str(written.files), "X-Zhanggui-Missing": str(written.missing)}
    return attached(file, name, "application/zip", counts)


@router.get("/stages/{stage_id}/small", operation_id="studio.stage_small", response_class=Response)
async def stage_small(
    stage_id: Annotated[str, UrlPath(max_length=64)],
    request: Request,
    found: Annotated[Caller, Depends(caller)],
) -> Response:
    """An empty stage's thumbnail, as WebP."""
    tools.authorise(tools.REGISTRY["studio.list_stages"], found.principal)
    stage = next((each for each in known_stages() if each.id == stage_id), None)
    if stage is None:
        raise not_found(Text("场景", "stage"), stage_id)
    data = await keeping.in_turn(_plate, stage)
    return Response(data, media_type="image/webp", headers=keeping.headers())


async def _work(request: Request, found: Caller, work_id: str) -> Work:
    tools.authorise(tools.REGISTRY["studio.get_work"], found.principal)
    refuse_unstorable(work_id, "work_id")
    async with runtime_of(request).db.reading(found.shop_id) as session:
        row = await store.work(session, found.shop_id, work_id)
    if row is None:
        raise not_found(WORK, work_id)
    return row


async def _is_frame(request: Request, found: Caller, digest: str) -> None:
    """Raise NotFound for a digest that is no frame's: other files are served as what they are."""
    tools.authorise(tools.REGISTRY["studio.list_pictures"], found.principal)
    async with runtime_of(request).db.reading(found.shop_id) as session:
        if not await store.is_frame(session, found.shop_id, digest):
            raise not_found(FILE, digest)


async def _small(request: Request, found: Caller, digest: str, side: int) -> Response:
    data = await keeping.small(runtime_of(request).blobs, found.shop_id, digest, side)
    return Response(data, media_type="image/webp", headers=keeping.headers())


def _plate(stage: Stage) -> bytes:
    return keeping.shrunk(plate_path(stage).read_bytes(), 320)


def _type_of(data: bytes) -> str:
    if data.startswith(b"\x89PNG"):
        return "image/png"
    return "image/webp" if data[:4] == b"RIFF" else "image/jpeg"


def _ranged(request: Request, data: bytes, kind: str, headers: dict[str, str]) -> Response:
    """The file, or the part of it that was asked for: Safari plays no film otherwise."""
    headers = {**headers, "Accept-Ranges": "bytes"}
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    first, last = asked.groups() if asked else ("", "")
    if not (first or last):
        return Response(data, media_type=kind, headers=headers)
    begin = int(first) if first else max(0, len(data) - int(last))
    end = min(int(last), len(data) - 1) if first and last else len(data) - 1
    if begin > end:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {begin}-{end}/{len(data)}"
    return Response(data[begin : end + 1], 206, headers, kind)
