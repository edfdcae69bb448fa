"""Whether a file that was fetched is whole: what is cut off is fetched again, never kept."""

from __future__ import annotations

import io
import struct
import warnings

_BOX = 8
_FORMATS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
_MOST_PIXELS = 100_000_000
_MOST_BOXES = 100_000


def kind_of_picture(data: bytes) -> str:
    """The ending of a PNG, JPEG or WebP that can be read to its end; raises ValueError."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=tuple(_FORMATS)) as image:
                kind = _FORMATS[image.format or ""]
                if image.width * image.height > _MOST_PIXELS:
                    raise ValueError("too many pixels")
                image.load()  # To the last row: `verify` does not see where a JPEG ends.
    except (OSError, SyntaxError, KeyError, Image.DecompressionBombError) as error:
        raise ValueError("not a whole picture") from error
    return kind


def kind_of_film(data: bytes) -> str:
    """``mp4`` where the boxes of the file (ISO/IEC 14496-12, 4.2) fill it exactly and have what a
    film needs; raises ValueError."""
    found: set[bytes] = set()
    place, count = 0, 0
    while place < len(data):
        count += 1
        if place + _BOX > len(data) or count > _MOST_BOXES:
            raise ValueError("cut off")
        size, kind = struct.unpack_from(">I4s", data, place)
        if size == 1:
            if place + 16 > len(data):
                raise ValueError("cut off")
            (size,) = struct.unpack_from(">Q", data, place + _BOX)
        elif size == 0:
            size = len(data) - place
        if size < _BOX or place + size > len(data):
            raise ValueError("cut off")
        if place == 0 and kind != b"ftyp":
            raise ValueError("no film")
        found.add(kind)
        place += size
    if not {b"ftyp", b"moov", b"mdat"} <= found:
        raise ValueError("no film")
    return "mp4"


def kind_of_sound(data: bytes) -> str:
    """The ending of a sound file; of a WAV it is seen whether it is whole, for others only what
    they are. Raises ValueError."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        (size,) = struct.unpack_from("<I", data, 4)
        # What is streamed says at its beginning that it is as long as can be.
        if size + _BOX > len(data) and size < 0x7FFFFF00:
            raise ValueError("cut off")
        return "wav"
    if data[:3] == b"ID3" or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0):
        return "mp3"
    if data[:4] == b"OggS":
        return "ogg"
    raise ValueError("no sound")


def seconds_of_sound(data: bytes) -> float | None:
    """How long a WAV lasts; None for another kind of sound, and for a WAV that does not tell."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return None
    place, bytes_a_second = 12, 0
    while place + _BOX <= len(data):
        kind, size = struct.unpack_from("<4sI", data, place)
        place += _BOX
        if kind == b"fmt " and size >= 16 and place + 16 <= len(data):
            (bytes_a_second,) = struct.unpack_from("<I", data, place + 8)
        if kind == b"data":
            # What is streamed says that it is as long as can be.
            return min(size, len(data) - place) / bytes_a_second if bytes_a_second else None
        place += size + size % 2
    return None
