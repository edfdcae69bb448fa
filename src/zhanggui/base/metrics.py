"""Prometheus metrics. Labels never carry ids or personal data."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)

TOOL_CALLS = Counter("zhanggui_tool_calls", "Tool calls by outcome", ["tool", "outcome"])
TOOL_SECONDS = Histogram(
    "zhanggui_tool_seconds", "Wall time of tool calls", ["tool"], buckets=_SECONDS
)
HTTP_REQUESTS = Counter(
    "zhanggui_http_requests", "HTTP requests by route and status", ["method", "route", "status"]
)
HTTP_SECONDS = Histogram(
    "zhanggui_http_seconds", "Wall time of HTTP requests", ["route"], buckets=_SECONDS
)
IMPORT_ROWS = Counter("zhanggui_import_rows", "Rows of imported files", ["kind", "outcome"])
ANSWERS = Counter("zhanggui_answers", "Answers to shoppers by decision", ["decision"])
WEBHOOKS = Counter("zhanggui_webhooks", "Attempts to tell a webhook by outcome", ["outcome"])
WORDINGS = Counter("zhanggui_wordings", "Replies to shoppers by whose words were sent", ["by"])
MODEL_CALLS = Counter(
    "zhanggui_model_calls", "Calls to models by outcome", ["role", "model", "outcome"]
)
MODEL_SECONDS = Histogram(
    "zhanggui_model_seconds", "Wall time of calls to models", ["role", "model"], buckets=_SECONDS
)
CHANNELS = Counter(
    "zhanggui_channels",
    "Attempts to send through a channel",
    ["kind", "outcome"],
)
