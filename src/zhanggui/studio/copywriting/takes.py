"""What is written for one product: several takes, each line with the facts it rests on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from zhanggui.base.words import Text

TITLE_BYTES = 60
"""Taobao's limit for a title, counted in GBK: a Chinese character is two bytes."""
NOTE_TITLE = 20
"""小红书's limit for a note's title, in characters."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Line(_Part):
    """A text and the names of the facts it rests on (`title`, `price`, an attribute's name …);
    a line that says nothing of the product rests on nothing."""

    text: str
    rests_on: tuple[str, ...] = ()


class Point(_Part):
    """A selling point: a few words for a card, and a sentence for a page."""

    head: str
    body: str
    rests_on: tuple[str, ...]


class Note(_Part):
    """A 小红书 note; tags come without the #."""

    title: str
    body: tuple[Line, ...]
    tags: tuple[str, ...]


class Part(_Part):
    """A part of a live-stream script: what is said from `start` to `end`, in seconds."""

    name: str
    start: int
    end: int
    lines: tuple[Line, ...]


class PosterWords(_Part):
    """Short words for posters: headlines from short to long, lines under them, and badges."""

    headlines: tuple[Line, ...]
    subs: tuple[Line, ...]
    badges: tuple[Line, ...]


class Take(_Part):
    """One whole set of copy, to be tested against the others."""

    title: Line
    points: tuple[Point, ...]
    story: tuple[Line, ...]
    cautions: tuple[Line, ...]
    care: tuple[Line, ...]
    note: Note
    script: tuple[Part, ...]
    poster: PosterWords
    captions: tuple[Line, ...]


class Copy(_Part):
    """The copy of one product. `dropped` are lines that a check took out, with what it found;
    `by` is the model that wrote, or None for the embedded way."""

    product_id: str
    sku_id: str | None
    takes: tuple[Take, ...] = Field(min_length=1)
    dropped: tuple[str, ...] = ()
    by: str | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """The title of each take."""
        return tuple(take.title.text for take in self.takes)

    @property
    def first(self) -> Take:
        """The take that pictures and film are lettered with."""
        return self.takes[0]

    def as_markdown(self) -> str:
        """Everything as one page a person reads."""
        return "\n\n".join(_shown(place, take) for place, take in enumerate(self.takes, 1)) + "\n"


def lines_of(take: Take) -> list[str]:
    """Every text of a take that a shopper would read."""
    return [
        take.title.text,
        *(text for point in take.points for text in (point.head, point.body)),
        *(line.text for line in (*take.story, *take.cautions, *take.care, *take.captions)),
        take.note.title,
        *(line.text for line in take.note.body),
        *take.note.tags,
        *(line.text for part in take.script for line in part.lines),
        *(line.text for line in take.poster.headlines + take.poster.subs + take.poster.badges),
    ]


_TAKE = Text("第 {n} 稿", "Take {n}")
_TITLE = Text("标题", "Title")
_BYTES = Text("字节", "bytes")
_POINTS = Text("卖点", "Selling points")
_STORY = Text("详情文案", "Detail story")
_NOTE = Text("小红书笔记", "小红书 note")
_SCRIPT = Text("直播脚本", "Live-stream script")
_SECONDS = Text("秒", "s")
_POSTER = Text("海报短句", "Words for posters")
_CAPTIONS = Text("视频字幕", "Captions")


def _shown(place: int, take: Take) -> str:
    size = len(take.title.text.encode("gbk", "replace"))
    said = [f"# {_TAKE.format(n=place)}", f"## {_TITLE}", f"{take.title.text}（{size} {_BYTES}）"]
    said += [f"## {_POINTS}", "\n".join(f"- **{p.head}** {p.body}" for p in take.points)]
    said += [f"## {_STORY}", *(line.text for line in take.story)]
    warned = (*take.cautions, *take.care)
    if warned:
        said.append("\n".join(f"- {line.text}" for line in warned))
    said += [f"## {_NOTE}", f"**{take.note.title}**", *(line.text for line in take.note.body)]
    said.append(" ".join(f"#{tag}" for tag in take.note.tags))
    said.append(f"## {_SCRIPT}")
    for part in take.script:
        said.append(f"**{part.start}–{part.end} {_SECONDS} {part.name}**")
        said.append("".join(line.text for line in part.lines))
    said.append(f"## {_POSTER}")
    words = (take.poster.headlines, take.poster.subs, take.poster.badges)
    said.append("\n".join("- " + " / ".join(line.text for line in each) for each in words if each))
    said += [f"## {_CAPTIONS}", " / ".join(line.text for line in take.captions)]
    return "\n\n".join(filter(None, said))
