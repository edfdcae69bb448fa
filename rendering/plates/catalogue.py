"""All plates by their ids."""

from __future__ import annotations

from rendering.plates import festive, outdoors, rooms, sets, sunlight, tops
from rendering.plates.plate import Plate

PLATES: dict[str, Plate] = {
    **sets.PLATES,
    **rooms.PLATES,
    **sunlight.PLATES,
    **festive.PLATES,
    **outdoors.PLATES,
    **tops.PLATES,
}
