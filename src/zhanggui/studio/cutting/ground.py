"""What a product stands before: the ground's colour everywhere, known from what reaches the border.

A plain ground is seldom one colour: lamps fall off, walls are lit otherwise than tables, lenses
darken corners. Its colour is a cubic polynomial of place in CIE Lab, fitted to the border without
what does not belong (Tukey's biweight), then to all that agrees and hangs together with the border.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.pictures import Pixels

Floats = NDArray[np.float32]
Marks = NDArray[np.bool_]

_SMALL = 128
_STRIDE = 2
_BAND = 0.06
_SPREAD = 1.4826  # From the median absolute deviation to the standard deviation of a normal.


@dataclass(frozen=True)
class Ground:
    """A ground's model: `lab` is its colour at every pixel (L 0–100), `plainness` the share of the
    border that it explains (0–1), `noise` the spread of what it does not explain of the ground in
    L and in chroma, measured on a copy of at most 200 pixels."""

    lab: Floats
    plainness: float
    noise: tuple[float, float]


def lab_of(rgb: Pixels) -> Floats:
    """CIE Lab, L 0–100, of 8-bit sRGB."""
    found = cv2.cvtColor(rgb.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB)
    return np.asarray(found, dtype=np.float32)


Picture = TypeVar("Picture", Pixels, Floats)


def shrunk(picture: Picture, longest: int) -> Picture:
    """The picture with its longer side at most `longest`, each pixel the mean of what it covers."""
    height, width = picture.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small: Any = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=picture.dtype)


def border_of(height: int, width: int, share: float = _BAND) -> Marks:
    """The band along the picture's border."""
    band = max(2, round(share * min(height, width)))
    marks = np.ones((height, width), dtype=bool)
    marks[band:-band, band:-band] = False
    return marks


def ground_of(lab: Floats) -> Ground:
    """The model of the ground of a picture in Lab, at the picture's size."""
    small = np.asarray(shrunk(lab, _SMALL), dtype=np.float32)
    height, width = small.shape[:2]
    border = border_of(height, width)
    fitted = _Polynomial.fit(small, border, degree=2)
    belongs = border
    for _ in range(3):
        rest = small - fitted.at(height, width)
        noise = _noise(rest[belongs])
        belongs = _reached(_is_near(rest, noise), border)
        if belongs.sum() < 0.25 * border.sum():
            break
        fitted = _Polynomial.fit(small, belongs, degree=3)
    rest = small - fitted.at(height, width)
    noise = _noise(rest[belongs]) if belongs.any() else (9.0, 9.0)
    plainness = float(_is_near(rest, noise)[border].mean())
    return Ground(fitted.at(*lab.shape[:2]), plainness, noise)


def _is_near(rest: Floats, noise: tuple[float, float]) -> Marks:
    luma, chroma = np.abs(rest[..., 0]), np.hypot(rest[..., 1], rest[..., 2])
    return np.asarray((luma < max(3.0, 4 * noise[0])) & (chroma < max(2.5, 4 * noise[1])))


def _noise(rest: Floats) -> tuple[float, float]:
    """Spread of luma and of chroma; bounded, so that a patterned ground does not explain itself."""
    luma = _SPREAD * float(np.median(np.abs(rest[:, 0])))
    chroma = _SPREAD * float(np.median(np.abs(rest[:, 1:])))
    return min(luma, 2.5), min(chroma, 2.0)


def _reached(marks: Marks, seeds: Marks) -> Marks:
    """What of the marks hangs together with a marked seed."""
    _, labels = cv2.connectedComponents(marks.astype(np.uint8), connectivity=4)
    touched = np.unique(labels[seeds & marks])
    return np.isin(labels, touched[touched > 0])


@dataclass(frozen=True)
class _Polynomial:
    weights: NDArray[np.float64]
    degree: int

    @staticmethod
    def _terms(height: int, width: int, degree: int) -> NDArray[np.float64]:
        """The monomials of place in −1…1 up to the degree: height × width × terms."""
        y, x = np.linspace(-1, 1, height)[:, None], np.linspace(-1, 1, width)[None, :]
        terms = [x**i * y**j for i in range(degree + 1) for j in range(degree + 1 - i)]
        return np.stack([np.broadcast_to(each, (height, width)) for each in terms], axis=-1)

    @classmethod
    def fit(cls, lab: Floats, marks: Marks, degree: int) -> _Polynomial:
        """Fit to the marked pixels by reweighted least squares."""
        every = np.s_[::_STRIDE, ::_STRIDE]
        chosen = marks[every]
        terms = cls._terms(lab.shape[0], lab.shape[1], degree)[every][chosen]
        wanted = lab[every][chosen].astype(np.float64)
        trust = _mode_weights(wanted)
        weights: NDArray[np.float64] = np.zeros((terms.shape[1], 3))
        for _ in range(4):
            scaled = terms * trust[:, None]
            normal = scaled.T @ terms + 1e-4 * np.eye(terms.shape[1])
            weights = np.asarray(np.linalg.solve(normal, scaled.T @ wanted), dtype=np.float64)
            away = np.linalg.norm(wanted - terms @ weights, axis=1)
            reach = 4.685 * max(1.0, _SPREAD * float(np.median(away)))
            trust = np.clip(1 - (away / reach) ** 2, 0, None) ** 2
        return cls(weights, degree)

    def at(self, height: int, width: int) -> Floats:
        """The colours at every pixel of a picture of this size."""
        small = (self._terms(min(height, 64), min(width, 64), self.degree) @ self.weights).astype(
            np.float32
        )
        if small.shape[:2] == (height, width):
            return small
        # Bilinear between 64 nodes: corners on corners, as the polynomial's places are.
        x = np.linspace(0, small.shape[1] - 1, width, dtype=np.float32)
        y = np.linspace(0, small.shape[0] - 1, height, dtype=np.float32)
        maps = np.meshgrid(x, y)
        return np.asarray(cv2.remap(small, maps[0], maps[1], cv2.INTER_LINEAR), dtype=np.float32)


def _mode_weights(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """A start for the fit: what is near the border's median colour counts."""
    away = np.linalg.norm(colours - np.median(colours, axis=0), axis=1)
    reach = max(12.0, 3 * float(np.median(away)))
    return np.asarray(np.exp(-((away / reach) ** 2)))
