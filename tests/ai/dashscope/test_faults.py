"""DashScope's codes in our words."""

from __future__ import annotations

import pytest

from zhanggui.ai.dashscope.faults import kind_of, plain


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("Throttling", 429, "busy"),
        ("Throttling.RateQuota", 429, "busy"),
        ("Throttling.AllocationQuota", 429, "busy"),
        ("InvalidApiKey", 401, "key"),
        ("AccessDenied", 403, "key"),
        ("Model.AccessDenied", 403, "key"),
        ("AccessDenied.Unpurchased", 403, "quota"),
        ("AllocationQuota.FreeTierOnly", 403, "quota"),
        ("Arrearage", 400, "quota"),
        ("DataInspectionFailed", 400, "refused"),
        ("DataInspectionFailed", 200, "refused"),
        ("InvalidParameter.DataInspection", 400, "refused"),
        ("InvalidParameter", 400, "refused"),
        ("ModelNotFound", 404, "refused"),
        ("InternalError", 500, "down"),
        ("InternalError.Algo", 200, "down"),
        ("InternalError.Timeout", 500, "slow"),
        ("RequestTimeOut", 408, "slow"),
        (None, 502, "down"),
        (None, 504, "slow"),
        (None, 418, "refused"),
        ("Unheard", 200, "down"),
    ],
)
def test_what_a_code_means(code, status, kind):
    assert kind_of(code, status) == kind


@pytest.mark.parametrize("code", [None, 7, "it said 13812345678!", "x" * 61])
def test_only_what_looks_like_a_code_is_shown(code):
    assert plain(code) is None
