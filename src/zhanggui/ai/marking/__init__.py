"""Marking what a machine made, as the PRC's 人工智能生成合成内容标识办法 and GB 45438-2025 ask.

There are two marks. The label in the file's data (`label`, an implicit label) says that it was
generated, by whom and under which number; :func:`mark` writes it into the bytes of a PNG, JPEG,
WebP, MP4, WAV or MP3 file without touching a pixel or a sample, :func:`read` finds it again and
:func:`keep` carries it over to what was made from a file. The other mark is for people (`visible`,
an explicit label): a badge on a picture or on the first seconds of a video, words at a text's edge,
words that a voice says.

    picture = visible.on_picture(picture)         # what people see, before it is encoded
    data = mark(encoded, Label.new(producer))     # what machines read, last
    export = keep(data, cropped)                  # what is made from it says so too

A room that makes something calls both; nothing here knows a room, a shop or a provider. Where the
marks stand in a file is in docs/decisions/0012-marking-of-generated-content.md.
"""

from zhanggui.ai.marking.files import keep, mark, read
from zhanggui.ai.marking.label import Label, Made, Producer

__all__ = ["Label", "Made", "Producer", "keep", "mark", "read"]
