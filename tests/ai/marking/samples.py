"""Files as real encoders make them, each made once."""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

RATE = 16_000
XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:source>檐下碗铺 &amp; Co</dc:source></rdf:Description></rdf:RDF></x:xmpmeta>\n"
    '<?xpacket end="w"?>'
).encode()
"""A packet of somebody else's."""


def pixels(mode: str = "RGB") -> Image.Image:
    """A small picture without two pixels alike in a row."""
    bands = len(mode)
    values = np.random.default_rng(7).integers(0, 256, (24, 32, bands), dtype=np.uint8)
    return Image.fromarray(values[:, :, 0] if bands == 1 else values, mode)


def picture(kind: str, image: Image.Image | None = None, **options: Any) -> bytes:
    """A picture as Pillow writes it."""
    out = io.BytesIO()
    (image or pixels()).save(out, kind, **options)
    return out.getvalue()


def _png_with_text() -> bytes:
    info = PngInfo()
    info.add_text("Title", "碗")
    info.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    return picture("PNG", pixels("RGBA"), pnginfo=info)


def _with_exif(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "a bowl"
    return picture(kind, exif=exif, icc_profile=b"not a profile", xmp=XMP)


def sound(container: str, codec: str, **options: str) -> bytes:
    """Half a second of two tones."""
    out = io.BytesIO()
    with av.open(out, "w", format=container, options=options) as file:
        stream = file.add_stream(codec, rate=RATE, layout="mono")
        _say(file, stream)
    return out.getvalue()


def video(*, audio: bool = True, metadata: dict[str, str] | None = None, **options: str) -> bytes:
    """A second of H.264, with a voice unless told otherwise."""
    with tempfile.NamedTemporaryFile(suffix=".mp4") as out:
        # A path, since what moves the index to the front opens the file again.
        _film(out.name, audio, metadata or {}, options)
        return Path(out.name).read_bytes()


def _film(path: str, audio: bool, metadata: dict[str, str], options: dict[str, str]) -> None:
    with av.open(path, "w", options=options) as file:
        file.metadata.update(metadata)
        stream: Any = file.add_stream("libx264", rate=8, options={"threads": "1"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        heard = file.add_stream("aac", rate=RATE, layout="mono") if audio else None
        for number in range(8):
            shade = np.full((48, 64, 3), number * 30, dtype=np.uint8)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(shade, format="rgb24")))
        file.mux(stream.encode())
        if heard is not None:
            _say(file, heard)


def _say(file: Any, stream: Any) -> None:
    times = np.arange(RATE // 2) / RATE
    wave = (np.sin(times * 2750) + np.sin(times * 4100)) * 9000
    for start in range(0, len(wave), 1000):
        frame = av.AudioFrame.from_ndarray(
            wave[None, start : start + 1000].astype(np.int16), format="s16", layout="mono"
        )
        frame.sample_rate, frame.pts = RATE, start
        file.mux(stream.encode(frame))
    file.mux(stream.encode())


@cache
def samples() -> dict[str, bytes]:
    """By name; the part before the dash says what they are."""
    return {
        "png": picture("PNG"),
        "png-palette": picture("PNG", pixels().quantize(8), transparency=0),
        "png-text": _png_with_text(),
        "jpeg": picture("JPEG"),
        "jpeg-grey": picture("JPEG", pixels("L"), progressive=True),
        "jpeg-exif": _with_exif("JPEG"),
        "webp-lossy": picture("WEBP", quality=70),
        "webp-lossless": picture("WEBP", lossless=True),
        "webp-alpha": picture("WEBP", pixels("RGBA"), lossless=True),
        "webp-exif": _with_exif("WEBP"),
        "webp-moving": picture("WEBP", save_all=True, append_images=[pixels().rotate(90)]),
        "mp4": video(),
        "mp4-faststart": video(movflags="faststart"),
        "mp4-titled": video(metadata={"title": "碗", "comment": "手作"}, movflags="faststart"),
        "mp4-keyed": video(
            metadata={"place": "檐下", "title": "碗"}, movflags="faststart+use_metadata_tags"
        ),
        "mp4-silent": video(audio=False, movflags="faststart"),
        "wav": sound("wav", "pcm_s16le"),
        "wav-bits": sound("wav", "pcm_s24le", write_bext="1"),
        "mp3": sound("mp3", "libmp3lame"),
        "mp3-v3": sound("mp3", "libmp3lame", id3v2_version="3", write_id3v1="1"),
        "mp3-bare": sound("mp3", "libmp3lame", id3v2_version="0", write_xing="0"),
    }


def contents(name: str, data: bytes) -> Any:
    """What is seen and heard: the pixels, or each packet with its time and the decoded samples."""
    if name.partition("-")[0] in ("png", "jpeg", "webp"):
        with Image.open(io.BytesIO(data)) as image:
            frames = []
            for number in range(getattr(image, "n_frames", 1)):
                image.seek(number)
                image.load()
                frames.append((image.mode, image.size, image.tobytes()))
            return frames, image.info.get("icc_profile"), image.info.get("exif")
    with av.open(io.BytesIO(data), "r") as file:
        found: list[Any] = [(p.stream_index, p.pts, p.dts, bytes(p)) for p in file.demux()]
    with av.open(io.BytesIO(data), "r") as file:
        found += [frame.to_ndarray().tobytes() for frame in file.decode()]
    return found


def metadata(data: bytes) -> dict[str, str]:
    """What ffmpeg finds written on a file."""
    with av.open(io.BytesIO(data)) as file:
        return dict(file.metadata)
