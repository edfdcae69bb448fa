"""Every table of this room, for the metadata."""

from zhanggui.base.approvals import ApprovalRow
from zhanggui.base.audit import ToolCallRow
from zhanggui.base.auth.models import (
    ApiKeyRow,
    InvitationRow,
    MembershipRow,
    OneTimeTokenRow,
    RecoveryCodeRow,
    SessionRow,
    UserRow,
)
from zhanggui.base.events import CursorRow, EventRow
from zhanggui.base.saved_views import DefaultViewRow, SavedViewRow
from zhanggui.base.webhooks.models import DeliveryRow, WebhookRow
from zhanggui.base.workflows import WorkerRow

__all__ = [
    "ApiKeyRow",
    "ApprovalRow",
    "CursorRow",
    "DefaultViewRow",
    "DeliveryRow",
    "EventRow",
    "InvitationRow",
    "MembershipRow",
    "OneTimeTokenRow",
    "RecoveryCodeRow",
    "SavedViewRow",
    "SessionRow",
    "ToolCallRow",
    "UserRow",
    "WebhookRow",
    "WorkerRow",
]
