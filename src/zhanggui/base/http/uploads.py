"""Many files in one form.

Routes that take them read the form themselves, since a declared list of files may not have as many
as a shop's folders do, and so tell OpenAPI of it in their own words.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text

_MOST = 2_000


def described(**fields: dict[str, Any]) -> dict[str, Any]:
    """The ``openapi_extra`` of a route with the field `files` and others, by their schemas."""
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    schema = {"type": "object", "required": ["files"], "properties": {"files": files, **fields}}
    content = {"multipart/form-data": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


@asynccontextmanager
async def sent(request: Request, hint: Text) -> AsyncIterator[tuple[FormData, list[UploadFile]]]:
    """A request's form and the files in it, open until the block ends; raises Invalid with `hint`
    where none has come."""
    async with request.form(max_files=_MOST, max_fields=_MOST) as form:
        files = [each for each in form.getlist("files") if isinstance(each, UploadFile)]
        if not files:
            raise Invalid(Text("没有收到文件", "No file has arrived"), hint=hint, where="files")
        yield form, files
