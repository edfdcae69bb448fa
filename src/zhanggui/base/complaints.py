"""What is wrong with an input, in the reader's words: pydantic's findings as :class:`Invalid`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text

_HINT = Text("请改正后再试。", "Correct it and try again.")
_OTHER = Text("填写有误", "is not right")
_WORDS: dict[str, Text] = {
    "missing": Text("没有填写", "is missing"),
    "extra_forbidden": Text("不是这里的字段", "is not a field here"),
    "json_invalid": Text("不是正确的 JSON", "is not valid JSON"),
    "model_attributes_type": Text("应该是一个对象", "should be an object"),
    "model_type": Text("应该是一个对象", "should be an object"),
    "dict_type": Text("应该是一个对象", "should be an object"),
    "list_type": Text("应该是一个列表", "should be a list"),
    "string_type": Text("应该是文字", "should be text"),
    "string_unicode": Text("含有无法识别的字符", "has characters that are not text"),
    "string_too_short": Text("至少 {min_length} 个字符", "needs at least {min_length} characters"),
    "string_too_long": Text("最多 {max_length} 个字符", "has more than {max_length} characters"),
    "string_pattern_mismatch": Text("格式不对", "does not have the right form"),
    "too_short": Text("至少 {min_length} 项", "needs at least {min_length} items"),
    "too_long": Text("最多 {max_length} 项", "has more than {max_length} items"),
    "int_type": Text("应该是整数", "should be a whole number"),
    "int_parsing": Text("应该是整数", "should be a whole number"),
    "int_parsing_size": Text("数字太大", "is too large a number"),
    "int_from_float": Text("应该是整数", "should be a whole number"),
    "float_type": Text("应该是数字", "should be a number"),
    "float_parsing": Text("应该是数字", "should be a number"),
    "decimal_type": Text("应该是数字", "should be a number"),
    "decimal_parsing": Text("应该是数字", "should be a number"),
    "finite_number": Text("应该是有限的数字", "should be a finite number"),
    "bool_type": Text("应该是“是”或“否”", "should be true or false"),
    "bool_parsing": Text("应该是“是”或“否”", "should be true or false"),
    "greater_than": Text("应大于 {gt}", "should be greater than {gt}"),
    "greater_than_equal": Text("不能小于 {ge}", "should be at least {ge}"),
    "less_than": Text("应小于 {lt}", "should be less than {lt}"),
    "less_than_equal": Text("不能大于 {le}", "should be at most {le}"),
    "literal_error": Text("应该是 {expected} 之一", "should be one of {expected}"),
    "enum": Text("应该是 {expected} 之一", "should be one of {expected}"),
    "datetime_type": Text("应该是时间", "should be a time"),
    "datetime_parsing": Text("应该是时间", "should be a time"),
    "datetime_from_date_parsing": Text("应该是时间", "should be a time"),
    "timezone_aware": Text("缺少时区", "lacks a time zone"),
    "http_address": Text("应该是 http:// 或 https:// 开头的网址", "should be an http(s) address"),
    "bare_address": Text(
        "不能带用户名、密码、? 或 #", "should be an address without user, password, ? or #"
    ),
    "variable_name": Text("应该是环境变量的名字", "should be the name of an environment variable"),
    "date_type": Text("应该是日期", "should be a date"),
    "date_parsing": Text("应该是日期", "should be a date"),
    "date_from_datetime_parsing": Text("应该是日期", "should be a date"),
}
_LARGEST = 2**63


def invalid(findings: Sequence[Any], where: str) -> Invalid:
    """The first finding (``ValidationError.errors()``) as an error that names the field.

    Never repeats the value that was given: it may be personal data.
    """
    first = findings[0]
    doors = ("body", "query", "header", "path")
    parts = [str(part) for part in first["loc"] if part not in doors]
    field = ".".join(parts) if first["type"] != "json_invalid" else ""
    words = _WORDS.get(first["type"], _OTHER).format(**first.get("ctx", {}))
    name = field or where
    return Invalid(Text(f"“{name}”{words.zh}", f"“{name}” {words.en}"), hint=_HINT, where=name)


def refuse_unstorable(value: Any, where: str = "") -> None:
    """Raise Invalid for what no database column holds: NUL in text, integers beyond 64 bits."""
    if isinstance(value, str):
        if "\x00" in value:
            raise _unstorable(where, Text("含有空字符", "has a NUL character"))
    elif isinstance(value, int):
        if not -_LARGEST <= value < _LARGEST:
            raise _unstorable(where, _WORDS["int_parsing_size"])
    elif isinstance(value, dict):
        for key, inner in value.items():
            refuse_unstorable(key, where)
            refuse_unstorable(inner, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            refuse_unstorable(inner, where)


def _unstorable(where: str, words: Text) -> Invalid:
    return Invalid(
        Text(f"“{where}”{words.zh}", f"“{where}” {words.en}"), hint=_HINT, where=where or None
    )
