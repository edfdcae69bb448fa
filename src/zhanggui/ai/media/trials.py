"""The least that a model of each kind is asked for when it is tried out, and how that is told."""

from __future__ import annotations

import asyncio
import base64
import io
from dataclasses import dataclass
from typing import Any, cast

from zhanggui.ai.configuration import Does
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.ledger import BudgetSpent
from zhanggui.ai.media.asking import Lost, Media
from zhanggui.ai.media.protocols import (
    DrawRequest,
    Embedding,
    FilmRequest,
    MakeRequest,
    Reranking,
    Speaking,
    SpeechRequest,
)
from zhanggui.ai.protocols import Used
from zhanggui.ai.roster import TRIAL, Player, Purpose, Roster, Sent
from zhanggui.base.errors import Unavailable
from zhanggui.base.ids import new_id
from zhanggui.base.words import Text

_PROMPT = "一只白色的马克杯放在木桌上，柔和的自然光，电商主图"
_MOVES = "镜头缓缓推近桌上的马克杯"
_TEXT = "亲，您好，欢迎光临。"
_QUESTION, _PASSAGES = "怎么退货", ("签收七天内可以退货。", "每天下午四点前付款当天发货。")
_SECONDS = 5
_SMALL = 320


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model did, in a few words, and what that is to be paid for; `picture` is a small one,
    as a data URL."""

    said: str
    used: Used
    picture: str | None = None


async def tried(
    roster: Roster, media: Media | None, name: str, does: Does, purpose: Purpose
) -> Outcome:
    """Ask a model once. Raises ModelFault, and Unavailable where nothing may be spent."""
    player = roster.player(name)
    if does == "speech":
        return await _spoken(roster, player, purpose)
    if does == "embed":
        return await _embedded(roster, player, purpose)
    if does == "rerank":
        return await _reranked(roster, player, purpose)
    if media is None:
        raise ModelFault("refused")
    sees = player.model.sees
    request: MakeRequest
    if does == "image":
        shown = (await asyncio.to_thread(_cup),) if sees else ()
        request = DrawRequest(_PROMPT, references=shown)
    else:
        first = await asyncio.to_thread(_cup) if sees else None
        request = FilmRequest(_MOVES, first=first, seconds=_SECONDS)
    return await _made(media, request, name, purpose)


async def _made(media: Media, request: MakeRequest, name: str, purpose: Purpose) -> Outcome:
    shop_id = purpose.shop_id
    task_id = await media.begin(request, purpose, new_id("try"), only=name)
    try:
        made = await media.wait(shop_id, task_id)
    except BudgetSpent:
        raise
    except Lost:
        raise ModelFault("lost") from None
    except Unavailable:
        task = await media.task(shop_id, task_id)
        if not task.missed:
            raise
        kind, _, code = task.missed[-1][1].partition(" ")
        known = kind if kind != "left" else "down"
        raise ModelFault(cast(Any, known), code=code or None) from None
    task = await media.task(shop_id, task_id)
    data = await media.file(shop_id, made.keys[0])
    size = f"{made.keys[0].rpartition('.')[2]}, {len(data) // 1024 + 1} KB"
    is_film = isinstance(request, FilmRequest)
    picture = None if is_film else await asyncio.to_thread(_small, data)
    return Outcome(size, Used(**task.used), picture)


async def _spoken(roster: Roster, player: Player, purpose: Purpose) -> Outcome:
    engine: Speaking = player.engine
    async with roster.call(TRIAL, player, purpose, Sent(len(_TEXT))) as entry:
        sound = await engine.speak(SpeechRequest(_TEXT))
        entry.used = sound.used
    return Outcome(f"{sound.kind}, {len(sound.sound) // 1024 + 1} KB", sound.used)


async def _embedded(roster: Roster, player: Player, purpose: Purpose) -> Outcome:
    engine: Embedding = player.engine
    async with roster.call(TRIAL, player, purpose, Sent(len(_QUESTION))) as entry:
        found = await engine.embed([_QUESTION], "query")
        entry.used = found.used
    size = found.vectors.shape[1]
    return Outcome(str(Text(f"{size} 维向量", f"a vector of {size}")), found.used)


async def _reranked(roster: Roster, player: Player, purpose: Purpose) -> Outcome:
    engine: Reranking = player.engine
    sent = Sent(len(_QUESTION) + sum(map(len, _PASSAGES)))
    async with roster.call(TRIAL, player, purpose, sent) as entry:
        found = await engine.rerank(_QUESTION, _PASSAGES)
        entry.used = found.used
    scores = " / ".join(f"{score:.2f}" for score in found.scores)
    return Outcome(str(Text(f"得分 {scores}", f"scores {scores}")), found.used)


def _cup() -> bytes:
    """A picture to begin with: something like a cup on a table."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (768, 768), (236, 228, 214))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 520, 768, 768), fill=(168, 124, 84))
    draw.ellipse((470, 330, 590, 470), outline=(250, 250, 250), width=28)
    draw.rounded_rectangle((250, 280, 520, 580), 40, fill=(252, 252, 252))
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def _small(data: bytes) -> str:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        image.thumbnail((_SMALL, _SMALL))
        kept = io.BytesIO()
        image.convert("RGB").save(kept, "JPEG", quality=80)
    return f"data:image/jpeg;base64,{base64.b64encode(kept.getvalue()).decode()}"
