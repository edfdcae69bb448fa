"""Cutting a product out of its frames: masks with a confidence, colours freed of their ground.

`cut` cuts one frame; IS-Net's weights, when they were fetched, are found by `weights.find`.
"""

from zhanggui.studio.cutting import weights
from zhanggui.studio.cutting.cut import cut
from zhanggui.studio.cutting.cutout import Cutout
from zhanggui.studio.cutting.doubts import told

__all__ = ["Cutout", "cut", "told", "weights"]
