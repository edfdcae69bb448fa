"""Frames and sound into an MP4 whose bytes depend on them alone."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.film.planes import Planes
from zhanggui.studio.pictures import Size

Sound = NDArray[np.float32]
"""Samples of two channels, 2 × n, from −1 to 1."""

SAMPLE_RATE = 44_100
_AUDIO_BITS = 128_000
_BT709, _NARROW = 1, 1
_X264 = {
    # More threads would each cut the picture elsewhere; batches have a process for every core.
    "threads": "1",
    "preset": "superfast",
    "profile": "high",
    "crf": "20",
    # A seek lands within two seconds, and a channel that cuts a film in parts finds places for it.
    "x264-params": "keyint=50:colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv",
}


class Writer:
    """An MP4 being written, frame by frame, with its index first: a player begins at once.

    H.264 high, yuv420p, BT.709, square pixels; AAC of 44.1 kHz. Nothing in the file says when it
    was made. The file appears when the block ends well.
    """

    def __init__(self, path: Path, size: Size, fps: int) -> None:
        self._path = path
        self._part = path.with_name(path.name + ".part")
        self._file = av.open(
            str(self._part),
            "w",
            format="mp4",
            options={"movflags": "+faststart", "fflags": "+bitexact"},
        )
        self._video = self._file.add_stream("libx264", rate=fps, options=_X264)
        context = self._video.codec_context
        context.width, context.height, context.pix_fmt = size.width, size.height, "nv12"
        context.sample_aspect_ratio = Fraction(1)
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _NARROW
        context.flags |= av.codec.context.Flags.bitexact
        self._audio = self._file.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
        self._audio.codec_context.bit_rate = _AUDIO_BITS
        self._audio.codec_context.flags |= av.codec.context.Flags.bitexact
        self._frames = self._samples = 0
        self._fps = fps

    def show(self, picture: Planes) -> None:
        """Add a frame."""
        frame = av.VideoFrame(picture.size.width, picture.size.height, "nv12")
        frame.planes[0].update(_lines(picture.y, frame.planes[0].line_size))
        chroma = picture.uv.reshape(picture.uv.shape[0], -1)
        frame.planes[1].update(_lines(chroma, frame.planes[1].line_size))
        frame.colorspace = frame.color_primaries = frame.color_trc = _BT709
        frame.color_range = _NARROW
        frame.pts, frame.time_base = self._frames, Fraction(1, self._fps)
        self._frames += 1
        self._file.mux(self._video.encode(frame))

    def sound(self, samples: Sound) -> None:
        """Add sound; best in pieces beside the frames they are heard with."""
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), "fltp", "stereo")
        frame.sample_rate = SAMPLE_RATE
        frame.pts, frame.time_base = self._samples, Fraction(1, SAMPLE_RATE)
        self._samples += samples.shape[1]
        self._file.mux(self._audio.encode(frame))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._file.mux(self._video.encode(None))
            self._file.mux(self._audio.encode(None))
        self._file.close()
        if kind is None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)


def _lines(plane: NDArray[np.uint8], line: int) -> bytes:
    """Rows as long as libav keeps them."""
    rows, width = plane.shape
    if width == line:
        return plane.tobytes()
    wide = np.zeros((rows, line), dtype=np.uint8)
    wide[:, :width] = plane
    return wide.tobytes()
