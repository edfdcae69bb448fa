"""Approved works as a zip, in a channel's naming."""

from __future__ import annotations

import asyncio
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Literal, get_args

from zhanggui.base.blobs import Blobs
from zhanggui.base.errors import Invalid, NotFound
from zhanggui.base.filenames import Names, safe
from zhanggui.base.words import Text
from zhanggui.studio import keeping
from zhanggui.studio.models import Work

Channel = Literal["plain", "taobao", "xiaohongshu", "douyin"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
_NOTHING = Text("没有可以导出的素材", "there is nothing to export")
_APPROVE = Text("先通过要导出的素材，或换个条件。", "Approve works first, or choose otherwise.")
_TAOBAO = {
    "scene": "主图", "poster": "海报", "white": "白底图", "grid": "九宫格", "detail": "详情页",
    "video": "主图视频", "copy": "文案",
}  # fmt: skip
_XIAOHONGSHU = {**_TAOBAO, "scene": "笔记图", "poster": "封面", "copy": "笔记"}
_DOUYIN = {**_TAOBAO, "scene": "商品图", "poster": "封面", "video": "短视频", "copy": "脚本"}
_WORDS = {"taobao": _TAOBAO, "xiaohongshu": _XIAOHONGSHU, "douyin": _DOUYIN}


@dataclass(frozen=True, slots=True)
class Exported:
    """How many files a zip has, and how many are no longer stored."""

    files: int
    missing: int


def named(channel: Channel, works: Sequence[tuple[Work, str | None]]) -> list[tuple[str, Work]]:
    """A path for each work: a folder for each product or SKU and in it, for a channel, what the
    file is there with its number (``杯子_1001/主图_01.jpg``), else the path of its manifest."""
    folders, found = Names(), []
    by_owner: dict[tuple[str, str | None], str] = {}
    counts: dict[tuple[str, str], int] = {}
    files: dict[str, Names] = {}
    for work, title in sorted(works, key=_order):
        owner = work.product_id, work.sku_id
        if owner not in by_owner:
            by_owner[owner] = folders.take(
                safe(f"{(title or '')[:30]}_{work.sku_id or work.product_id}")
            )
        folder = by_owner[owner]
        if channel == "plain":
            path = "/".join(safe(part) for part in work.path.split("/"))
        else:
            word, ending = _WORDS[channel][work.kind], work.path.rpartition(".")[2]
            counts[folder, word] = number = counts.get((folder, word), 0) + 1
            path = f"{word}_{number:02}.{ending}"
        found.append((f"{folder}/{files.setdefault(folder, Names()).take(path)}", work))
    return found


def _order(each: tuple[Work, str | None]) -> tuple[str, str, int, str]:
    work, _ = each
    return work.product_id, work.sku_id or "", work.number, work.slot


async def write(
    blobs: Blobs, shop_id: str, files: Iterable[tuple[str, Work]], out: IO[bytes]
) -> Exported:
    """Write the zip to `out`, one file in memory at a time; raises Invalid where there is none."""
    count = missing = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:  # They are compressed already.
        for path, work in files:
            try:
                data = await keeping.get(blobs, shop_id, work.digest)
            except NotFound:
                missing += 1
                continue
            # One time for all: the same works give the same bytes.
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            await asyncio.to_thread(packed.writestr, entry, data)
            count += 1
    if not count:
        raise Invalid(_NOTHING, hint=_APPROVE, where="works")
    return Exported(count, missing)
