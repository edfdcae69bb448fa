"""What holds for all systems outside that a shop is connected with, webhooks and channels alike."""

from __future__ import annotations

from collections.abc import Sized
from datetime import datetime, timedelta
from typing import Annotated, TypeVar

from pydantic import AwareDatetime, Field

from zhanggui.base import clock
from zhanggui.base.errors import Conflict, Invalid, not_found
from zhanggui.base.tools import Call, Input, Output
from zhanggui.base.waking import Waking
from zhanggui.base.words import Text

MOST = 20
"""Connections of a kind that a shop may have: each is looked after by itself."""
KEPT = timedelta(days=30)
"""How far back what was sent may be sent again."""
Id = Annotated[str, Field(min_length=1, max_length=64)]
_Row = TypeVar("_Row")


class Done(Output):
    """It is done."""

    done: bool = True


class Since(Input):
    """Since when, at most 30 days back."""

    since: AwareDatetime


class Tried(Output):
    """What became of a test: why it failed (null for success), what the other side called it, and
    the beginning of what it said."""

    failure: str | None
    code: int | None
    answer: str


def make_sure_of_room(there: Sized, kind: Text) -> None:
    """Raise Conflict where there are as many as there may be."""
    if len(there) >= MOST:
        raise Conflict(
            Text(f"{kind.zh}最多 {MOST} 个", f"There may be no more than {MOST}: {kind.en}"),
            hint=Text("先移除不用的。", "Remove one that is not needed."),
        )


def found(row: _Row | None, kind: Text, id_: str) -> _Row:
    """What was looked for; raises NotFound where there is none."""
    if row is None:
        raise not_found(kind, id_)
    return row


def not_long_ago(given: Since) -> datetime:
    """Since when it is to be sent again; raises Invalid for too long ago and for what is to
    come."""
    now = clock.now()
    if not now - KEPT - timedelta(minutes=1) <= given.since <= now:
        raise Invalid(
            Text("只能重发最近 30 天的", "Only what is of the last 30 days is sent again"),
            hint=Text("换一个时间。", "Choose another time."),
            where="since",
        )
    return given.since


def still(until: datetime | None) -> datetime | None:
    """Until when a former secret holds; null where it does no more."""
    return until if until is not None and until > clock.now() else None


def wake(call: Call, topic: str) -> None:
    """Have a loop look once this is committed."""

    async def waking() -> None:
        call.runtime.service(Waking).wake(topic)

    call.after_commit(waking)
