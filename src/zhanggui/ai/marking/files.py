"""A label into a file's bytes and out of them again, whatever the file is."""

from __future__ import annotations

from typing import Protocol

from zhanggui.ai.marking import jpeg, mp3, mp4, png, wav, webp
from zhanggui.ai.marking.label import Label
from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text

LARGEST = 512 * 2**20
"""Bytes of a file, which are held in memory twice while it is marked."""


class Container(Protocol):
    """What a module knows of one kind of file. Each raises Invalid for a broken one."""

    def suits(self, data: bytes, /) -> bool:
        """Whether the first bytes are those of the kind."""

    def read(self, data: bytes, /) -> Label | None:
        """The label, if the file has one."""

    def write(self, data: bytes, label: Label, /) -> bytes:
        """The file with this label and no other; what is seen and heard stays bit for bit."""


_CONTAINERS: tuple[Container, ...] = (png, jpeg, webp, mp4, wav, mp3)


def mark(data: bytes, label: Label) -> bytes:
    """The PNG, JPEG, WebP, MP4, WAV or MP3 file `data` with the label in it, in place of any that
    was there. Raises Invalid for any other file, one that is broken, and one over :data:`LARGEST`
    bytes."""
    return _container(data).write(data, label)


def read(data: bytes) -> Label | None:
    """The label of a file, if it has one; raises as :func:`mark`."""
    return _container(data).read(data)


def keep(source: bytes, exported: bytes) -> bytes:
    """`exported`, which was made from `source`, with the label of `source` if that has one. They
    may be of different kinds. Raises as :func:`mark`."""
    label = read(source)
    return exported if label is None else mark(exported, label)


def _container(data: bytes) -> Container:
    if len(data) > LARGEST:
        raise Invalid(
            Text("文件太大，最多 512 MB", "The file is too large: at most 512 MB"),
            hint=Text("请压缩或截短后再试。", "Compress or shorten it and try again."),
            where="file",
        )
    for container in _CONTAINERS:
        if container.suits(data):
            return container
    raise Invalid(
        Text("不认识这种文件", "This kind of file is not known"),
        hint=Text(
            "支持 PNG、JPEG、WebP、MP4、WAV 和 MP3。",
            "PNG, JPEG, WebP, MP4, WAV and MP3 can be marked.",
        ),
        where="file",
    )
