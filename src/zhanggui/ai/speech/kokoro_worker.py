"""Runs Kokoro in a process of its own (:mod:`zhanggui.base.confined`): token ids in, sound out.

The model comes in parts. That it also says how long each token lasts is an output that is added to
its graph here: in a serialised ONNX model what is appended to a message is merged into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

MAX_MEMORY = 4 << 30
"""Of address space; what it holds is about 600 MB."""
MAX_CPU_SECONDS = 1_800
_DURATIONS = "/encoder/Clip_output_0"
_PEAK = 0.97


def answer(request: dict[str, Any], data: bytes) -> Iterator[tuple[Any, ...]]:
    """For each of the clauses (lists of token ids) a frame of its samples and of how many frames
    each of its tokens lasts, the first and last being silence."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = request["threads"]
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Threads that wait must not take the cores from the server.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(
        _model(request["parts"]), options, providers=["CPUExecutionProvider"]
    )
    with np.load(request["styles"], allow_pickle=False) as styles:
        style = styles[request["voice"]].astype(np.float32)
    speed = np.array([request["speed"]], np.float32)
    for tokens in request["clauses"]:
        fed = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": style[min(len(tokens), len(style)) - 1][None],
            "speed": speed,
        }
        sound, lasts = session.run(None, fed)
        sound = np.clip(sound.ravel() * request["gain"], -_PEAK, _PEAK) * 32767
        yield sound.astype("<i2").tobytes(), lasts.ravel().astype(int).tolist()


def reason(error: BaseException, data: bytes) -> str:
    """Nothing here is the text's fault."""
    return "large" if isinstance(error, MemoryError) else "broken"


def _model(parts: list[str]) -> bytes:
    name = _field(1, _DURATIONS.encode())
    graph = _field(7, _field(12, name))
    return b"".join([*(Path(part).read_bytes() for part in parts), graph])


def _field(number: int, value: bytes) -> bytes:
    """A protobuf field of bytes shorter than 128."""
    return bytes([number << 3 | 2, len(value)]) + value
