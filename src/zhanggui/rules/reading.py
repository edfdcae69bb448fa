"""Reading what stands on a picture: PP-OCR through rapidocr, whose models lie in its wheel."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from rapidocr import RapidOCR

Pixels = NDArray[np.uint8]
LEAST_SCORE = 0.5
"""What is read with less is noise, mostly the texture of a product."""

_reading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: `box` is left, top, right, bottom in pixels, right and bottom outside of it;
    `score` from 0 to 1 is how sure the reader is."""

    text: str
    box: tuple[int, int, int, int]
    score: float


def read_text(rgb: Pixels, *, threads: int = 1, least: float = LEAST_SCORE) -> list[Line]:
    """The lines on a picture, an array of height × width × 3 in RGB, from top to bottom and in a
    row from left to right. One picture is read at a time, by `threads` threads."""
    bgr = np.ascontiguousarray(rgb[..., ::-1])
    with _reading:
        found: Any = _reader(threads)(bgr, text_score=least)
    if found.boxes is None or found.txts is None:
        return []
    height, width = rgb.shape[:2]
    lines = [
        Line(text, _box(corners, width, height), float(score))
        for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    ]
    return in_order(lines)


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines as they are read. Two stand in one row where their middles are less than half of the
    lower one's height apart."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: (each.box[1] + each.box[3], each.box[0])):
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda each: each.box[0])]


def _same_row(one: Line, other: Line) -> bool:
    lower = min(one.box[3] - one.box[1], other.box[3] - other.box[1])
    return abs((one.box[1] + one.box[3]) - (other.box[1] + other.box[3])) < lower


def _box(corners: Any, width: int, height: int) -> tuple[int, int, int, int]:
    points = np.asarray(corners, np.float64)
    left, top = np.floor(points.min(0)).astype(int)
    right, bottom = np.ceil(points.max(0)).astype(int)
    return max(int(left), 0), max(int(top), 0), min(int(right), width), min(int(bottom), height)


@lru_cache(maxsize=2)
def _reader(threads: int) -> RapidOCR:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,  # Nothing on a shop's picture stands on its head.
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
