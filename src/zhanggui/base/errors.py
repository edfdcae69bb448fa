"""One vocabulary of errors: what was wrong, where, and what to do next, in the reader's language.

A room raises one of these classes, or a subclass with its own `code`; every door turns them into
its own form (HTTP status and JSON, a line on the terminal, a tool result for an agent).
"""

from __future__ import annotations

from typing import ClassVar

from zhanggui.base.words import Text


class ZhangguiError(Exception):
    """An expected failure a person can act on.

    `what` says what was wrong, `hint` what to do next, `where` names the field, file or record.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400

    def __init__(self, what: Text, *, hint: Text | None = None, where: str | None = None) -> None:
        super().__init__(what.en)
        self.what = what
        self.hint = hint
        self.where = where

    def as_dict(self) -> dict[str, str | None]:
        """The JSON form in the reader's language: ``{code, message, hint, where}``."""
        return {
            "code": self.code,
            "message": str(self.what),
            "hint": str(self.hint) if self.hint else None,
            "where": self.where,
        }


class Invalid(ZhangguiError):
    """The input cannot be used as it is."""

    code = "invalid"
    status = 422


class NotFound(ZhangguiError):
    """The record does not exist in this shop, or the caller may not know that it does."""

    code = "not_found"
    status = 404


class Forbidden(ZhangguiError):
    """The caller is known but may not do this."""

    code = "forbidden"
    status = 403


class Unauthenticated(ZhangguiError):
    """Nobody is signed in, or the session or key has ended."""

    code = "unauthenticated"
    status = 401


class Conflict(ZhangguiError):
    """The record has changed, exists already or is in a state that does not allow this."""

    code = "conflict"
    status = 409


class TooMany(ZhangguiError):
    """A rate limit; `retry_after` is in seconds."""

    code = "too_many"
    status = 429

    def __init__(self, what: Text, *, retry_after: int, hint: Text | None = None) -> None:
        super().__init__(what, hint=hint)
        self.retry_after = retry_after


class TooLarge(ZhangguiError):
    """More bytes, rows or items than this door takes."""

    code = "too_large"
    status = 413


class Unavailable(ZhangguiError):
    """Something this needs is not running or not ready; trying again may work."""

    code = "unavailable"
    status = 503


def not_found(kind: Text, where: str) -> NotFound:
    """The usual :class:`NotFound`, naming the kind of record."""
    return NotFound(
        Text(f"没有找到{kind.zh}：{where}", f"No such {kind.en}: {where}"),
        hint=Text("请检查编号，或刷新列表后再试。", "Check the id, or refresh and try again."),
        where=where,
    )
