"""Cutting a product out of its frames: masks with a confidence, colours freed of their ground."""

from zhanggui.studio.cutting.cutout import Cutout

__all__ = ["Cutout"]
