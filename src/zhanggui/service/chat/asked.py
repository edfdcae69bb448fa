"""Which of a conversation's messages is the question."""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui.base.chinese import is_thanks
from zhanggui.service.chat.models import Message

Said = Sequence[tuple[Message, str]]
"""Messages with what they say, without notes, oldest first."""


def place_of_question(said: Said, *, after: int = 0) -> int | None:
    """The place of the shopper's last message after a number that is more than thanks, else of
    their last; None where they have written nothing since."""
    asking = [
        place
        for place, (message, text) in enumerate(said)
        if message.author == "shopper" and message.seq > after and text
    ]
    if not asking:
        return None
    return next((place for place in reversed(asking) if not is_thanks(said[place][1])), asking[-1])
