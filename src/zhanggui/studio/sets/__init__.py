"""Pictures that belong together: the white-background picture, the nine-grid, the detail page.

What flows through: cut-outs and finished scenes with their facts and copy become pictures in one
palette, taken from the product's own colour. The product is laid in by one affine with the same
scale both ways and never enlarged by more than half; close-ups are crops of frames at about their
own resolution. Texts are drawn where they fit or not at all, each with its box and contrast.
"""

from zhanggui.studio.sets.drawn import Drawn, Still

__all__ = ["Drawn", "Still"]
