"""Reading one cell: from the text a file has to a typed value.

A converter takes a cell's non-empty text and returns a value, or None where the cell says "nothing"
(``-``, ``null``), and raises :class:`CellError` with a reason a merchant can act on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import TypeAlias

from zhanggui.base.money import parse_yuan
from zhanggui.base.words import Text

Convert: TypeAlias = Callable[[str], object]

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Platform times: a fixed offset, as China has had no summer time since 1991, and many times
faster to attach than a ZoneInfo."""

MAX_FEN = 10**13
"""A hundred billion yuan: more in one cell is a broken file, not a figure."""
MAX_COUNT = 2**31 - 1
"""What an integer column holds."""

_BLANK = frozenset({"-", "--", "—", "——", "/", "\\", "null", "NULL", "None", "nan", "NaN", "NAN"})
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{1,3}")
_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+\d{1,3}")
_FORMULA = re.compile(r"=\s*[-+(]*\s*(?:'?[^\s'\"]*'?!)?(?:\$?[A-Za-z]{1,3}\$?\d|[A-Za-z.]{2,}\()")
_ERROR_VALUE = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!)|#{3,}", re.I)
_ID = re.compile(r"[^\s,，;；]{1,64}")
_EDGES = frozenset(" \t\r\n\f\v\u00a0\u3000\ufeff\u200b='‘’`\"#")
_TO_ASCII = {0xFF10 + n: 0x30 + n for n in range(10)} | {0xFF0E: ".", 0xFF0D: "-", 0x2212: "-"}
_SPACE = " \t\r\n\f\v\u00a0\u3000\ufeff\u200b"
_APOSTROPHES = ("'", "‘", "’", "`")
"""What keeps a number text: the spreadsheet's own, and what people and 支付宝 write for it."""


class CellError(ValueError):
    """A cell that cannot be read, and why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def is_masked(text: str | None) -> bool:
    """Whether a platform has hidden part of `text` (张**, 138****5678)."""
    return text is not None and ("*" in text or "＊" in text)


def bare(cell: str) -> str:
    """The cell without the wrapping that spreadsheets and exports put around a value: spaces,
    ``="123"``, a leading apostrophe."""
    text = cell.strip(_SPACE)
    if text[:1] in "='‘’`\"":
        if text[:2] == '="' and text[-1:] == '"' and len(text) > 2:
            text = text[2:-1].strip(_SPACE)
        if text[:1] in _APOSTROPHES:
            text = text[1:].lstrip(_SPACE)
        elif text[:1] == '"' and text[-1:] == '"' and len(text) > 1:
            text = text[1:-1].replace('""', '"').strip(_SPACE)
    return text


def _shown(cell: str) -> str:
    return cell if len(cell) <= 30 else cell[:29] + "…"


def _refuse_spreadsheet_artefacts(text: str) -> None:
    if text[:1] == "=":
        raise CellError(
            Text(
                f"这一格是公式（{_shown(text)}），没有算好的值。请在表格软件里复制这一列，"
                "“选择性粘贴”为数值后另存，再导入。",
                f"This cell holds a formula ({_shown(text)}) without its value. Copy the column, "
                "paste it as values, save, and import again.",
            )
        )
    if text[:1] == "#" and _ERROR_VALUE.fullmatch(text):
        raise CellError(
            Text(
                f"这一格是表格软件的错误值（{_shown(text)}）。请修正或清空这一格后再导入。",
                f"This cell holds a spreadsheet error ({_shown(text)}). "
                "Correct or clear it and import again.",
            )
        )


def words(cell: str) -> str | None:
    """Free text."""
    if cell[0] not in _EDGES and cell[-1] not in _EDGES and len(cell) > 4 and "\r" not in cell:
        return cell  # Nearly every cell: nothing to unwrap.
    return _short_words(cell) if len(cell) <= 32 else _odd_words(cell)


def _odd_words(cell: str) -> str | None:
    text = cell.strip(_SPACE)
    if not text:
        return None
    if text[0] in "='‘’`\"#":
        if text[0] == "=" and _FORMULA.match(text):
            _refuse_spreadsheet_artefacts(text)
        if text[0] == "#" and _ERROR_VALUE.fullmatch(text):
            return None  # Of a remark that a spreadsheet lost, the rest of its row tells enough.
        text = bare(text)
    if len(text) <= 4 and text in _BLANK:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text or None


_short_words = lru_cache(maxsize=8192)(_odd_words)


def identifier(cell: str) -> str | None:
    """An order, product or case number, kept as text; refuses one a spreadsheet has rounded."""
    text = cell[2:-1] if cell[:2] == '="' else cell
    if text.isdecimal() and text.isascii() and len(text) <= 32:
        return text
    text = cell if cell.isascii() else cell.translate(_TO_ASCII)
    if not text.isalnum():
        text = bare(text)
        if not text or text in _BLANK:
            return None
        if _SCIENTIFIC.fullmatch(text):
            raise CellError(
                Text(
                    f"编号被表格软件改成了科学计数法（{_shown(text)}），后面的数字已经丢失。"
                    "请从平台重新导出后直接导入，不要先用表格软件打开保存；"
                    "或先把这一列设为“文本”格式再粘贴原始编号。",
                    f"A spreadsheet has turned this number into {_shown(text)} and lost its last "
                    "digits. Export it again and import it without saving it in a spreadsheet, or "
                    "set the column to text before pasting the original numbers.",
                )
            )
        _refuse_spreadsheet_artefacts(text)
        if text.endswith(".0") and text[:-2].isdigit():
            text = text[:-2]
    elif text in _BLANK:
        return None
    if len(text) > 64 or not _ID.fullmatch(text) or not text.isprintable():
        raise CellError(
            Text(
                f"这里应是编号，却是“{_shown(text)}”。请核对这一行是否错位。",
                f"An id was expected here, not “{_shown(text)}”. Check whether the row is shifted.",
            )
        )
    return text


def side_number(cell: str) -> str | None:
    """A number or code that its row can do without: None for one that a spreadsheet has rounded,
    since no number is better than a wrong one."""
    return None if "+" in cell and _ROUNDED.fullmatch(bare(cell)) else words(cell)


def order_number(cell: str) -> str | None:
    """An order's number: an identifier with a digit in it and nothing hidden."""
    text: str | None = cell[2:-1] if cell[:2] == '="' else cell
    if text and text.isdecimal() and text.isascii() and len(text) <= 32:
        return text
    text = identifier(cell)
    if text is None or text.isdigit():
        return text
    if is_masked(text) or not any(c.isdigit() for c in text):
        raise CellError(
            Text(
                f"“{_shown(text)}”不是订单编号。请核对这一行是否错位。",
                f"“{_shown(text)}” is not an order number. Check whether the row is shifted.",
            )
        )
    return text


def phone(cell: str) -> str | None:
    """A phone number as the platform shows it, whole or masked; never refused for its form."""
    text = cell[1:] if cell[0] == "'" else cell
    if len(text) == 11 and (text.isdigit() or (text[0] == "1" and "*" in text)):
        return text
    text = bare(cell)
    if not text or text in _BLANK:
        return None
    if _SCIENTIFIC.fullmatch(text):
        return None  # Rounded: no number is better than a wrong one.
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


_NO_MONEY = frozenset({"无退款申请", "无退款", "无", "未退款"})


@lru_cache(maxsize=16384)
def money(cell: str) -> int | None:
    """Fen, zero or more."""
    fen = signed_money(cell)
    if fen is not None and fen < 0:
        raise CellError(
            Text(
                f"金额不能是负数（{_shown(cell.strip())}）。请核对这一格。",
                f"An amount cannot be negative ({_shown(cell.strip())}). Check this cell.",
            )
        )
    return fen


def signed_money(cell: str) -> int | None:
    """Fen, negative where the platform books money back."""
    text = bare(cell)
    if not text or text in _BLANK:
        return None
    if text in _NO_MONEY:
        return 0
    _refuse_spreadsheet_artefacts(text)
    try:
        fen = parse_yuan(text.translate(_TO_ASCII))
    except (ValueError, ArithmeticError):
        raise CellError(
            Text(
                f"“{_shown(text)}”不是金额。请改成数字，如 129.00。",
                f"“{_shown(text)}” is not an amount. Write a number such as 129.00.",
            )
        ) from None
    if abs(fen) > MAX_FEN:
        raise CellError(
            Text(
                f"金额大得不合理（{_shown(text)}）。请核对这一行是否错位。",
                f"The amount is absurdly large ({_shown(text)}). Check whether the row is shifted.",
            )
        )
    return fen


_COUNT = re.compile(r"(\d{1,15})(?:\.0*)?(?:件|个|人|次|笔|条)?")
_TEN_THOUSAND = re.compile(r"(\d{1,9}(?:\.\d{1,4})?)万")


@lru_cache(maxsize=16384)
def count(cell: str) -> int | None:
    """A whole number, zero or more."""
    text = bare(cell).translate(_TO_ASCII)
    if not text or text in _BLANK:
        return None
    _refuse_spreadsheet_artefacts(text)
    plain = text.replace(",", "").replace("，", "").replace(" ", "")
    match = _COUNT.fullmatch(plain)
    number = int(match[1]) if match else None
    if number is None and (match := _TEN_THOUSAND.fullmatch(plain)):
        number = round(float(match[1]) * 10_000)
    if number is None:
        raise CellError(
            Text(
                f"“{_shown(text)}”不是数量。请改成 0 或更大的整数。",
                f"“{_shown(text)}” is not a count. Write a whole number, zero or more.",
            )
        )
    if number > MAX_COUNT:
        raise CellError(
            Text(
                f"数量大得不合理（{_shown(text)}）。请核对这一行是否错位。",
                f"The count is absurdly large ({_shown(text)}). Check whether the row is shifted.",
            )
        )
    return number


@lru_cache(maxsize=4096)
def rate(cell: str) -> float | None:
    """A share from 0: ``2.35%`` and ``0.0235`` both give 0.0235."""
    text = bare(cell).translate(_TO_ASCII)
    if not text or text in _BLANK:
        return None
    _refuse_spreadsheet_artefacts(text)
    percent = text[-1] in "%％"
    digits = text[:-1] if percent else text
    try:
        number = float(digits.replace(",", ""))
    except ValueError:
        number = float("nan")
    if not 0 <= number < 1e9:
        raise CellError(
            Text(
                f"“{_shown(text)}”不是比率。请写成 2.35% 或 0.0235。",
                f"“{_shown(text)}” is not a rate. Write 2.35% or 0.0235.",
            )
        )
    return number / 100 if percent else number


_MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[:时：]\s*(\d{1,2})(?:\s*[:分：]\s*(\d{1,2})(?:\.\d+)?)?\s*[分秒]?)?"
)
_HALF_DAY = re.compile(r"\s*(上午|下午|[ap]m)\s*", re.I)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIAL_EPOCH = datetime(1899, 12, 30, tzinfo=CHINA)
_NO_TIME = re.compile(  # The zero of a database, of Unix, of .NET and of a spreadsheet, which
    r"0|0000-00-00.*|1970[-/]0?1[-/]0?1 0?8:00(?::00)?|0001[-/]0?1[-/]0?1.*"
    r"|(?:1899[-/]12[-/]3[01]|1900[-/]0?1[-/]0?[01])(?: 0?0:00(?::00)?)?|00:00:00"
)  # shows an empty cell of a column of times as the day 0 of 1900.


def moment(cell: str) -> datetime | None:
    """An aware time; one without a zone is China's. Excel's 1900 serial numbers are understood."""
    if len(cell) == 19 and cell[4] == "-" and cell[10] == " ":  # How every platform writes it.
        try:
            found = datetime.fromisoformat(cell + "+08:00")  # A fifth of the time replace() takes.
        except ValueError:
            return _odd_moment(cell)
        if 1990 <= found.year <= 2100:
            return found
    return _odd_moment(cell)


@lru_cache(maxsize=8192)
def _odd_moment(cell: str) -> datetime | None:
    text = bare(cell).translate(_TO_ASCII)
    if not text or text in _BLANK or _NO_TIME.fullmatch(text):
        return None
    _refuse_spreadsheet_artefacts(text)
    try:
        found = _written_moment(text)
    except (ValueError, OverflowError):
        found = None
    if found is None or not 1990 <= found.year <= 2100:
        raise CellError(
            Text(
                f"“{_shown(text)}”不是能用的时间。请写成 2026-03-12 10:11:12。",
                f"“{_shown(text)}” is not a usable time. Write it as 2026-03-12 10:11:12.",
            )
        )
    return found


def _written_moment(text: str) -> datetime | None:
    half = _HALF_DAY.search(text)
    if half:
        found = _written_moment(_HALF_DAY.sub(" ", text, count=1).strip())
        if found is None:
            return None
        afternoon = half[1].lower() in ("下午", "pm")
        return found.replace(hour=found.hour % 12 + 12 * afternoon) if found.hour <= 12 else found
    match = _MOMENT.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        if hour == 24 and not minute and not second:
            return datetime(year, month, day, tzinfo=CHINA) + timedelta(days=1)
        return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)
    if _SERIAL.fullmatch(text):
        return _SERIAL_EPOCH + timedelta(seconds=round(float(text) * 86_400))
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=CHINA)


def day(cell: str) -> date | None:
    """A day, of which a time of day is dropped."""
    found = moment(cell)
    return None if found is None else found.date()
