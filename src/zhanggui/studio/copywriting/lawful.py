"""What the room `rules` finds in a text of a trade."""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui.studio.copywriting.composing import Lawful


def lawful_in(trade: str) -> Lawful:
    """A checker of texts of this trade."""

    def found(text: str) -> Sequence[str]:
        return ()

    return found
