"""Routes of what the shop knows that are no tools: documents in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from pydantic import BaseModel, Field

from zhanggui.base import tools
from zhanggui.base.http.callers import Caller, caller, runtime_of
from zhanggui.base.http.routes import WAITS, IdempotencyKey, waits_for
from zhanggui.knowledge import adding
from zhanggui.knowledge.document_tools import DocumentView
from zhanggui.knowledge.documents import MAX_BYTES

router = APIRouter()


class AddedDocument(BaseModel):
    """A document that was added, and the pages of a pdf that held no text, as scans do."""

    document: DocumentView
    unread_pages: list[int] = Field(description="Counted from 1.")


@router.post(
    "/api/shops/{shop_id}/knowledge/documents",
    operation_id="knowledge.add_document",
    tags=["knowledge", "upload"],
    response_model=AddedDocument,
    responses=WAITS,
)
async def add_document(
    request: Request,
    found: Annotated[Caller, Depends(caller)],
    file: Annotated[UploadFile, File(description="md, txt, docx, pdf, xlsx or xls")],
    title: Annotated[str | None, Form(min_length=1, max_length=200)] = None,
    effective: Annotated[
        date | None, Form(description="The day from which it applies; of a new version today.")
    ] = None,
    id: Annotated[  # noqa: A002 # What the tools call it.
        str | None,
        Form(min_length=1, max_length=64, description="The document it is a new version of."),
    ] = None,
    idempotency_key: IdempotencyKey = None,
) -> Any:
    """Make a document of a file, or a new version of one."""
    tools.authorise(tools.REGISTRY[adding.SAVE], found.principal)
    name = file.filename or "file"
    data = await file.read(MAX_BYTES + 1)  # One more than is taken, and so refused.
    given = adding.File(name, data, title, effective, id)
    outcome, unread = await adding.add(
        runtime_of(request), found.shop_id, found.principal, given, idempotency_key
    )
    if outcome.approval is not None:
        return waits_for(outcome.approval)
    return {"document": outcome.output, "unread_pages": unread}
