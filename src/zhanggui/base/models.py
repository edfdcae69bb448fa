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
from zhanggui.base.workflows import WorkerRow

__all__ = [
    "ApiKeyRow",
    "ApprovalRow",
    "CursorRow",
    "EventRow",
    "InvitationRow",
    "MembershipRow",
    "OneTimeTokenRow",
    "RecoveryCodeRow",
    "SessionRow",
    "ToolCallRow",
    "UserRow",
    "WorkerRow",
]
