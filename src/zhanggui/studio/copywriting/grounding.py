"""Whether a text says only what is known: the words of its claims and its numbers, held against
the product's facts.

A claim is a word of `claims.toml` (a material, a function, a certificate, an origin, an offer …)
or a number with its unit. It stands when the facts say it, or say what implies it (白瓷 is 陶瓷),
with the same sign: 可进微波炉 does not stand on 微波炉：不可以, nor 不含酒精 on nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from zhanggui.base.chinese.numerals import arabic
from zhanggui.base.money import format_yuan
from zhanggui.studio.copywriting.lexicon import claims
from zhanggui.studio.facts import Facts

_CLAUSE = re.compile(r"[^，,。；;！!？?\n]+")
_NEGATED = re.compile(r"不|没|无(?!线)|未|别(?!的|人)|勿|免(?!费|泡)")
_HARMLESS = re.compile(
    r"不超过|不到|不同|不过|不用|不着急|不急|不慌|不讲|不必|不只|不多|不大|不占|不骗|不会|不住|不含糊|不准|不起眼"
    r"|不想|不看|不腻|不动|不费|不烦|不易|不挑|不贴|不是|不必|没含糊|看不见|碰不着|摸不着|忘不了|别慌|不大不小|别急|来不及|不算|不可少|不勤|看不见|要不要|合不合|透不透|放不放|值不值|好不好|对不上|对不对|少不了|拿不准|没想好|没问题|无论"
    r"|麻烦|麻利|积木|玉米|银行|特别|分别|区别|木耳|一半|两眼|三遍"
)
"""Words with the letters of a negation or of a material that are neither."""
_NUMBER = re.compile(
    r"(?<![\d.A-Za-z])(\d+(?:\.\d+)?)\s*"
    r"(%|℃|°C|㎡|[A-Za-zµ]+(?:/[A-Za-z㎡]+)?|个月|小时|分钟|毫升|厘米|公斤|[\u4e00-\u9fff])?"
)
_OWN_NO = "不无零免未"
"""How claims begin that are a no themselves: 不透, 无糖."""
_STRICT = ("元", "折", "倍", "年", "天")
"""Units that must stand in the facts with their number: three years are not three pieces."""
_COUNTED = re.compile(
    r"[两二三四五六七八九十百千万]+(?:年|个月|天|小时|分钟|秒|层|折|倍|成|件|项|种|级|代|款|色|只"
    r"|条|双|片|包|盒|瓶|袋|支|台|套|张|克|斤|升|寸|米|人份)"
    r"|买[一二两三四五\d]+[件个]?[送赠][一二两三四五\d]+"
)


class Claim(NamedTuple):
    """A claim in a text: its words, what it is a claim of, and where it stands."""

    word: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class _Known:
    said: str
    denied: str
    clauses: tuple[str, ...]
    numbers: frozenset[tuple[str, str]]
    named: tuple[tuple[str, str], ...]


def grounded(text: str, facts: Facts) -> tuple[Claim, ...]:
    """The claims of a text that no fact stands behind, in order; empty for a text that holds."""
    known = _known(facts.model_dump_json())
    found = [*_words(text, known), *_numbers(text, known)]
    return tuple(sorted(set(found), key=lambda claim: claim.start))


def _words(text: str, known: _Known) -> list[Claim]:
    found = []
    topics = tuple(name for name, value in known.named if value in text)
    for clause in _CLAUSE.finditer(text):
        said = _without(clause[0], known.clauses + topics)
        denied = bool(_NEGATED.search(_blank(_pattern(), said)))
        for match in _pattern().finditer(said):
            if not _stands(match[0], known, denied=denied):
                start = clause.start() + match.start()
                kind = claims()[0][match[0]]
                found.append(Claim(match[0], kind, start, start + len(match[0])))
    return found


def _stands(word: str, known: _Known, *, denied: bool) -> bool:
    pool = known.denied if denied else known.said
    if word[0] in _OWN_NO:
        pool = known.said + known.denied
    return any(each in pool for each in (word, *claims()[1].get(word, ())))


def _numbers(text: str, known: _Known) -> list[Claim]:
    found = []
    for match in _NUMBER.finditer(text):
        number, unit = _plain(match[1]), (match[2] or "").lower()
        same = {other for value, other in known.numbers if value == number}
        loose = not unit or ("\u4e00" <= unit[0] <= "\u9fff" and unit not in _STRICT)
        if unit not in same and not (same and loose):
            found.append(Claim(match[0], "numbers", match.start(), match.end()))
    plain = _blank(_HARMLESS, text)
    return found + [
        Claim(match[0], "numbers", match.start(), match.end())
        for match in _COUNTED.finditer(plain)
        if match[0] not in known.said and arabic(match[0]) not in known.said
    ]


def _without(clause: str, known: tuple[str, ...]) -> str:
    """The clause with what is quoted whole from the facts, and what is harmless, blanked out."""
    for each in known:
        if len(each) > 1 and each in clause:
            clause = clause.replace(each, "＿" * len(each))
    return _blank(_HARMLESS, clause)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = sorted(claims()[0], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@lru_cache(maxsize=256)
def _known(facts: str) -> _Known:
    return _known_of(Facts.model_validate_json(facts))


def _known_of(facts: Facts) -> _Known:
    said: list[str] = []
    denied: list[str] = []
    clauses: list[str] = []
    free = (facts.title, facts.category, facts.brand, facts.shop, facts.description,
            facts.coupon, facts.campaign, *facts.points)  # fmt: skip
    for text in filter(None, free):
        for match in _CLAUSE.finditer(text):
            (denied if _negative(match[0]) else said).append(match[0])
    for name, value in facts.attributes.items():
        text = written(value)
        whole = _CLAUSE.findall(text)
        for place, clause in enumerate(whole):
            plain = clause.strip()
            named = f"{name} {plain}" if place == 0 else plain
            (denied if _negative(plain) else said).append(named)
        clauses += [text, *(each.strip() for each in whole)]
    everything = "\n".join([*said, *denied])
    numbers = {
        (_plain(match[1]), (match[2] or "").lower()) for match in _NUMBER.finditer(everything)
    } | {
        (_plain(match[1]), (match[2] or "").lower())
        for match in _NUMBER.finditer(arabic(everything))
    }
    for fen in filter(None, (facts.price_fen,)):
        numbers |= {(_plain(format_yuan(fen)), unit) for unit in ("元", "")}
    kept = tuple(sorted({each for each in clauses if len(each) > 1}, key=len, reverse=True))
    named = tuple(
        (name, written(value).partition("，")[0]) for name, value in facts.attributes.items()
    )
    told = tuple((name, value) for name, value in named if len(value) > 2)
    return _Known("\n".join(said), "\n".join(denied), kept, frozenset(numbers), told)


def _negative(clause: str) -> bool:
    """Whether a clause of the facts says no; 不锈钢 and 不透 are words of their own."""
    plain = _blank(_HARMLESS, clause)
    own = [each for each in _pattern().findall(plain) if each[0] in _OWN_NO]
    for each in own:
        plain = plain.replace(each, "＿" * len(each))
    return bool(_NEGATED.search(plain))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda each: "＿" * len(each[0]), text)


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def written(value: object) -> str:
    """An attribute's value as copy writes it: full-width marks, `≤58dB` as 58dB以内."""
    text = "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    text = text.strip().replace(",", "，").replace(";", "；").replace("(", "（").replace(")", "）")
    text = re.sub(r"(?<=\d)，(?=\d{3}\b)", ",", text)
    return re.sub(r"[≤<]=?\s*(\d+(?:\.\d+)?\s*[A-Za-z℃%㎡/]*)", r"\1以内", text)
