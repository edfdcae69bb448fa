"""A shopper's message, read: what it says in standard spelling, the amounts and days in it, how it
asks, and what it leaves for the conversation to say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from zhanggui.base.chinese import (
    Dimension,
    Moment,
    Quantity,
    arabic,
    dimension_asked,
    moments,
    quantities,
    standard,
    uncourteous,
)
from zhanggui.service.context import Asked

_SHORT = 9
"""Characters under which a turn is taken to lean on the one before it."""
_LEANS = re.compile(
    r"^(那|呢|嗯|哦|好|额|呃|行|可|但|要是|如果|还有|再)|(呢|嘞|咧|也是|也一样|也有|也送|也给)[吗么呀啊]?[?？。!！]*$"
    r"|^(它|这个|那个|这款|那款)|也(是|一样|有|送|给|能|可以|行)"
)
_YES_NO = re.compile(
    r"[吗么嘛不没吧伐][?？!！。~\s]*$|[吗么嘛吧伐](?=\s)|(能|可|会|行|用|要|有|是|好|够|给|管|送|得)(不|没)(能|可|会|行|用|要|有|是|好|够|给|管|送|得)"
    r"|是不是|能不能|可不可以|有没有|会不会|行不行|对[吧不吗]|[不没](?=\s|$)|可以[吗不么]|行[吗不么]"
)
_HOW_LONG = re.compile(r"多久|多长时间|几(天|个?小时|分钟|秒|年|个月|周)|多少(天|小时|分钟|秒)")
_WHEN = re.compile(
    r"什么时候|何时|哪天|几号|几点|最晚|最迟|到哪天|截止|多会|几时|啥时候|过期|到期|作废|来得及"
)
_HOW_MUCH = re.compile(
    r"多少|几(块|元|个|件|张|层|档|种|克|斤|人|口|片|包|瓶|套|次)|多(大|重|高|宽|长|厚|深|粗)"
)
_WHERE = re.compile(r"哪(里|儿|个城市|个省)|到哪|在哪|走到")
_WHY = re.compile(r"为什么|为啥|怎么(没|不|还|就|会|给|又|才|扣|少|多)|凭什么|怎么回事|原因")
_WHICH = re.compile(r"哪(个|款|种|件|张|条|双|一个)|选|推荐")
_HOW = re.compile(r"怎么(办|弄|用|洗|装|调|退|换|开|申请|操作|样|清|保养|处理|连|充|搭)|如何|怎样")
_DIFFERENCE = re.compile(
    r"区别|差(在)?哪|差多少|不同|不一样|比.{0,8}(多|少|贵|大|好)(什么|哪|多少|在)|多(什么|啥)[呀啊]?$|贵在|贵多少|大多少|长多少|(长|短|大|小|重|轻|高|宽|厚)几"
)


@dataclass(frozen=True, slots=True)
class Mood:
    """How a message asks."""

    yes_no: bool
    how_long: bool
    when: bool
    how_much: bool
    where: bool
    why: bool
    which: bool
    how: bool
    difference: bool


def mood(text: str) -> Mood:
    """How a text in standard spelling asks; several may be so."""
    return Mood(
        *(
            pattern.search(text) is not None
            for pattern in (
                _YES_NO, _HOW_LONG, _WHEN, _HOW_MUCH, _WHERE, _WHY, _WHICH, _HOW, _DIFFERENCE,
            )
        )
    )  # fmt: skip


@dataclass
class Reading:
    """A message as understood from its words. `text` is this turn in standard spelling with
    numerals in digits, `earlier` the shopper's turn before it, `told` the shop's last words."""

    asked: Asked
    now: datetime
    computes: bool = True
    """Whether what follows from records is worked out; an ablation reads without."""
    spelt: Callable[[str], str] = str
    """Puts slips of the keyboard right (:class:`zhanggui.knowledge.Speller`)."""
    is_asked: Callable[[str], bool] = lambda text: False
    """Knows the questions that the shop has answered, letter for letter."""
    text: str = field(init=False)
    earlier: str = field(init=False)
    told: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self._read(self.asked.text)
        shopper = [turn.text for turn in self.asked.turns if turn.role == "shopper"]
        shop = [turn.text for turn in self.asked.turns if turn.role == "shop"]
        self.earlier = self._read(shopper[-1]) if shopper else ""
        self.told = arabic(standard(shop[-1])) if shop else ""

    def _read(self, text: str) -> str:
        return arabic(self.spelt(uncourteous(standard(text))))

    @cached_property
    def leans(self) -> bool:
        """Whether the turn cannot be understood without the one before it. A short one can if the
        shop knows it as a question of its own."""
        if not self.earlier:
            return False
        is_short = len(self.text) <= _SHORT and not self.is_asked(self.text)
        return is_short or _LEANS.search(self.text) is not None

    @cached_property
    def names_earlier(self) -> bool:
        """Whether the turn follows another and its words point back; one that is merely short may
        begin something new."""
        return not self.earlier or _LEANS.search(self.text) is not None

    @cached_property
    def whole(self) -> str:
        """The turn, led by the one before it where there is one."""
        return f"{self.earlier} {self.text}" if self.earlier else self.text

    @cached_property
    def understood(self) -> str:
        """What is searched for: the turn, with the one before it where it leans on it."""
        return self.whole if self.leans else self.text

    @cached_property
    def mood(self) -> Mood:
        """How the turn asks."""
        return mood(self.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The amounts of the turn."""
        return quantities(self.text)

    @cached_property
    def moments(self) -> list[Moment]:
        """The days of the turn, else of the one it leans on."""
        found = moments(self.text, self.now)
        return found or (moments(self.earlier, self.now) if self.leans else [])

    @cached_property
    def dimensions(self) -> set[Dimension]:
        """What kinds of amount the turn asks for."""
        return dimension_asked(self.text)
