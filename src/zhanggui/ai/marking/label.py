"""The label of GB 45438-2025, annex E: seven fields of text in one JSON object.

The standard wants printable single-byte characters without quotes and backslashes in them, so a
name in Chinese is percent-encoded; what others wrote is read as it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self
from urllib.parse import quote

from zhanggui.base import ids
from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text

KEY = "AIGC"
"""What the label is called wherever a file keeps things by name."""
LARGEST = 16 * 2**10
"""Bytes of a label as JSON; a signature with its certificate has two or three thousand."""

# Annex E j): U+0021 to U+007E but for the two that JSON would escape.
# The length is ours: a name of sixty characters, percent-encoded.
_VALUE = re.compile(r"[!#-\[\]-~]{1,540}")
# 27 places: format 00, who (20, of which the last 18 are a credit code), service (5).
_CODE = re.compile(r"00[0-9A-Z]{25}")
_LOOSE = re.compile(rb'\{\s*"AIGC"\s*:\s*(\{[^{}]*\})\s*\}|AIGC\s*(\{[^{}]*\})')
_NAMES = (
    ("ContentProducer", "producer"),
    ("ProduceID", "produce_id"),
    ("ReservedCode1", "reserved_1"),
    ("ContentPropagator", "propagator"),
    ("PropagateID", "propagate_id"),
    ("ReservedCode2", "reserved_2"),
)


class Made(StrEnum):
    """How far something was made by AI."""

    GENERATED = "1"
    POSSIBLY = "2"
    SUSPECTED = "3"


@dataclass(frozen=True, slots=True)
class Producer:
    """Who offers the making: the shop, or whoever runs the installation.

    `code` is the 27 places of TC260-PG-20252A, which follow from a company's registration and are
    never made up here; empty where there is none. `name` stands in its place then.
    """

    code: str
    name: str

    def __post_init__(self) -> None:
        if self.code and not _CODE.fullmatch(self.code):
            raise Invalid(
                Text("服务提供者编码不对", "This is no service provider's code"),
                hint=Text(
                    "应为 27 位数字或大写字母，以 00 开头；没有编码就留空。",
                    "It has 27 digits or capital letters and begins with 00; leave it empty "
                    "if there is none.",
                ),
                where="code",
            )
        if not self.code and not self.name.strip():
            raise Invalid(
                Text("缺少服务提供者的名称或编码", "The provider has neither a name nor a code"),
                hint=Text("请填写店铺名称。", "Enter the shop's name."),
                where="name",
            )

    @property
    def identity(self) -> str:
        """What stands in a label: the code, else the name, percent-encoded where it must be."""
        return self.code or quote(self.name.strip(), safe="!#$&'()*+,/:;=?@[]~")


@dataclass(frozen=True, slots=True)
class Label:
    """What a file says of how it was made. The propagator's fields are the producer's at first;
    the reserved ones are for signatures (TC260-PG-202511A), which are kept and not made here."""

    made: Made
    producer: str
    produce_id: str
    reserved_1: str = ""
    propagator: str = ""
    propagate_id: str = ""
    reserved_2: str = ""

    @classmethod
    def new(
        cls, producer: Producer, *, made: Made = Made.GENERATED, produce_id: str | None = None
    ) -> Self:
        """The label of something just made; `produce_id` names it in the producer's own records,
        a new ``aigc_…`` where none is given. Raises Invalid for one that the standard forbids."""
        number = ids.new_id("aigc") if produce_id is None else produce_id
        for value, where in ((producer.identity, "name"), (number, "produce_id")):
            if not _VALUE.fullmatch(value):
                raise Invalid(
                    Text("标识里的值不合规范", "The label may not hold this value"),
                    hint=Text(
                        "名称最多 60 个字；编号用英文字母、数字或符号，不含引号、反斜杠和空格。",
                        "Use a name of at most 60 characters; a number of letters, digits or "
                        "signs, without quotes, backslashes and spaces.",
                    ),
                    where=where,
                )
        return cls(made, producer.identity, number, "", producer.identity, number, "")

    def as_json(self) -> str:
        """The object that stands under :data:`KEY`, in ASCII and the standard's order.

        Raises Invalid if it is larger than :data:`LARGEST`.
        """
        fields = {name: getattr(self, ours) for name, ours in _NAMES}
        text = json.dumps({"Label": str(self.made), **fields}, separators=(",", ":"))
        if len(text) > LARGEST:
            raise Invalid(
                Text("标识太长", "The label is too long"),
                hint=Text("请缩短编号或签名。", "Shorten its numbers or signatures."),
                where="label",
            )
        return text

    @classmethod
    def from_json(cls, text: str | bytes) -> Self | None:
        """A label as somebody wrote it, with ``{"AIGC": …}`` around it or without; None for what is
        none. A kind that the standard does not know is read as suspected."""
        if len(text) > LARGEST:
            return None
        try:
            given: Any = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if isinstance(given, dict):
            given = given.get(KEY, given)
        if not isinstance(given, dict) or "Label" not in given:
            return None
        values = {ours: _text(given.get(name)) for name, ours in _NAMES}
        kind = _text(given["Label"])
        made = Made(kind) if kind in list(Made) else Made.SUSPECTED
        return cls(made, **values)


def loose(data: bytes) -> Iterator[tuple[Label, int, int]]:
    """Labels that stand in the middle of other things, as ``{"AIGC": {…}}`` or ``AIGC{…}``, and
    from where to where."""
    for match in _LOOSE.finditer(data):
        label = Label.from_json(match[1] or match[2])
        if label is not None:
            yield label, match.start(), match.end()


def _text(value: Any) -> str:
    """A field's value: strings, and numbers as some write them."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
