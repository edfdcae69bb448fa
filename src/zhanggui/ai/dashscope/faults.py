"""DashScope's error codes in our words.

The codes are those of https://help.aliyun.com/zh/model-studio/error-code; where one is unknown the
HTTP status decides.
"""

from __future__ import annotations

import re

from zhanggui.ai.faults import Kind

_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"^(Arrearage|.*Overdue|.*NotPurchased|.*Unpurchased)", "quota"),
    (r"FreeTier|InsufficientQuota|insufficient_quota", "quota"),
    (r"^(Throttling|LimitRequests|limit_requests|.*RateLimit|.*ConcurrencyLimit)", "busy"),
    (r"^(InvalidApiKey|invalid_api_key|.*AccessDenied|NotAuthorized|Forbidden)", "key"),
    (r"(Timeout|TimeOut)$", "slow"),
    (r"^(InternalError|SystemError|ServiceUnavailable|ModelServ)", "down"),
    (r"^(DataInspection|data_inspection|IPInfringement|BadRequest)", "refused"),
    (r"^(Invalid|Unsupported|Model\.?NotExist|ModelNotFound|model_not_found)", "refused"),
)


def kind_of(code: str | None, status: int) -> Kind:
    """What an error means, by its code, or by the status of the HTTP answer; of a task that failed
    the status is 200."""
    for pattern, kind in _KINDS:
        if code and re.search(pattern, code):
            return kind
    if status in (401, 403):
        return "key"
    if status == 402:
        return "quota"
    if status in (408, 504):
        return "slow"
    if status in (409, 425, 429):
        return "busy"
    return "down" if status >= 500 or status == 200 else "refused"


def plain(code: object) -> str | None:
    """A code as it may be kept and shown: nothing but what looks like one."""
    return code if isinstance(code, str) and re.fullmatch(r"[\w.-]{1,60}", code) else None
