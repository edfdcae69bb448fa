"""GrabCut (Rother et al. 2004) on a small copy: for grounds that no single tone explains."""

from __future__ import annotations

import cv2
import numpy as np

from zhanggui.studio.cutting.ground import Marks, border_of, shrunk
from zhanggui.studio.pictures import Pixels

_LONGEST = 240
_ROUNDS = 3


def grabbed(rgb: Pixels, hint: Marks | None = None, *, seed: int = 0) -> Marks:
    """The product by GrabCut, at the picture's size.

    What the border shows is ground. `hint` says what probably is product; without one it is what
    fills the middle.
    """
    small = np.asarray(shrunk(rgb, _LONGEST), dtype=np.uint8)
    height, width = small.shape[:2]
    marks = np.full((height, width), cv2.GC_PR_BGD, np.uint8)
    if hint is not None and hint.any():
        size = (width, height)
        share = cv2.resize(hint.astype(np.float32), size, interpolation=cv2.INTER_AREA)
        marks[share > 0.5] = cv2.GC_PR_FGD
        deep = cv2.erode((share > 0.9).astype(np.uint8), np.ones((9, 9), np.uint8))
        marks[deep > 0] = cv2.GC_FGD
    else:
        y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
        marks[np.hypot(x / 0.75, y / 0.8) < 1] = cv2.GC_PR_FGD
    marks[border_of(height, width, 0.03)] = cv2.GC_BGD
    cv2.setRNGSeed(seed % 2**31)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(cv2.cvtColor(small, cv2.COLOR_RGB2BGR), marks, (0, 0, width, height), *models,
                _ROUNDS, cv2.GC_INIT_WITH_MASK)  # fmt: skip
    found = np.isin(marks, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)
    full = cv2.resize(found, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(full > 0.5)
