"""The tables say nothing of a product on their own."""

from __future__ import annotations

import re

import pytest

from zhanggui.studio.copywriting import grounded
from zhanggui.studio.copywriting.lexicon import Kind, kinds, nouns, phrases, trades, values
from zhanggui.studio.copywriting.takes import NOTE_TITLE
from zhanggui.studio.facts import Facts

NAMED = {"it": "这只东西", "noun": "东西", "m": "只", "title": "一样东西", "yuan": "59",
         "colour": "甲乙", "coupon": "满减", "short": "", "long": ""}  # fmt: skip


def told(frame: str, name: str, value: str) -> str:
    given = {"name": name, "v": value, "full": value, "c": value, "rest": "丙丁", **NAMED}
    return frame.format(**given)


def facts(**attributes: str) -> Facts:
    return Facts(product_id="x", title="一样东西", price_fen=5900, attributes=attributes)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.id)
def test_a_frame_says_no_more_than_its_attribute(kind: Kind) -> None:
    name = kind.names.pattern.split("|")[0]
    plain = [*kind.heads, *kind.says]
    plain += [frame for each in kind.by.values() for frames in each.values() for frame in frames]
    if kind.group in ("appliance", "stove", "safety"):
        plain = list(kind.says)
    for frames, value in ((plain, "甲乙"), (kind.can, "可以，丙丁"), (kind.cannot, "不可以")):
        for frame in frames:
            said = told(frame, name, value.partition("，")[0] if frames is kind.can else value)
            assert grounded(said, facts(**{name: value})) == (), said


def test_every_trades_lines_say_nothing_of_the_product() -> None:
    for trade in trades().values():
        lines = (*trade.openings, *trade.note_titles, *trade.note_openings, *trade.hooks,
                 *trade.short, *trade.long, *trade.tags)  # fmt: skip
        for line in lines:
            assert grounded(told(line, "", ""), facts()) == (), line


def test_phrases_say_nothing_of_the_product() -> None:
    known = facts(颜色="甲乙").model_copy(update={"coupon": "满减"})
    for name, lines in phrases().items():
        for line in lines:
            assert grounded(told(line, "", "甲乙"), known) == (), (name, line)


def test_short_words_and_titles_of_notes_keep_their_length() -> None:
    for trade in trades().values():
        assert all(2 <= len(told(line, "", "")) <= 6 for line in trade.short), trade.id
        assert all(6 <= len(line.replace("{m}", "只")) <= 16 for line in trade.long), trade.id
        assert all(len(line.replace("{noun}", "杯子")) <= NOTE_TITLE for line in trade.note_titles)


def test_every_noun_has_a_trade_and_searches() -> None:
    for noun in nouns():
        assert noun.trade in trades(), noun
        assert noun.measure, noun
        assert noun.searched, noun


def test_what_follows_from_a_value_names_no_other_number() -> None:
    for meaning in values():
        assert not any(re.search(r"\d", frame.replace("110V、220V", "")) for frame in meaning.says)
