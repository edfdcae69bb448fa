"""Versions with the day they apply from, as a person is shown them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, TypeVar

from pydantic import BaseModel

from zhanggui.base import clock
from zhanggui.knowledge.corpus import Version, in_force
from zhanggui.knowledge.models import ALWAYS

Standing = Literal["past", "in_force", "coming"]
V = TypeVar("V", bound=Version)


class VersionView(BaseModel):
    """A version: since when it applies (None: it always has), and whether that is over, so or to
    come."""

    effective: date | None
    standing: Standing
    clauses: int


def today() -> date:
    """The day it is for the shop."""
    return clock.local(clock.now()).date()


def day_shown(effective: date) -> date | None:
    """Since when a version applies, None where it always has."""
    return effective if effective > ALWAYS else None


def standing(version: Version, versions: Iterable[Version], day: date) -> Standing:
    """How a version stands on `day` among those of the same id."""
    if version.effective > day:
        return "coming"
    later = any(version.effective < other.effective <= day for other in versions)
    return "past" if later else "in_force"


def views(versions: Sequence[tuple[Version, int]], day: date) -> list[VersionView]:
    """Versions of one id, each with the number of its clauses, as they stand on `day`."""
    all_of = [version for version, _ in versions]
    return [
        VersionView(
            effective=day_shown(version.effective),
            standing=standing(version, all_of, day),
            clauses=count,
        )
        for version, count in versions
    ]


def by_id(versions: Iterable[V]) -> dict[str, list[V]]:
    """Versions by what they are versions of, in the order they come."""
    found: dict[str, list[V]] = {}
    for version in versions:
        found.setdefault(version.id, []).append(version)
    return found


def shown(versions: Sequence[V], day: date) -> V:
    """Of one id's versions (at least one) that in force on `day`, else the next to come."""
    applying = in_force(versions, day)
    return applying[0] if applying else min(versions, key=lambda each: each.effective)
