"""A server is asked where the file says, and heard for so long."""

from __future__ import annotations

import pytest

from tests.ai.language.conftest import HELLO, PURPOSE
from tests.ai.language.server import Does
from zhanggui.ai.language import openai_compatible
from zhanggui.base.errors import Unavailable


async def test_nobody_is_followed_elsewhere(stub, other, speaking_to):
    stub.script.extend(
        Does(status=307, headers={"location": f"{other.url}/chat/completions"}) for _ in range(3)
    )
    with pytest.raises(Unavailable):
        await speaking_to(stub).reply("fast", HELLO, PURPOSE)
    assert other.asked == []


async def test_an_answer_without_end_is_no_answer(stub, speaking_to, monkeypatch):
    openai_compatible.load()
    monkeypatch.setattr("zhanggui.ai.language.transport.MOST_BYTES", 1000)
    stub.script.extend(Does(text="长" * 2000) for _ in range(3))
    with pytest.raises(Unavailable):
        await speaking_to(stub).reply("fast", HELLO, PURPOSE, patience_s=5)
    assert (await speaking_to(stub).reply("fast", HELLO, PURPOSE)).text
