"""How what became of an event is shown."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from zhanggui.base.tools import Output
from zhanggui.base.webhooks.models import DeliveryRow
from zhanggui.base.webhooks.sending import FAILURES

Status = Literal["pending", "delivered", "failed"]


class DeliveryView(Output):
    """An event on its way to a webhook. `id` is the `webhook-id` of its messages; `code` and
    `failure` are of the last attempt, and `due_at` says when the next one is."""

    id: str
    webhook_id: str
    type: str
    status: Status
    attempts: int
    made_at: datetime
    tried_at: datetime | None
    due_at: datetime | None
    code: int | None
    failure: str | None


def delivery(row: DeliveryRow) -> DeliveryView:
    """A delivery as it is shown."""
    shown = {name: getattr(row, name) for name in DeliveryView.model_fields}
    due = row.due_at if row.status == "pending" else None
    return DeliveryView.model_validate({**shown, "due_at": due, "failure": told(row.failure)})


def told(failure: str | None) -> str | None:
    """Why an attempt failed, in the reader's language."""
    return None if failure is None else str(FAILURES[failure])  # type: ignore[index] # Only these.
