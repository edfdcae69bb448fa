"""What of a request may leave: its texts without private values. Nothing is put back: a picture
has no place for it."""

from __future__ import annotations

from dataclasses import replace

from zhanggui.ai.masking import Masks
from zhanggui.ai.media.protocols import DrawRequest, MakeRequest
from zhanggui.ai.roster import Sent


def masked(request: MakeRequest) -> tuple[MakeRequest, Sent]:
    """The request as it may leave, and how much that is."""
    masks = Masks(request.private)
    prompt, unwanted = masks.every([request.prompt, request.unwanted])
    if isinstance(request, DrawRequest):
        pictures = len(request.references)
    else:
        pictures = int(request.first is not None)
    sent = Sent(len(prompt) + len(unwanted), pictures, dict(masks.counts))
    return replace(request, prompt=prompt, unwanted=unwanted, private=()), sent
