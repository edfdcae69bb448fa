"""The posters of a product."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from zhanggui.base.clock import SHANGHAI
from zhanggui.base.errors import Invalid
from zhanggui.base.money import format_yuan
from zhanggui.rules import Price, check
from zhanggui.studio import posters, stages
from zhanggui.studio.copywriting import Take
from zhanggui.studio.facts import Facts
from zhanggui.studio.making.finishing import finished
from zhanggui.studio.making.standing import chosen
from zhanggui.studio.making.work import Work
from zhanggui.studio.manifest import Deliverable
from zhanggui.studio.pictures import Size
from zhanggui.studio.posters import PosterWords
from zhanggui.studio.posters.drawing import Drawn, Plate


def make(work: Work) -> tuple[Sequence[Deliverable], Sequence[str]]:
    """As many posters as the plan has, each in another layout, every other one on a stage. A layout
    whose words have no room is passed over for the next."""
    plan, size = work.plan, Size(*work.plan.poster_size)
    words = [words_of(work, take) for take in work.copy.takes]
    wanted = plan.layouts or posters.plan(
        work.facts, plan.posters + _SPARE, work.seed("layouts"), words=words[0]
    )
    layouts = [each for each in wanted if each not in plan.without]
    grounds = _plates(work)
    made: list[Deliverable] = []
    for place, layout in enumerate(layouts):
        if len(made) == plan.posters:
            break
        number = len(made)
        stage = grounds[number % len(grounds)] if grounds and number % 2 else None
        try:
            drawn = posters.draw(
                work.cutout(work.views.hero),
                words[number % len(words)],
                layout,
                size,
                brand=plan.brand,
                stage=stage,
                seed=work.seed("poster", layout, str(place)),
            )
        except Invalid:
            continue
        made.append(_kept(work, drawn, number + 1, layout, stage))
    return made, ()


_SPARE = 3


def _plates(work: Work) -> list[Plate]:
    """Stages that the scenes have not shown yet, as far as there are."""
    cutout = work.cutout(work.views.hero)
    shown = {each.id for each in chosen(work, cutout)}
    several = chosen(work, cutout, count=len(shown) + work.plan.posters)
    fresh = [each for each in several if each.id not in shown] or several
    return [Plate(each, stages.plate(each)) for each in fresh[: work.plan.posters]]


def words_of(work: Work, take: Take) -> PosterWords:
    """A take's words for posters; what it does not say (price, specifications) is the facts'."""
    plain = posters.from_facts(work.facts)
    headlines = tuple(line.text for line in reversed(take.poster.headlines))
    subs = tuple(line.text for line in take.poster.subs)
    badges = [line.text for line in take.poster.badges]
    return plain.model_copy(
        update={
            "headline": headlines or plain.headline,
            "sub": subs or plain.sub,
            "points": tuple(point.head for point in take.points) or plain.points,
            "badge": work.facts.campaign or (badges[0] if badges else None),
            "was_fen": former_price(work.facts),
        }
    )


def former_price(facts: Facts) -> int | None:
    """What may be struck through: the merchant's former price where what was charged bears it out
    on the day of the latest price; none where nobody knows what was charged."""
    if not facts.was_fen or facts.price_fen is None or not facts.prices:
        return None
    prices = [Price(date=date.fromisoformat(day[:10]), fen=fen) for day, fen in facts.prices]
    told = f"原价{format_yuan(facts.was_fen)}元，现价{format_yuan(facts.price_fen)}元"
    latest = max(each.date for each in prices)
    shown = datetime.combine(latest, time(12), SHANGHAI)
    report = check(told, prices=prices, now=shown)
    lawful = all(each.kind != "former_price" for each in report.findings)
    return facts.was_fen if lawful else None


def _kept(work: Work, drawn: Drawn, number: int, layout: str, stage: Plate | None) -> Deliverable:
    hero = work.views.hero
    path = f"posters/{number:02d}-{layout}.jpg"
    data = finished(drawn.picture, work.facts, corner=drawn.corner)
    height, width = drawn.picture.shape[:2]
    return Deliverable(
        kind="poster",
        path=path,
        sha256=work.folder.write(path, data),
        size=(width, height),
        style=drawn.style,
        plate=stage.stage.id if stage and drawn.on_stage else None,
        layout=layout,
        source=hero,
        mask=work.views.cut(hero).mask,
        affine=drawn.affine,
        box=drawn.box,
        texts=drawn.texts,
    )
