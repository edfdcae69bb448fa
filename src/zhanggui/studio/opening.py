"""What the studio needs while the program runs."""

from __future__ import annotations

from zhanggui.studio.batches.feeding import started

__all__ = ["started"]
