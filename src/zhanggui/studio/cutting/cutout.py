"""What is left of a frame when its ground is gone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zhanggui.studio.pictures import Box, Pixels


@dataclass(frozen=True)
class Cutout:
    """A product cut out of one frame.

    `rgb` is the frame's own size; inside the mask it is the frame's own pixels, at soft edges the
    product's colour without the ground's. `alpha` is 0–255. `confidence` runs from 0 to 1; what
    makes the mask doubtful is named in `doubts` (`glass`, `white_on_white`, `thin`, `touches_edge`,
    `methods_disagree`, `empty` …), and a person looks at it before it is used.
    """

    rgb: Pixels
    alpha: Pixels
    confidence: float
    method: str
    doubts: tuple[str, ...] = field(default=())

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look at the mask before it is used."""
        return bool(self.doubts)

    @property
    def box(self) -> Box:
        """The product's bounds: where alpha is over a tenth; the whole picture when nothing is."""
        seen = self.alpha > 25
        if not seen.any():
            return Box(0, 0, self.alpha.shape[1], self.alpha.shape[0])
        rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
        return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
