"""The styles of Kokoro's Mandarin speakers, as the npm package ``kokoro-js`` (Apache-2.0) has them.

    python -m training.voices FOLDER OUT.npz

`FOLDER` is the package's ``voices``: a file a speaker, of 510 rows of 256 floats, a row for each
length of what is said. Clauses are short, so half of the rows are kept, in half precision.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

SPEAKERS = {
    "xiaoxiao": "zf_xiaoxiao",
    "xiaoyi": "zf_xiaoyi",
    "yunxi": "zm_yunxi",
    "yunyang": "zm_yunyang",
}
ROWS = 256


def main(folder: str, out: str) -> None:
    """Write the styles."""
    kept = {
        name: np.fromfile(Path(folder) / f"{file}.bin", np.float32).reshape(-1, 256)[:ROWS]
        for name, file in SPEAKERS.items()
    }
    np.savez_compressed(out, **{name: rows.astype(np.float16) for name, rows in kept.items()})  # type: ignore[arg-type]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
