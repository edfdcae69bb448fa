"""Why a model did not answer, whoever made it."""

from __future__ import annotations

from typing import Literal

from zhanggui.ai.protocols import NOTHING, Used

Kind = Literal["busy", "down", "slow", "key", "quota", "refused", "long", "broken", "kept", "lost"]
"""``busy``: too many requests; ``down``: not reached, or an error of its own; ``slow``: no answer
in time; ``key``: not let in; ``quota``: nothing left to spend there; ``refused``: it will not take
this request; ``long``: it wrote as much as it may and was not done; ``broken``: what came is cut
off or no answer; ``kept``: it was not asked, for the shop does not let this leave; ``lost``: it was
paid, or may have been, and what it made cannot be had."""

PASSING: frozenset[Kind] = frozenset({"busy", "down", "slow", "broken"})
"""What may be otherwise in a moment: the same is tried again."""
ITS_OWN: frozenset[Kind] = frozenset({"down", "slow", "key", "quota"})
"""What says that the server is not well, rather than that it did not like this request."""


class ModelFault(Exception):
    """A model did not answer. `after_s` is how long it asks to be left alone; `status` is that of
    the HTTP answer, `code` what the server calls it; `used` is what it has to be paid for all the
    same. It `may_be_taken` where no answer says whether the server took the request. Its text never
    has what was asked."""

    def __init__(
        self,
        kind: Kind,
        *,
        status: int | None = None,
        code: str | None = None,
        after_s: float | None = None,
        used: Used = NOTHING,
        may_be_taken: bool = False,
    ) -> None:
        super().__init__(kind if status is None else f"{kind} ({status})")
        self.kind = kind
        self.status = status
        self.code = code
        self.after_s = after_s
        self.used = used
        self.may_be_taken = may_be_taken
