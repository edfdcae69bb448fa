"""What channels ask of pictures and films: sizes, formats, limits, as of a day (`channels.toml`).

Channels change their rules without telling, so each entry says when it was last read; the day goes
into the manifest's notes where a limit shaped a file.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from zhanggui.base.errors import NotFound
from zhanggui.base.words import Text
from zhanggui.studio.pictures import Box, Pixels, Size, encoded, within


class Channel(BaseModel):
    """One place where a deliverable is shown.

    `size` is width and height in pixels, a height of 0 being as long as it takes, in pieces of
    `most_height`; sizes of files are in bytes, `seconds` the shortest and longest film; `safe` is
    left, top, right and bottom of what nothing lies over, in shares of the size; `name` is a file's
    name on export, with the `number` of the picture.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    zh: str
    en: str
    kind: Literal["picture", "white", "page", "film"]
    size: Size
    formats: tuple[Literal["jpg", "png", "html", "mp4"], ...]
    most_bytes: int
    least_bytes: int = 0
    most_height: int | None = None
    seconds: tuple[float, float] | None = None
    safe: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    name: str
    as_of: date
    note_zh: str = ""
    note_en: str = ""

    @property
    def title(self) -> Text:
        """What people call it."""
        return Text(self.zh, self.en)

    @property
    def note(self) -> Text:
        """What else it asks."""
        return Text(self.note_zh, self.note_en)

    @property
    def clear(self) -> Box:
        """The part in pixels over which the channel lays nothing of its own."""
        left, top, right, bottom = self.safe
        width, height = self.size
        return Box(
            round(left * width), round(top * height), round(right * width), round(bottom * height)
        )

    def file_name(self, number: int = 1) -> str:
        """A deliverable's name on export, without its ending."""
        return self.name.format(number=number)

    def encode(self, rgb: Pixels) -> bytes:
        """A picture as a JPEG that the channel takes: as good as its limit allows, and no smaller
        than the least it asks for as far as quality can do that."""
        data = within(rgb, "jpg", self.most_bytes)
        if len(data) < self.least_bytes:
            finer = encoded(rgb, "jpg", quality=98)
            return finer if len(finer) <= self.most_bytes else data
        return data


@lru_cache(maxsize=1)
def channels() -> tuple[Channel, ...]:
    """All of them, in the order of the file."""
    path = Path(__file__).with_name("channels.toml")
    told = tomllib.loads(path.read_text("utf-8"))
    return tuple(Channel.model_validate(each) for each in told["channel"])


def channel(name: str) -> Channel:
    """One by its id; raises NotFound with the ids there are."""
    for each in channels():
        if each.id == name:
            return each
    known = ", ".join(each.id for each in channels())
    raise NotFound(
        Text("没有这个渠道：{name}", "there is no such channel: {name}").format(name=name),
        hint=Text("可选：{known}", "choose among: {known}").format(known=known),
        where="channel",
    )
