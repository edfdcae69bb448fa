"""Files of models that work as they stand, but for prices, which are a provider's own: the one
source of what the documentation, the console and the setup show."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from zhanggui.ai import configuration
from zhanggui.ai.configuration import Configuration

NAMES = ("dashscope", "local")


@cache
def text(name: str) -> str:
    """A sample as it is written."""
    return (files(__package__) / f"{name}.toml").read_text(encoding="utf-8")


@cache
def read(name: str) -> Configuration:
    """What a sample configures."""
    return configuration.parse(text(name), Path(f"{name}.toml"))
