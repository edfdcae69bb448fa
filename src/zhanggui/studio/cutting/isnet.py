"""IS-Net (Qin et al. 2022, Highly Accurate Dichotomous Image Segmentation) through onnxruntime."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.pictures import Pixels

SIDE = 1024


def saliency(rgb: Pixels, weights: Path) -> NDArray[np.float32]:
    """How surely each pixel is product, 0–1. Costs four CPU-seconds whatever the picture's size."""
    session = _session(weights)
    square = cv2.resize(rgb, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    # The exported graph takes what DIS trained on: RGB, (x − 128) / 256.
    given = (square.astype(np.float32).transpose(2, 0, 1)[None] - 128) / 256
    wanted = session.get_outputs()[0].name
    found = session.run([wanted], {session.get_inputs()[0].name: given})[0][0, 0]
    low, high = float(found.min()), float(found.max())
    spread = (found - low) / max(high - low, 1e-6) if high > 0.5 else found
    full = cv2.resize(spread, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(full, 0, 1), dtype=np.float32)


@lru_cache(maxsize=1)
def _session(weights: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread: batches take a process for each core, and the same bytes come out.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
