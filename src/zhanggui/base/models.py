"""Every table of this room, for the metadata."""

from zhanggui.base.approvals import ApprovalRow
from zhanggui.base.audit import ToolCallRow
from zhanggui.base.events import CursorRow, EventRow
from zhanggui.base.workflows import WorkerRow

__all__ = ["ApprovalRow", "CursorRow", "EventRow", "ToolCallRow", "WorkerRow"]
