"""What the shop has written down: answered questions and policy clauses, with what a clause comes
to for this shopper."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from zhanggui.ai import bigrams
from zhanggui.base.chinese import arabic, dimension_asked, quantities, standard
from zhanggui.knowledge import Candidate, Entry, Search
from zhanggui.service import computing, cues
from zhanggui.service.context import Context
from zhanggui.service.evidence import LONGEST, Evidence, shorten
from zhanggui.service.proposals import Proposal
from zhanggui.service.reading import Reading
from zhanggui.shop.models import Product

MOST = {"faq": 5, "policy": 6}
_NEGATIVE = re.compile(
    r"不(能|可|支持|行|在|算|赔|退|补|送|予|建议|含|参加|提供|保修|收)|没有|无法|不属于"
)
_PERIOD = re.compile(r"\d+\s*(?:个)?(天|小时|分钟|工作日|个月|年|周)|\d+[:：]\d+|\d+月\d+日")


def propose(
    reading: Reading, context: Context, search: Search, focus: Product | None
) -> list[Proposal]:
    """The likeliest entries of each kind; `focus` is the product the message is likeliest about."""
    mine = _names(focus) if focus is not None else set()
    rest = (each for each in context.products.values() if each is not focus)
    others = {name for product in rest for name in _names(product)} - mine
    found: list[Proposal] = []
    for kind, most in MOST.items():
        ranked = [c for c in search.candidates if c.entry.kind == kind][:most]
        for place, candidate in enumerate(ranked):
            following = ranked[place + 1] if place + 1 < len(ranked) else ranked[0]
            lead = (
                candidate.score - following.score
                if place == 0
                else candidate.score - ranked[0].score
            )
            made = _proposal(reading, context, candidate, place, lead, mine, others)
            made.signals |= unasked(reading.understood, _subjects(candidate.entry), search.rarity)
            found.append(made)
    return found


def _proposal(
    reading: Reading,
    context: Context,
    candidate: Candidate,
    place: int,
    lead: float,
    mine: Set[str],
    others: Set[str],
) -> Proposal:
    entry = candidate.entry
    source = Evidence(
        entry.id, f"{entry.questions[0]} {entry.text}" if entry.questions else entry.text
    )
    worked = computing.NOTHING
    if entry.kind == "policy":
        worked = computing.apply(entry.text, reading, context)
    reply = shorten(entry.text)
    refuses = reading.mood.yes_no and _refuses(reading, entry.text)
    if refuses and reply and len(reply) + len(_NO) <= LONGEST and not worked.text:
        reply = f"{_NO}{reply}"
    if worked.text:
        whole = f"{entry.text}{'' if entry.text.endswith(('。', '！')) else '。'}{worked.text}"
        if len(whole) > LONGEST:
            whole = f"{shorten(entry.text, LONGEST - len(worked.text))}{worked.text}"
        reply = whole if len(whole) <= LONGEST else worked.text
    signals = {
        **_similarity(candidate, place, lead),
        **suits(reading, entry.text, " ".join(entry.questions) or entry.words, mine, others),
        "refuses": float(refuses),
        "computed": float(bool(worked.text)),
        "deadline": float(worked.has_deadline),
        "uses_record": float(bool(worked.sources)),
        "uses_case": float(any(s.id.startswith("refund:") for s in worked.sources)),
    }
    sources = [source, *worked.sources][:3]
    about = f"{source.text} {entry.words}"
    return Proposal(entry.kind, reply, sources, about, signals, worked.text)  # type: ignore[arg-type]


def _subjects(entry: Entry) -> Sequence[str]:
    """What an entry says it is about: the ways of asking for it, or the beginning of a clause."""
    return entry.questions or (re.split("[，,；;。：:]", entry.text, maxsplit=1)[0],)


def unasked(asked: str, subjects: Sequence[str], rarity: Mapping[str, float]) -> dict[str, float]:
    """What an entry is about beyond what was asked (刻字杯 of 刻字杯能退吗, asked as 能退吗).

    The share of its letters, by rarity, that the message has not, and the rarest of them; of
    several subjects the one with the least."""
    least = (1.0, 9.0)
    for subject in subjects:
        letters = [each for each in dict.fromkeys(subject) if each.isalnum()]
        weights = [rarity.get(each, 1.0) for each in letters]
        missing = [w for each, w in zip(letters, weights, strict=True) if each not in asked]
        share = sum(missing) / max(sum(weights), 1e-6)
        least = min(least, (share, max(missing, default=0.0)))
    return {"unasked": least[0], "unasked_most": least[1]}


_NO = "不可以的，"
_REFUSAL = re.compile(
    r"不(?:能|可以|支持|退|换|赔|补|送|予|保修|参加|受理|接受|承担|适用|可)|概不|无法|一律不"
)
_ALLOWS = re.compile(r"(?<!不)(?:可以|能(?!量|效)|支持|有效|包邮|免费|都送|赠送)")


def _refuses(reading: Reading, text: str) -> bool:
    """Whether what a record says to a yes-or-no question is a no: of its parts the one nearest to
    the question refuses, and allows nothing."""
    parts = [part for part in re.split(r"[，,；;。！!：:]", text) if part.strip()]
    asked = set(bigrams(reading.understood))
    best = max(parts, key=lambda part: len(asked & set(bigrams(part))), default="")
    return _REFUSAL.search(best) is not None and _ALLOWS.search(best) is None


def _similarity(candidate: Candidate, place: int, lead: float) -> dict[str, float]:
    return {
        "meaning": candidate.meaning,
        "characters": candidate.characters,
        "bm25": candidate.bm25,
        "standing": candidate.standing,
        "margin": lead,
        "place": float(place),
    }


def _names(product: Product) -> set[str]:
    """What a record calls a product: its number, what kind of thing it is, the end of its title."""
    return {n for n in (product.id, product.category or "", product.title[-2:]) if len(n) > 1}


def suits(
    reading: Reading, text: str, heading: str, mine: Set[str], others: Set[str]
) -> dict[str, float]:
    """How what a record says suits the way the question is put, whatever the words."""
    mood, asked = reading.mood, reading.text
    plain = arabic(standard(text))
    held = quantities(plain)
    dimensions = reading.dimensions
    spoken = {round(q.low, 3) for q in reading.quantities}
    topics, its = cues.topics(reading.understood), cues.topics(f"{heading} {text}")
    return {
        "has_period": float(_PERIOD.search(plain) is not None),
        "has_money": float("元" in plain),
        "negative": float(_NEGATIVE.search(plain) is not None),
        "dimension": (1.0 if any(q.dimension in dimensions for q in held) else -1.0)
        if dimensions
        else 0.0,
        "same_number": float(any(round(q.low, 3) in spoken for q in held)),
        "names_focus": float(any(name in heading + text for name in mine)),
        "names_other": float(any(name in heading + text for name in others)),
        "topics_shared": float(len(topics & its)),
        "topics_missing": float(len(topics - its)),
        "its_dimension": float(bool(dimension_asked(heading) & dimensions)),
        "length": min(len(text), 200) / 100,
        "asked_when": float(mood.when or mood.how_long),
        "asked_yes_no": float(mood.yes_no),
        "asks_how": float(mood.how or mood.why),
        "asks_amount": float(mood.how_much),
        "asked_length": min(len(asked), 60) / 30,
    }
