"""A packed model of a few numbers, laid out as the wheel's."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from zhanggui.ai.e5file import BLOCK, META

PIECES = {
    "<s>": 0,
    "</s>": 0,
    "<unk>": 0,
    META: -2,
    "碗": -3,
    "面": -3,
    "面碗": -4,
    f"{META}面": -9,
}
NORM = np.array([1, 2, 3], np.float32)
BIAS = np.array([0.5, -0.5], np.float32)
SCALES = np.array([0.25, 2], np.float16)


def blocks() -> np.ndarray:
    """Two blocks: the first counts from 0 to 15 and back, the second is 8 (nought) throughout."""
    made = np.zeros(2, BLOCK)
    made["scale"] = SCALES
    counted = np.arange(16, dtype=np.uint8)
    made["values"][0] = counted | (counted[::-1] << 4)
    made["values"][1] = 8 | 8 << 4
    return made


def write(path: Path) -> Path:
    """Write the model to `path`."""
    names = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, names)]).astype("<u4")
    normal = struct.pack("<IBI", ord("Ａ"), 1, ord("a")) + struct.pack("<IB", 0x200B, 0)
    head = b"E5S1" + struct.pack("<i", 1) + struct.pack("<7i", 2, 1, 1, 4, len(names), 8, 2)
    head += struct.pack("<fi", 1e-12, 32)
    head += struct.pack("<5iQ", len(names), 0, 1, 1, 2, sum(map(len, names)))
    head += offsets.tobytes() + np.array(list(PIECES.values()), "<f4").tobytes() + b"".join(names)
    head += struct.pack("<iI", 2, len(normal)) + normal
    tensors = {
        "emb.ln.w": (0, NORM.tobytes()),
        "l7.q.w": (1, blocks().tobytes()),
        "l7.q.b": (0, BIAS.tobytes()),
    }
    at = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, (dtype, raw) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", dtype, len(raw), at + len(body), len(raw))
        body += raw
    path.write_bytes(head + directory + body)
    return path
