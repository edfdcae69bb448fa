"""What findings cite: articles of statutes, what the regulator exempts, and rules of platforms,
each in the version of a day (`articles.toml`, `platforms.toml`)."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from zhanggui.rules.findings import Kind

_FOLDER = Path(__file__).parent


class Article(BaseModel):
    """An article of a statute as of `version`, and the kinds of findings that cite it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    law: str
    article: str
    version: date
    kinds: tuple[Kind, ...]
    zh: str
    en: str

    @property
    def name(self) -> str:
        """How it is cited: ``广告法第九条``."""
        return self.law + self.article


class Exemption(BaseModel):
    """What is not held against a superlative, and where that is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    zh: str
    en: str
    source: str
    article: str
    version: date


class Platform(BaseModel):
    """A rule of a platform as of the day it was last read; `says` are patterns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    platform: str
    as_of: date
    says: tuple[str, ...]
    zh: str
    en: str
    advice: str


@cache
def articles() -> dict[str, Article]:
    """All articles by their id."""
    told = tomllib.loads((_FOLDER / "articles.toml").read_text("utf-8"))
    return {each["id"]: Article.model_validate(each) for each in told["article"]}


@cache
def exemptions() -> tuple[Exemption, ...]:
    """What is exempt, in the order of the file."""
    told = tomllib.loads((_FOLDER / "articles.toml").read_text("utf-8"))
    return tuple(map(Exemption.model_validate, told["exemption"]))


@cache
def platforms() -> tuple[Platform, ...]:
    """The rules of platforms, in the order of the file."""
    told = tomllib.loads((_FOLDER / "platforms.toml").read_text("utf-8"))
    return tuple(map(Platform.model_validate, told["platform"]))
