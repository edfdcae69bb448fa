"""Zhanggui (掌柜): an AI operating system for online shops."""

__version__ = "0.1.0"
