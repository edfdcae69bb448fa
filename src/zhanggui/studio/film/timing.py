"""How long words take: read in silence, or heard."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

READ_A_SECOND = 5.5
"""Chinese characters that are read in a second while something else is to be seen."""
LEAST_S = 0.8
"""No caption is on for less."""
_SETTLING_S = 0.2
"""Until the eye has found the caption."""
_BREAKS = re.compile(r"(?<=[，。；！？、,;!?：:])|(?<=\s)")
_TRAILING = "，。；、,;：: "


def weight(text: str) -> float:
    """A text's room and time in Chinese characters; Latin letters and digits take half of one."""
    return sum(1.0 if unicodedata.east_asian_width(each) in "WF" else 0.55 for each in text)


def reading_s(text: str) -> float:
    """Seconds for which a caption has to be on so that everybody has read it."""
    return max(LEAST_S, _SETTLING_S + weight(text) / READ_A_SECOND)


def pages(text: str, most: float) -> list[str]:
    """A caption in parts of at most `most` characters' room, cut where it pauses as long as there
    are pauses; parts are of much the same length."""
    text = text.strip()
    if weight(text) <= most:
        return [text.rstrip(_TRAILING)] if text.rstrip(_TRAILING) else []
    count = int(-(-weight(text) // most))
    wanted = weight(text) / count
    found, line = [], ""
    for part in _parts(text, most):
        if line and (weight(line + part) > most or weight(line) + weight(part) / 2 > wanted):
            found.append(line)
            line = ""
        line += part
    found.append(line)
    return [page for each in found if (page := each.strip().rstrip(_TRAILING))]


def _parts(text: str, most: float) -> list[str]:
    """What lies between pauses; what is longer than a page by itself is cut into equal pieces."""
    parts: list[str] = []
    for part in filter(None, _BREAKS.split(text)):
        if weight(part) <= most:
            parts.append(part)
            continue
        count = int(-(-weight(part) // most)) + 1
        size = -(-len(part) // count)
        parts += [part[at : at + size] for at in range(0, len(part), size)]
    return parts


def shared(texts: Sequence[str], start_s: float, end_s: float) -> list[tuple[float, float]]:
    """When each of some texts is on, one after the other, by how much there is to read."""
    whole = sum(map(weight, texts)) or 1.0
    times, at = [], start_s
    for text in texts:
        until = at + (end_s - start_s) * weight(text) / whole
        times.append((at, until))
        at = until
    return times
