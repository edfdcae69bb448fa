"""Surroundings drawn by a model, between two steps of a product: what the step `ask` left is sent
to whoever plays the role `draw`, and each answer is laid beside it.

A picture's request has the item's id and its number in it, so that a step that is done again after
a kill asks for nothing twice. Where no model draws, the budget is spent, the shop lets no picture
leave or a server is away, the scene is not there: the embedded ones are.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import structlog

from zhanggui.ai import DrawRequest, Purpose, media_of
from zhanggui.base.errors import ZhangguiError
from zhanggui.base.runtime import Runtime
from zhanggui.studio.batches.files import write
from zhanggui.studio.making.drawn import ASKED, DRAWN, Answered, Asked

log = structlog.get_logger(__name__)

_PROMPT = (
    "把图中的商品放进这样的真实场景：{place}。只改换背景、台面和光线，像商业摄影；"
    "商品的位置、大小、形状、颜色和上面的文字一律不变，画面里不加文字、人物和别的商品。"
)
_UNWANTED = "文字、水印、人物、多余的商品、变形的商品"


async def draw(runtime: Runtime, shop_id: str, item_id: str, folder: Path) -> int:
    """Have drawn what was asked for and is not there yet; returns what it cost, in millionths of a
    yuan."""
    media, cost = media_of(runtime), 0
    if not media.can("draw"):
        return 0
    for path in await asyncio.to_thread(_asked, folder):
        asked = Asked.model_validate_json(await asyncio.to_thread(path.read_bytes))
        picture = await asyncio.to_thread((folder / asked.picture).read_bytes)
        request = DrawRequest(
            _PROMPT.format(place=asked.place), unwanted=_UNWANTED, references=(picture,)
        )
        purpose = Purpose(shop_id, "studio", "scene")
        try:
            made = await media.draw(request, purpose, f"{item_id}:{path.stem}")
            data = await runtime.blobs.get(made.keys[0])
        except ZhangguiError as error:
            log.info("scene_not_drawn", item=item_id, picture=path.stem, code=error.code)
            continue
        target = folder / DRAWN / f"{path.stem}.png"
        answered = Answered(model=made.by).model_dump_json().encode()
        await write(target.with_suffix(".json"), answered)
        await write(target, data)
        cost += made.cost_micro
    return cost


def _asked(folder: Path) -> list[Path]:
    there = sorted((folder / ASKED).glob("*.json")) if (folder / ASKED).is_dir() else []
    return [path for path in there if not (folder / DRAWN / f"{path.stem}.png").is_file()]
