"""Reading Chinese as people type it: colloquial spellings, numerals, amounts with units, dates.

The patterns are of the language, never of a trade or a shop.
"""

from zhanggui.base.chinese.colloquial import is_thanks, standard, uncourteous
from zhanggui.base.chinese.dates import Moment, moments
from zhanggui.base.chinese.numerals import arabic
from zhanggui.base.chinese.quantities import Dimension, Quantity, dimension_asked, quantities

__all__ = [
    "Dimension",
    "Moment",
    "Quantity",
    "arabic",
    "dimension_asked",
    "is_thanks",
    "moments",
    "quantities",
    "standard",
    "uncourteous",
]
