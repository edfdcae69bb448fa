"""WAV: the JSON stands in a chunk ``AIGC`` (TC260-PG-202510A)."""

from __future__ import annotations

from zhanggui.ai.marking import riff
from zhanggui.ai.marking.faults import broken, unusual
from zhanggui.ai.marking.label import KEY, Label

_FORM = b"WAVE"
_LABEL = KEY.encode()
_SAMPLES = b"data"


def suits(data: bytes) -> bool:
    """Whether the first bytes are a WAV's, or those of its form for more than four gigabytes."""
    return riff.is_form(data, _FORM) or (data[:4] in (b"RF64", b"BW64") and data[8:12] == _FORM)


def read(data: bytes) -> Label | None:
    """The label, if the file has one; raises Invalid for a broken file."""
    found: Label | None = None
    for kind, start, end in _chunks(data):
        if kind == _LABEL:
            found = found or Label.from_json(data[start:end].rstrip(b"\0"))
    return found


def write(data: bytes, label: Label) -> bytes:
    """The file with this label and no other; raises Invalid for a broken file."""
    parts: list[bytes] = []
    for kind, start, end in _chunks(data):
        # Before the samples: who plays a stream has read it before it ends.
        if kind == _SAMPLES:
            parts.append(riff.chunk(_LABEL, label.as_json().encode()))
        if kind != _LABEL:
            parts.append(riff.chunk(kind, data[start:end]))
    return riff.file(_FORM, parts)


def _chunks(data: bytes) -> list[riff.Chunk]:
    if data[:4] != b"RIFF":
        raise unusual(
            "WAV",
            "请另存为普通 WAV（小于 4 GB）后再试。",
            "Save it as an ordinary WAV of less than 4 GB and try again.",
        )
    found = list(riff.chunks(data, "WAV", stream=_SAMPLES))
    kinds = [kind for kind, _start, _end in found]
    if kinds.count(_SAMPLES) != 1 or b"fmt " not in kinds:
        raise broken("WAV")
    return found
