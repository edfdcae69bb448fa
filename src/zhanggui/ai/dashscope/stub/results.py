"""What the stub makes: small files that are what they say, each of its own."""

from __future__ import annotations

import io
import math
import struct
import wave

_RATE = 16_000
_FRAMES = 4
_SIDE = 64


def picture(number: int, width: int = 256, height: int = 256) -> bytes:
    """A PNG whose colour tells its number."""
    from PIL import Image, ImageDraw

    colour = (number * 67 % 256, number * 131 % 256, 160)
    image = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(image).ellipse((width // 4, height // 4, width * 3 // 4, height * 3 // 4))
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def sound(text: str) -> bytes:
    """A WAV (PCM, 16 bit, 16 kHz) of a tone, a tenth of a second for each character."""
    count = _RATE // 10 * max(1, min(len(text), 100))
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        wave_of = (int(8000 * math.sin(2 * math.pi * 440 * i / _RATE)) for i in range(count))
        file.writeframes(b"".join(struct.pack("<h", each) for each in wave_of))
    return kept.getvalue()


def film(number: int, seconds: float) -> bytes:
    """An MP4 (ISO/IEC 14496-12) of a few frames, each a JPEG (object type 0x6C of 14496-1), which
    needs no encoder and which players that have FFmpeg's decoders show."""
    frames = [_frame(number + i) for i in range(_FRAMES)]
    duration = max(_FRAMES, round(seconds * 1000))
    head = _box(b"ftyp", b"isom", _u32(512), b"isomiso2mp41")
    data = _box(b"mdat", *frames)
    sizes = [len(each) for each in frames]
    movie = _movie(sizes, duration, len(head) + 8)
    return head + data + movie


def _frame(number: int) -> bytes:
    from PIL import Image

    colour = (number * 67 % 256, number * 29 % 256, 96)
    kept = io.BytesIO()
    Image.new("RGB", (_SIDE, _SIDE), colour).save(kept, "JPEG", quality=80)
    return kept.getvalue()


def _movie(sizes: list[int], duration: int, offset: int) -> bytes:
    header = _full(
        b"mvhd", 0, 0, *map(_u32, (0, 0, 1000, duration)), _u32(0x10000), _u16(0x100),
        bytes(10), _MATRIX, bytes(24), _u32(2),
    )  # fmt: skip
    track = _full(
        b"tkhd", 0, 3, *map(_u32, (0, 0, 1, 0, duration)), bytes(8), bytes(8), _MATRIX,
        _u32(_SIDE << 16), _u32(_SIDE << 16),
    )  # fmt: skip
    media = _box(
        b"mdia",
        _full(b"mdhd", 0, 0, *map(_u32, (0, 0, 1000, duration)), _u16(0x55C4), _u16(0)),
        _full(b"hdlr", 0, 0, _u32(0), b"vide", bytes(12), b"film\0"),
        _box(
            b"minf",
            _full(b"vmhd", 0, 1, bytes(8)),
            _box(b"dinf", _full(b"dref", 0, 0, _u32(1), _full(b"url ", 0, 1))),
            _table(sizes, duration, offset),
        ),
    )
    return _box(b"moov", header, _box(b"trak", track, media))


def _table(sizes: list[int], duration: int, offset: int) -> bytes:
    count = len(sizes)
    described = _box(
        b"mp4v", bytes(6), _u16(1), bytes(16), _u16(_SIDE), _u16(_SIDE), _u32(0x480000),
        _u32(0x480000), _u32(0), _u16(1), bytes(32), _u16(24), _u16(0xFFFF), _descriptor(),
    )  # fmt: skip
    return _box(
        b"stbl",
        _full(b"stsd", 0, 0, _u32(1), described),
        _full(b"stts", 0, 0, _u32(1), _u32(count), _u32(duration // count)),
        _full(b"stsc", 0, 0, *map(_u32, (1, 1, count, 1))),
        _full(b"stsz", 0, 0, _u32(0), _u32(count), *map(_u32, sizes)),
        _full(b"stco", 0, 0, _u32(1), _u32(offset)),
    )


def _descriptor() -> bytes:
    decoder = bytes([0x6C, 0x11]) + bytes(3) + _u32(0) + _u32(0)
    config = bytes([4, len(decoder)]) + decoder
    layer = bytes([6, 1, 2])
    whole = _u16(1) + bytes(1) + config + layer
    return _full(b"esds", 0, 0, bytes([3, len(whole)]) + whole)


_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return _u32(len(body) + 8) + kind + body


def _full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return _box(kind, bytes([version]) + flags.to_bytes(3, "big"), *parts)


def _u32(value: int) -> bytes:
    return struct.pack(">I", value)


def _u16(value: int) -> bytes:
    return struct.pack(">H", value)
