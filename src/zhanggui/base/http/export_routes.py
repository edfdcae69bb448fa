"""Routes made from exports: a table as a file, narrowed by its listing tool's filters, and all
tables as one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse
from limits import parse
from pydantic import Field, create_model

from zhanggui.base import clock, exports, tools
from zhanggui.base.exports import Export
from zhanggui.base.http.callers import Caller, caller, runtime_of
from zhanggui.base.http.sending import attached, unnamed
from zhanggui.base.limiting import RateLimits
from zhanggui.base.sheets import Encoding, Format
from zhanggui.base.tools import Input

RATE = parse("30 per minute")
WHOLE_RATE = parse("6 per hour")
_ZIP = "application/zip"
_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
_PAGING = frozenset(("page", "size"))


class FileChoice(Input):
    """What kind of file."""

    format: Format = Field("xlsx", description="A workbook, or comma-separated text.")
    encoding: Encoding = Field(
        "utf-8",
        description="Of the text. What GBK does not have becomes `〓`; `X-Zhanggui-Replaced` says "
        "how many characters did.",
    )


def routes_for_exports(registry: Mapping[str, Export]) -> APIRouter:
    """A route ``/api/shops/{shop_id}/exports/<table>`` for each export."""
    router = APIRouter(prefix="/api/shops/{shop_id}/exports")
    for export in registry.values():
        router.add_api_route(
            f"/{export.table}",
            _endpoint(export),
            methods=["GET"],
            name=f"export.{export.table}",
            operation_id=f"export.{export.table}",
            summary=f"{export.name.en} as a file",
            description=f"导出{export.name.zh}",
            response_class=StreamingResponse,
            responses={200: {"content": {kind: {} for kind in _KINDS.values()}}},
            tags=["exports"],
        )
    router.add_api_route(
        "",
        _send_whole,
        methods=["GET"],
        name="export",
        operation_id="export",
        summary="Every table and stored file in one zip",
        description="导出全部数据",
        response_class=StreamingResponse,
        responses={200: {"content": {_ZIP: {}}}},
        tags=["exports"],
    )
    return router


def _choice(export: Export) -> type[FileChoice]:
    filters: dict[str, Any] = {
        name: (field.annotation, field)
        for name, field in tools.REGISTRY[export.tool].input.model_fields.items()
        if name not in _PAGING
    }
    name = f"Export{export.table.title().replace('_', '')}"
    return create_model(name, __base__=FileChoice, **filters)


def _endpoint(export: Export) -> Callable[..., Awaitable[StreamingResponse]]:
    async def endpoint(
        request: Request, found: Annotated[Caller, Depends(caller)], given: Any
    ) -> StreamingResponse:
        return await _send(request, export, found, given)

    endpoint.__annotations__["given"] = Annotated[_choice(export), Query()]
    return endpoint


async def _send(
    request: Request, export: Export, found: Caller, given: FileChoice
) -> StreamingResponse:
    """The file is whole before the first byte goes out, so a failure is an answer like any other;
    it has no name on the disk, so nothing of it stays behind."""
    runtime, tool = runtime_of(request), tools.REGISTRY[export.tool]
    runtime.service(RateLimits).hit(RATE, "export", found.shop_id, found.principal.id)
    filters = given.model_dump(exclude={"format", "encoding"})
    async with unnamed() as file:
        written = await exports.write(
            runtime,
            export,
            tools.validate(tool, filters),
            file,
            shop_id=found.shop_id,
            principal=found.principal,
            form=given.format,
            encoding=given.encoding,
        )
    charset = f"; charset={given.encoding}" if given.format == "csv" else ""
    return attached(
        file,
        f"{export.table}-{_today()}.{given.format}",
        _KINDS[given.format] + charset,
        {"X-Zhanggui-Rows": str(written.rows), "X-Zhanggui-Replaced": str(written.replaced)},
    )


async def _send_whole(
    request: Request, found: Annotated[Caller, Depends(caller)]
) -> StreamingResponse:
    runtime = runtime_of(request)
    runtime.service(RateLimits).hit(WHOLE_RATE, "export", found.shop_id, found.principal.id)
    async with unnamed() as file:
        whole = await exports.write_whole(
            runtime, file, shop_id=found.shop_id, principal=found.principal
        )
    name = f"{found.shop_id}-{_today()}.zip"
    counts = {"Rows": whole.rows, "Files": whole.files, "Missing": whole.missing}
    return attached(file, name, _ZIP, {f"X-Zhanggui-{k}": str(n) for k, n in counts.items()})


def _today() -> date:
    return clock.local(clock.now()).date()
