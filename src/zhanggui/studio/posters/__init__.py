"""Posters: a product, its words and its price in a layout, for any size.

layouts = plan(facts, 4, seed)
drawn = draw(cutout, words, layouts[0], Size(750, 1000), brand=brand, seed=seed)
"""

from zhanggui.studio.posters.drawing import Drawn, Plate, draw
from zhanggui.studio.posters.planning import plan
from zhanggui.studio.posters.words import PosterWords, from_facts, money

__all__ = ["Drawn", "Plate", "PosterWords", "draw", "from_facts", "money", "plan"]
