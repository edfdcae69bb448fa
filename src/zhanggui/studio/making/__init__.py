"""Making everything for a product: what is to be made (`plan`), from what (`sources`), step by step
(`steps`) in a folder that a killed process leaves so that the next goes on from it (`folder`)."""

from zhanggui.studio.making.folder import Folder
from zhanggui.studio.making.plan import Plan
from zhanggui.studio.making.sources import Source, find_sources

__all__ = ["Folder", "Plan", "Source", "find_sources"]
