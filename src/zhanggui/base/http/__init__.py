"""The HTTP door: routes made from tools, who is calling, errors, and what guards every request."""

from zhanggui.base.http.callers import Caller, caller, runtime_of
from zhanggui.base.http.export_routes import routes_for_exports
from zhanggui.base.http.problems import DOCUMENTED, Problem
from zhanggui.base.http.routes import routes_for

__all__ = [
    "DOCUMENTED",
    "Caller",
    "Problem",
    "caller",
    "routes_for",
    "routes_for_exports",
    "runtime_of",
]
