"""A film before it is made: its shots and captions, as data that can be read, kept and changed."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from zhanggui.studio.film.music import MoodName

ShotKind = Literal["scene", "spin", "close", "generated", "card"]
TransitionKind = Literal["cut", "dissolve", "wipe", "slide", "zoom"]


class _Known(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class View(_Known):
    """What of a picture is seen: the middle of it, as fractions of the picture from the left and
    the top, and how much larger it is than when the whole fills the frame."""

    x: float = 0.5
    y: float = 0.5
    zoom: float = Field(default=1.0, ge=1)


class Motion(_Known):
    """Where a camera begins and ends."""

    start: View = View()
    end: View = View()


class Transition(_Known):
    """How a shot takes over from the one before, over its own first seconds. `towards` is where a
    wipe or a slide goes: 0 left, 1 up, 2 right."""

    kind: TransitionKind = "cut"
    seconds: float = 0.0
    towards: int = 0


class Shot(_Known):
    """One shot. `source` is the number of a scene (`scene`), of a detail, the best first (`close`),
    or of a generated film, and is taken modulo how many there are; a spin goes the other way round
    when it is odd. `caption` is the number of the storyboard's caption that is on meanwhile."""

    kind: ShotKind
    seconds: float
    source: int = 0
    motion: Motion = Motion()
    caption: int | None = None
    transition: Transition = Transition()


class Caption(_Known):
    """A sentence and when it is on, in seconds of the film."""

    text: str
    start_s: float
    end_s: float


class Storyboard(_Known):
    """A whole film. `beat` is the music's, in hundredths of a second; `name`, `price`, `points` and
    `shop` stand on the end card."""

    seconds: float
    seed: int
    mood: MoodName
    beat: int
    shots: tuple[Shot, ...]
    captions: tuple[Caption, ...] = ()
    name: str = ""
    price: str | None = None
    tagline: str | None = None
    shop: str | None = None

    def starts(self) -> list[float]:
        """When each shot begins, in seconds."""
        starts, at = [], 0.0
        for shot in self.shots:
            starts.append(round(at, 4))
            at += shot.seconds
        return starts
