"""Layouts: what a poster is made of as data, and where each part comes for a size.

A layout (`layouts/*.toml`) names slots with what each holds, how large it may be and how much it
matters, and arrangements: where product and zones of slots lie for which proportions. :func:`solve`
finds arrangement, sizes, line breaks and wordings so that everything fits and nothing touches.
"""

from zhanggui.studio.layout.model import Layout, layout, layouts
from zhanggui.studio.layout.solving import Placed, Solved, solve

__all__ = ["Layout", "Placed", "Solved", "layout", "layouts", "solve"]
