"""Routes of the rules that are no tools: pictures in."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from limits import parse
from pydantic import BaseModel

from zhanggui.base import tools
from zhanggui.base.http.callers import Caller, caller, runtime_of
from zhanggui.base.limiting import RateLimits
from zhanggui.rules.files import picture_of
from zhanggui.rules.pictures import PictureReport, check_picture
from zhanggui.rules.tools import CHECK, FindingView, finding_view

router = APIRouter()

PICTURE_RATE = parse("30 per minute")
_Box = tuple[int, int, int, int]
_slots = asyncio.Semaphore(2)
"""Pictures that are decoded at a time, one of them being read: each may be 200 MB."""


class ReadLine(BaseModel):
    """A line that was read: `box` is left, top, right, bottom in pixels, `score` from 0 to 1."""

    text: str
    box: _Box
    score: float


class PlacedFinding(BaseModel):
    """A finding in `text`, and the box of the lines that it stands in."""

    finding: FindingView
    box: _Box


class CheckedPicture(BaseModel):
    """What was read off a picture, as lines and as one text, and what was found in it."""

    ok: bool
    text: str
    lines: list[ReadLine]
    findings: list[PlacedFinding]


@router.post(
    "/api/shops/{shop_id}/rules/picture",
    operation_id="rules.check_picture",
    tags=["rules", "picture"],
)
async def check_a_picture(
    request: Request,
    found: Annotated[Caller, Depends(caller)],
    file: Annotated[UploadFile, File(description="jpg, png or webp")],
    trade: Annotated[str | None, Form(max_length=40)] = None,
) -> CheckedPicture:
    """Read what stands on a picture and check it; neither is kept."""
    tools.authorise(tools.REGISTRY[CHECK], found.principal)
    limits = runtime_of(request).service(RateLimits)
    limits.hit(PICTURE_RATE, "rules", found.shop_id, found.principal.id)
    name, data = file.filename or "file", await file.read()
    async with _slots:
        report = await asyncio.to_thread(lambda: check_picture(picture_of(name, data), trade=trade))
    return _view(report)


def _view(report: PictureReport) -> CheckedPicture:
    return CheckedPicture(
        ok=report.ok,
        text="\n".join(line.text for line in report.lines),
        lines=[ReadLine(text=each.text, box=each.box, score=each.score) for each in report.lines],
        findings=[
            PlacedFinding(finding=finding_view(each.finding), box=each.box)
            for each in report.findings
        ],
    )
