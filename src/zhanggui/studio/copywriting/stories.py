"""The detail story, and the 小红书 note: an opening of the trade, sentences on the facts, what is
to be said beforehand, an end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhanggui.base.money import format_yuan
from zhanggui.studio.copywriting.composing import Composer
from zhanggui.studio.copywriting.lexicon import phrases
from zhanggui.studio.copywriting.reading import Aspect
from zhanggui.studio.copywriting.takes import NOTE_TITLE, Line, Note, Point

_CALLED = (
    "{title}，名字先记一下。", "这一{m}是{title}。", "今天要说的是{title}。", "说说{title}。",
)  # fmt: skip
_SHORT_FOR = "{it}，店里叫它{title}。"
_MOST_TOLD = 6
_MOST_CAUTIONS = 3


def story(composer: Composer, points: Sequence[Point]) -> tuple[Line, ...]:
    """Paragraphs for a detail page."""
    trade = composer.product.trade
    opening = composer.say("opening", trade.openings)
    product = composer.product
    called = composer.say(
        "introduced", _CALLED if product.title.endswith(product.noun) else (*_CALLED, _SHORT_FOR),
        rests_on=("title",),
    )  # fmt: skip
    told = _told(composer, [point.body for point in points])
    closing = composer.say("closing", phrases()["closings"])
    middle = [_joined(told[:3]), _joined(told[3:])]
    found = [_joined([line for line in (opening, called) if line]), *middle, closing]
    return tuple([line for line in found if line and line.text])


def _told(composer: Composer, said: Sequence[str]) -> list[Line]:
    """Sentences on facts, in the order of the merchant's description and of the attributes."""
    described = [
        Line(text=f"{each.strip()}。", rests_on=("description",))
        for each in re.split(r"[。！!\n]+", composer.product.facts.description or "")
        if each.strip()
    ]
    found = [line for line in described[:3] if composer.kept(line.text)]
    tellable = [each for each in composer.product.aspects if _tellable(each)]
    tellable.sort(key=lambda each: -each.kind.sells)
    groups: set[str] = set()
    for aspect in tellable:
        if len(found) >= _MOST_TOLD:
            break
        if aspect.kind.group in groups and aspect.kind.id != "other":
            continue
        line = composer.told(aspect, unlike=[*said, *(each.text for each in found)])
        if line:
            groups.add(aspect.kind.group)
            found.append(line)
    return found


def _tellable(aspect: Aspect) -> bool:
    if aspect.kind.care or aspect.kind.group in ("unsaid", "size_label", "gift", "electric"):
        return False
    return aspect.sign != "cannot" and not (
        aspect.kind.group in ("appliance", "stove") and aspect.sign == "said"
    )


def cautions(composer: Composer) -> tuple[Line, ...]:
    """What the product is not for, from facts that say no: told before it is bought."""
    found: list[Line] = []
    wanted = [each for each in composer.product.aspects if each.sign == "cannot"]
    wanted.sort(key=lambda each: (not each.kind.caution, -each.kind.sells))
    for aspect in wanted:
        if len(found) < _MOST_CAUTIONS and not aspect.kind.care and aspect.kind.group != "unsaid":
            line = composer.told(aspect, unlike=[each.text for each in found])
            if line:
                found.append(line)
    return tuple(found)


def care(composer: Composer) -> tuple[Line, ...]:
    """How it is used and kept, in the shop's own words."""
    kept = [each for each in composer.product.aspects if each.kind.care or (
        each.kind.group in ("appliance", "stove") and each.sign == "said")]  # fmt: skip
    lines = (composer.say(f"care.{each.name}", ("{name}：{full}。",), rests_on=(each.name,),
                          name=each.name, full=each.full) for each in kept)  # fmt: skip
    return tuple(line for line in lines if line)


def note(composer: Composer, points: Sequence[Point], warned: Sequence[Line]) -> Note:
    """A note in the shop's own voice: nobody's experience is made up."""
    trade = composer.product.trade
    title = composer.say("note.title", trade.note_titles, longest=NOTE_TITLE)
    opening = composer.say("note.opening", trade.note_openings)
    listing = composer.say("note.list", phrases()["note_lists"]) if points else None
    body = [line for line in (opening, listing) if line]
    for point in points[:4]:
        text = point.body.rstrip("。")
        alone = len(set(point.head) - set(text)) <= 2
        body.append(Line(text=f"· {text if alone else f'{point.head}，{text}'}",
                         rests_on=point.rests_on))  # fmt: skip
    if warned:
        lead = composer.say("note.caution", phrases()["cautions"])
        body.append(Line(text=f"{lead.text if lead else ''}{warned[0].text}",
                         rests_on=warned[0].rests_on))  # fmt: skip
    fen = composer.product.facts.price_fen
    if fen is not None:
        priced = composer.say(
            "note.price", phrases()["note_prices"], rests_on=("price",), yuan=format_yuan(fen)
        )
        body += [priced] if priced else []
    closing = composer.say("note.closing", phrases()["note_closings"])
    body += [closing] if closing else []
    held = [line for line in body if composer.kept(line.text)]
    return Note(
        title=title.text if title else composer.product.title[:NOTE_TITLE],
        body=tuple(held),
        tags=_tags(composer),
    )


def _tags(composer: Composer) -> tuple[str, ...]:
    named = [tag.format(**composer.product.values) for tag in composer.product.trade.tags]
    found = [composer.product.noun, *named]
    return tuple([tag for tag in dict.fromkeys(found) if composer.holds(tag)][:6])


def _joined(lines: Sequence[Line]) -> Line | None:
    if not lines:
        return None
    rests_on = dict.fromkeys(name for line in lines for name in line.rests_on)
    return Line(text="".join(line.text for line in lines), rests_on=tuple(rests_on))
