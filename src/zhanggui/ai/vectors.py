"""Vectors that have been computed once, kept on disk by embedder, version and text."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhanggui.ai.protocols import Embedder, TextRole, Vectors

_BATCH = 64
_KEPT = 2_048
"""How many vectors are computed between two writes of the file."""
_DIGEST = 16

Asked = tuple[str, TextRole]
"""A text and the role in which it is embedded."""

_State = tuple[dict[bytes, int], NDArray[np.float16]]
"""Rows by digest, and the rows: replaced together."""


class VectorStore:
    """The known vectors of one embedder, in one file of `folder`.

    Only digests of the texts are kept. The file can be deleted at any time: it is a saving, not a
    record. Half precision halves it and moves no cosine by more than 0.001. Threads may share one.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.embedder = embedder
        name = re.sub(r"[^\w.-]", "_", f"{embedder.name}-{embedder.version}")
        self.path = folder / f"{name}.npz"
        self._lock = threading.Lock()  # Held to change what is known; readers see a whole state.
        self._state: _State = {}, np.zeros((0, embedder.dim), np.float16)
        self._load()

    def __len__(self) -> int:
        return len(self._state[0])

    def get(self, asked: Sequence[Asked]) -> tuple[Vectors, NDArray[np.bool_]]:
        """A row for each text, shape (n, dim), and which of them are known; the others are 0."""
        rows, matrix = self._state
        places = np.array([rows.get(_key(*each), -1) for each in asked], np.int64)
        known = places >= 0
        found = np.zeros((len(asked), self.embedder.dim), np.float32)
        found[known] = matrix[places[known]]
        return found, known

    def fill(
        self, asked: Iterable[Asked], progress: Callable[[int, int], None] | None = None
    ) -> int:
        """Compute what is not known and write the file; returns how many were computed.

        Blocking. `progress` hears how many of how many are done after each batch.
        """
        missing: dict[bytes, Asked] = {}
        for each in asked:
            key = _key(*each)
            if key not in self._state[0]:
                missing[key] = each
        # Texts of one role and of like length share a batch, so that none is padded much.
        waiting = sorted(missing.items(), key=lambda item: (item[1][1], len(item[1][0])))
        for start in range(0, len(waiting), _KEPT):
            part = waiting[start : start + _KEPT]
            rows = []
            for batch in _batches(part):
                rows.append(self.embedder.embed([text for _, (text, _) in batch], batch[0][1][1]))
                if progress is not None:
                    progress(start + sum(map(len, rows)), len(waiting))
            self._add([key for key, _ in part], np.concatenate(rows))
        return len(waiting)

    def put(self, asked: Sequence[Asked], vectors: Vectors) -> None:
        """Keep vectors that were computed elsewhere, a row for each text."""
        self._add([_key(*each) for each in asked], vectors)

    def retain(self, asked: Iterable[Asked]) -> None:
        """Forget every vector but those of `asked`."""
        with self._lock:
            rows, matrix = self._state
            keys = [key for key in dict.fromkeys(_key(*each) for each in asked) if key in rows]
            if len(keys) == len(rows):
                return
            kept = matrix[[rows[key] for key in keys]]
            self._state = {key: row for row, key in enumerate(keys)}, kept
            self._save()

    def _add(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        with self._lock:
            rows, matrix = self._state
            grown = dict(rows)
            grown.update((key, len(matrix) + offset) for offset, key in enumerate(keys))
            self._state = grown, np.concatenate([matrix, vectors.astype(np.float16)])
            self._save()

    def _save(self) -> None:
        """Write the file, so that a reader sees the old one or the new one and never half."""
        rows, matrix = self._state
        self.path.parent.mkdir(parents=True, exist_ok=True)
        keys = np.frombuffer(b"".join(rows), np.uint8).reshape(-1, _DIGEST)
        temporary = self.path.with_suffix(f".{os.getpid()}.tmp")
        with temporary.open("wb") as file:
            np.savez(file, keys=keys, vectors=matrix)
        temporary.replace(self.path)

    def _load(self) -> None:
        try:
            with self.path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                keys, vectors = arrays["keys"], arrays["vectors"]
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return  # A damaged file is a saving lost.
        if vectors.shape != (len(keys), self.embedder.dim):
            return
        self._state = {bytes(key): row for row, key in enumerate(keys)}, vectors


def _batches(waiting: Sequence[tuple[bytes, Asked]]) -> Iterator[Sequence[tuple[bytes, Asked]]]:
    """Runs of one role, at most `_BATCH` long."""
    for _, run in groupby(waiting, key=lambda item: item[1][1]):
        same = list(run)
        for start in range(0, len(same), _BATCH):
            yield same[start : start + _BATCH]


def _key(text: str, role: TextRole) -> bytes:
    return hashlib.blake2b(f"{role}\0{text}".encode(), digest_size=_DIGEST).digest()
