"""All plates by their ids."""

from __future__ import annotations

from rendering.plates import rooms, sets, tops
from rendering.plates.plate import Plate

PLATES: dict[str, Plate] = {**sets.PLATES, **rooms.PLATES, **tops.PLATES}
