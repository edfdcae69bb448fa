"""Cutting a product out of its frames: masks with a confidence, colours freed of their ground.

`study` orders a product's frames, drops the bad ones and chooses the hero and the details; `cut`
cuts one frame; IS-Net's weights, when they were fetched, are found by `weights.find`; `told` puts
a doubt into words.
"""

from zhanggui.studio.cutting import weights
from zhanggui.studio.cutting.cut import cut
from zhanggui.studio.cutting.cutout import Cutout
from zhanggui.studio.cutting.doubts import UNUSED, told
from zhanggui.studio.cutting.frames import AS_IT_IS, FrameSet, Gains, evened, study

__all__ = [
    "AS_IT_IS",
    "UNUSED",
    "Cutout",
    "FrameSet",
    "Gains",
    "cut",
    "evened",
    "study",
    "told",
    "weights",
]
