"""The masks of frames, and which of them a person has to look at.

The first step leaves what it cut out in ``views.json``: of each frame its mask's path, confidence,
method and doubts. A mask that a person drew is given to it as ``masks/<frame's stem>.png`` with the
empty file ``masks/<frame's stem>.corrected`` beside it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from PIL import Image
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.studio import store
from zhanggui.studio.batches import batch_store
from zhanggui.studio.making.folder import digest
from zhanggui.studio.models import Cut, Item

FOLDER = "masks"
VIEWS = "views.json"
LARGEST_MASK = 20 * 2**20
_NO_MASK = Text("蒙版应是 8 位灰度 PNG 图片", "A mask is a PNG picture of 8-bit grey")
_SAME_SIZE = Text(
    "蒙版的大小（{mask}）和图片（{frame}）不一样",
    "the mask ({mask}) is not of the frame's size ({frame})",
)
_DRAW_ON_IT = Text("请在这张图片上重新涂抹", "Draw it on this very picture")
_EMPTY = Text("蒙版是空的：没有一处属于商品", "The mask is empty: nothing belongs to the product")


@dataclass(frozen=True, slots=True)
class Seen:
    """A mask that a step left for a frame."""

    frame: str
    name: str
    data: bytes
    confidence: float
    method: str
    doubts: tuple[str, ...]


def seen(made: Path, frames: Mapping[str, str], changed: set[str]) -> list[Seen]:
    """The masks among the files that changed in a folder, but for those that people drew."""
    if VIEWS not in changed:
        return []
    found = []
    for cut in json.loads((made / VIEWS).read_bytes())["cuts"]:
        path = made / cut["mask"]
        if cut["frame"] not in frames or path.with_suffix(".corrected").exists():
            continue
        found.append(
            Seen(
                frames[cut["frame"]],
                cut["frame"],
                path.read_bytes(),
                cut["confidence"],
                cut["method"][:40],
                tuple(cut["doubts"]),
            )
        )
    return found


async def record(session: AsyncSession, item: Item, found: list[Seen]) -> None:
    """Write masks down. What a person has said of a frame's mask stays, unless its mask is another
    now; one that a person drew stays in any case."""
    known = await store.cuts_of(session, item.shop_id, [each.frame for each in found])
    for each in found:
        row, mask = known.get(each.frame), digest(each.data)
        if row is not None and (row.state == "corrected" or row.mask == mask):
            continue
        if row is None:
            row = known[each.frame] = Cut(shop_id=item.shop_id, frame=each.frame)
            session.add(row)
        row.product_id, row.sku_id, row.name = item.product_id, item.sku_id, each.name
        row.mask, row.confidence, row.method = mask, each.confidence, each.method
        row.doubts, row.state = list(each.doubts), "doubtful" if each.doubts else "sure"
        row.seen_at, row.decided_at, row.decided_by = clock.now(), None, None
    await session.flush()


async def waits_for_review(session: AsyncSession, item: Item) -> bool:
    """Whether the item is not to go on before people have looked at its masks."""
    batch = await batch_store.batch(session, item.shop_id, item.batch_id)
    if batch is None or not batch.waits_for_review or batch.state == "cancelled":
        return False
    known = await store.cuts_of(session, item.shop_id, item.frames.values())
    return any(row.state == "doubtful" for row in known.values())


async def corrected(
    session: AsyncSession, shop_id: str, frames: Mapping[str, str]
) -> dict[str, str]:
    """The digests of masks that people drew, by the stems of frames' names."""
    known = await store.cuts_of(session, shop_id, frames.values())
    return {
        PurePosixPath(name).stem: known[frame].mask
        for name, frame in frames.items()
        if frame in known and known[frame].state == "corrected"
    }


def checked(mask: bytes, frame: bytes) -> bytes:
    """A mask from a brush as 8-bit grey PNG; raises Invalid where it is none of that frame's."""
    try:
        with Image.open(io.BytesIO(mask), formats=("PNG",)) as opened:
            size = opened.size
            _check_size(size, frame)
            grey = opened.convert("RGBA") if opened.mode in ("P", "PA") else opened
            if grey.mode not in ("L", "LA", "RGB", "RGBA", "1"):
                raise Invalid(_NO_MASK, hint=_DRAW_ON_IT, where="mask")
            grey = grey.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Invalid(_NO_MASK, hint=_DRAW_ON_IT, where="mask") from None
    if grey.getbbox() is None:
        raise Invalid(_EMPTY, hint=_DRAW_ON_IT, where="mask")
    out = io.BytesIO()
    grey.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _check_size(size: tuple[int, int], frame: bytes) -> None:
    with Image.open(io.BytesIO(frame)) as opened:
        turned = opened.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        expected = opened.size[::-1] if turned else opened.size
    if size != expected:
        mask, seen = ("×".join(map(str, each)) for each in (size, expected))
        raise Invalid(_SAME_SIZE.format(mask=mask, frame=seen), hint=_DRAW_ON_IT, where="mask")
