"""A language model for tests: says what it is told to."""

from __future__ import annotations

from collections.abc import AsyncIterator

from zhanggui.ai import ChatReply, ChatRequest, Used


class Speaker:
    """Answers every request with `text`; keeps what it was asked."""

    def __init__(self, text: str = "好", name: str = "speaker") -> None:
        self.name = name
        self.text = text
        self.asked: list[ChatRequest] = []

    async def reply(self, request: ChatRequest) -> ChatReply:
        self.asked.append(request)
        return ChatReply(self.text, self.name, Used(1, 1))

    async def stream(self, request: ChatRequest) -> AsyncIterator[str | ChatReply]:
        yield self.text
        yield await self.reply(request)

    async def close(self) -> None:
        """It holds nothing."""
