"""Checking what stands on a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel

from zhanggui.rules import reading
from zhanggui.rules.checking import check
from zhanggui.rules.findings import Finding, Price
from zhanggui.rules.reading import Line, Pixels


class PictureFinding(BaseModel):
    """A finding in the line of a picture, whose box is left, top, right, bottom in pixels."""

    finding: Finding
    box: tuple[int, int, int, int]


class PictureReport(BaseModel):
    """What was read off a picture, from top to bottom, and what was found in it."""

    lines: list[Line]
    findings: list[PictureFinding]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check_picture(
    rgb: Pixels,
    *,
    trade: str | None = None,
    now: datetime | None = None,
    prices: Sequence[Price] | None = None,
    platform: str | None = None,
    threads: int = 1,
) -> PictureReport:
    """What on a picture, height × width × 3 in RGB, may not be said. The lines are read
    as one text, and a finding has the box of the lines it stands in."""
    lines = reading.read_text(rgb, threads=threads)
    text = "\n".join(line.text for line in lines)
    report = check(text, trade=trade, now=now, prices=prices, platform=platform)
    return PictureReport(
        lines=lines,
        findings=[
            PictureFinding(finding=each, box=_around(lines, each.start, each.end))
            for each in report.findings
        ],
    )


def _around(lines: Sequence[Line], start: int, end: int) -> tuple[int, int, int, int]:
    boxes = []
    at = 0
    for line in lines:
        if at < end and start < at + len(line.text):
            boxes.append(line.box)
        at += len(line.text) + 1
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
