"""What a shop chooses for its service."""

from __future__ import annotations

from datetime import datetime, time
from typing import Literal

from pydantic import Field

from zhanggui.base import clock, events
from zhanggui.base.choosing import Choosing
from zhanggui.base.errors import Invalid
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.service.answering import CEILING, CEILINGS
from zhanggui.service.events import ServiceHoursSaved, ServiceKeepingSaved, ServiceSettingsSaved
from zhanggui.service.models import ServiceSettings
from zhanggui.service.preferences import check, of_row, preferences


class SettingsView(Output):
    """What the shop has chosen for its service. `ceiling` is the share of answers that may be
    wrong; `opens` and `closes` are when people answer, null where it has not said; within
    `answer_minutes` they ought to have. Conversations in which nothing was said for `idle_hours`
    are closed, and what anonymous shoppers wrote is erased after `retention_days`. `updated_at` is
    null where it has chosen nothing."""

    ceiling: float
    choices: list[float] = Field(description="The shares there are to choose from.")
    opens: str | None
    closes: str | None
    answer_minutes: int
    idle_hours: int
    retention_days: int
    updated_at: datetime | None
    updated_by: str | None


@tool(
    "service.settings",
    purpose=Text("查看客服设置", "How the service is set"),
    risk="read",
    roles=STAFF,
)
async def settings(call: Call, given: Nothing) -> SettingsView:
    """The shop's choice, or what holds without one."""
    row = await call.session.get(ServiceSettings, (call.shop_id,))
    return _settings_view(row)


class SettingsInput(Input):
    """What to choose; a smaller share of wrong answers leaves more to people."""

    ceiling: float = Field(description=f"One of {', '.join(map(str, CEILINGS))}.")


@tool(
    "service.save_settings",
    purpose=Text("保存客服设置", "Set the service"),
    risk="act",
    roles=OWNERS,
)
async def save_settings(call: Call, given: SettingsInput) -> SettingsView:
    """Choose how many answers may be wrong. Raises Invalid for a share that is none to choose."""
    check(given.ceiling)
    row = await _chosen(call)
    row.ceiling = given.ceiling
    await call.session.flush()
    await events.append(call.session, ServiceSettingsSaved(ceiling=given.ceiling))
    return _settings_view(row)


HoursChoice = Literal["opens", "closes", "answer_minutes"]


class HoursInput(Choosing[HoursChoice]):
    """When people answer, in the shop's local time; both null for no set hours."""

    opens: time | None = None
    closes: time | None = Field(None, description="Earlier than `opens` for past midnight.")
    answer_minutes: int | None = Field(
        None, ge=1, le=1440, description="Within which people ought to have answered."
    )


@tool(
    "service.save_hours",
    purpose=Text("保存客服时间", "Set when people answer"),
    risk="act",
    roles=OWNERS,
)
async def save_hours(call: Call, given: HoursInput) -> SettingsView:
    """Choose the hours that a shopper is told who is handed over outside of them; what is not set
    stays as it is. Raises Invalid for one time without the other, or two of the same."""
    row = await _chosen(call)
    opens = _written(given.opens) if "opens" in given.sets else row.opens
    closes = _written(given.closes) if "closes" in given.sets else row.closes
    is_none = opens is None and closes is None
    if not is_none and (opens is None or closes is None or opens == closes):
        raise Invalid(
            Text("上班和下班时间要不同，且都要填", "Give two different times, or none"),
            hint=Text("例如 09:00 和 22:00；都不填表示不限。", "For example 09:00 and 22:00."),
            where="closes",
        )
    row.opens, row.closes = opens, closes
    if "answer_minutes" in given.sets:
        row.answer_minutes = given.answer_minutes
    await call.session.flush()
    await events.append(call.session, ServiceHoursSaved(opens=row.opens, closes=row.closes))
    return _settings_view(row)


KeepingChoice = Literal["idle_hours", "retention_days"]


class KeepingInput(Choosing[KeepingChoice]):
    """How long conversations are kept; null for the usual."""

    idle_hours: int | None = Field(
        None, ge=1, le=720, description="After which what nobody writes in is closed."
    )
    retention_days: int | None = Field(
        None, ge=1, le=3650, description="After which what anonymous shoppers wrote is erased."
    )


@tool(
    "service.save_keeping",
    purpose=Text("保存会话的保留时间", "Set how long conversations are kept"),
    risk="act",
    roles=OWNERS,
)
async def save_keeping(call: Call, given: KeepingInput) -> SettingsView:
    """Choose after how long conversations are closed, and what was written in them erased; what is
    not set stays as it is."""
    row = await _chosen(call)
    for name in given.sets:
        setattr(row, name, getattr(given, name))
    await call.session.flush()
    saved = ServiceKeepingSaved(idle_hours=row.idle_hours, retention_days=row.retention_days)
    await events.append(call.session, saved)
    return _settings_view(row)


def _written(moment: time | None) -> str | None:
    return None if moment is None else f"{moment:%H:%M}"


async def _chosen(call: Call) -> ServiceSettings:
    """The row of the shop's choices, made where there is none; taken up once it is committed."""
    row = await call.session.get(ServiceSettings, (call.shop_id,))
    if row is None:
        row = ServiceSettings(shop_id=call.shop_id, ceiling=CEILING)
        call.session.add(row)
    row.updated_at, row.updated_by = clock.now(), call.principal.id

    async def take_up() -> None:
        preferences(call.runtime).forget(call.shop_id)

    call.after_commit(take_up)
    return row


def _settings_view(row: ServiceSettings | None) -> SettingsView:
    choice = of_row(row)
    return SettingsView(
        ceiling=choice.ceiling,
        choices=list(CEILINGS),
        opens=None if row is None else row.opens,
        closes=None if row is None else row.closes,
        answer_minutes=choice.answer_minutes,
        idle_hours=choice.idle_hours,
        retention_days=choice.retention_days,
        updated_at=None if row is None else row.updated_at,
        updated_by=None if row is None else row.updated_by,
    )
