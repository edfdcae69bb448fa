"""A runtime on the test's own database, and a few tools to call."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.base.sample_tools import register_samples
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings


@pytest.fixture
async def runtime(settings: Settings) -> AsyncIterator[Runtime]:
    async with opened(settings) as runtime:
        yield runtime


@pytest.fixture
def samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools of :mod:`tests.base.sample_tools`, for this test alone."""
    register_samples(monkeypatch)
