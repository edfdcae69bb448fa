"""A chat model's copy, held to the same checks: what it writes beyond the facts or the law is not
kept, and what was written without it stands in its place."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

import structlog
from pydantic import BaseModel, ConfigDict, Field

from zhanggui.ai import Speak, Unreadable, prompts, written
from zhanggui.base.money import format_yuan
from zhanggui.studio.copywriting import reading, scripts, shorts
from zhanggui.studio.copywriting.composing import Composer, Lawful, alike
from zhanggui.studio.copywriting.lawful import lawful_in
from zhanggui.studio.copywriting.points import HEAD, MOST
from zhanggui.studio.copywriting.takes import NOTE_TITLE, TITLE_BYTES, Copy, Line, Note, Point, Take
from zhanggui.studio.copywriting.writing import write
from zhanggui.studio.facts import Facts

log = structlog.get_logger(__name__)

PATIENCE = 60.0
"""Seconds that one take may take: nobody waits before a screen for a batch."""
PROMPT = prompts.load("studio", "copy")
_LEANS = ("均衡", "场景", "参数", "外观")
_FEWEST = 3
"""Points of a model's that must hold for its points to be taken at all."""


class _Point(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    head: str = Field(min_length=1)
    body: str = Field(min_length=1)


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    title: str
    points: list[_Point]
    story: list[str]
    note_title: str
    note: list[str]
    tags: list[str]


async def write_with_model(
    speak: Speak | None,
    facts: Facts,
    *,
    seed: int = 0,
    takes: int = 3,
    lawful: Lawful | None = None,
) -> Copy:
    """Copy in a model's words where they hold, and in the embedded way's where they do not or no
    model answers; never raises for what a model does. `Copy.by` is the model that had its way."""
    drafted = write(facts, seed=seed, takes=takes, lawful=lawful)
    if speak is None:
        return drafted
    product = reading.read(facts)
    rng = random.Random(f"{seed}:{facts.product_id}:{facts.sku_id}:model")  # noqa: S311
    composer = Composer(product, rng, lawful or lawful_in(product.trade.id))
    made: list[Take] = []
    by: str | None = None
    for place, draft in enumerate(drafted.takes):
        said = await _asked(speak, facts, draft, _LEANS[place % len(_LEANS)])
        if said is None:
            made.append(draft)
            continue
        reply, engine = said
        take = _held(composer, reply, draft, [each.title.text for each in made])
        by = engine if take != draft else by
        made.append(take)
    dropped = tuple(dict.fromkeys((*drafted.dropped, *composer.dropped)))
    return drafted.model_copy(update={"takes": tuple(made), "dropped": dropped, "by": by})


async def _asked(speak: Speak, facts: Facts, draft: Take, lean: str) -> tuple[_Reply, str] | None:
    told = {"名称": facts.title, **{name: str(each) for name, each in facts.attributes.items()}}
    if facts.price_fen is not None:
        told["价格"] = f"{format_yuan(facts.price_fen)}元"
    if facts.description:
        told["描述"] = facts.description
    given = {"角度": lean, "资料": told, "草稿": [point.body for point in draft.points]}
    try:
        async with asyncio.timeout(PATIENCE):
            said, reply = await written(speak, PROMPT.request(given), _Reply)
    except (TimeoutError, Unreadable) as error:
        log.info("copy_left_to_templates", why=type(error).__name__)
        return None
    except Exception as error:  # Whatever a model's engine does, the product has its copy.
        log.warning("copy_failed", error=type(error).__name__)
        return None
    return said, reply.by


def _held(composer: Composer, said: _Reply, draft: Take, titled: Sequence[str]) -> Take:
    """The draft with what of the model's holds in its place."""
    points = _points(composer, said) or draft.points
    story = _lines(composer, said.story)
    note = _note(composer, said, draft.note)
    return draft.model_copy(
        update={
            "title": _title(composer, said.title, draft.title, titled),
            "points": points,
            "story": story or draft.story,
            "note": note,
            "script": scripts.script(composer, points, draft.cautions),
            "captions": shorts.captions(composer, points),
        }
    )


def _title(composer: Composer, text: str, draft: Line, titled: Sequence[str]) -> Line:
    text = " ".join(text.split())
    fits = 0 < len(text.encode("gbk", "replace")) <= TITLE_BYTES
    names = composer.product.noun in text
    if fits and names and text not in titled and composer.kept(text):
        return _line(composer, text)
    return draft


def _points(composer: Composer, said: _Reply) -> tuple[Point, ...]:
    found: list[Point] = []
    for point in said.points[:MOST]:
        head, body = point.head.strip(), point.body.strip()
        like = alike(body, [other.body for other in found], apart=(composer.product.noun,))
        if not head or len(head) > HEAD or not body or like:
            continue
        if composer.kept(head) and composer.kept(body):
            found.append(Point(head=head, body=body, rests_on=_line(composer, body).rests_on))
    return tuple(found) if len(found) >= min(_FEWEST, len(said.points)) else ()


def _note(composer: Composer, said: _Reply, draft: Note) -> Note:
    title = said.note_title.strip()
    body = _lines(composer, said.note)
    tags = [tag.strip("# ") for tag in said.tags]
    kept = tuple(dict.fromkeys(tag for tag in tags if tag and composer.kept(tag)))
    return Note(
        title=title if 0 < len(title) <= NOTE_TITLE and composer.kept(title) else draft.title,
        body=body or draft.body,
        tags=kept or draft.tags,
    )


def _lines(composer: Composer, texts: Sequence[str]) -> tuple[Line, ...]:
    """The lines, or none where one of them does not hold: a story with a hole reads as one."""
    stripped = [text.strip() for text in texts if text.strip()]
    kept = [composer.kept(text) for text in stripped]
    return tuple(_line(composer, text) for text in stripped) if all(kept) else ()


def _line(composer: Composer, text: str) -> Line:
    named = [each.name for each in composer.product.aspects if each.short in text]
    return Line(text=text, rests_on=tuple(named))
