"""Towels, mats, aprons, cloths and gloves: one scene for each."""

from __future__ import annotations

import numpy as np

from drawing.forms import CELADON, CREAM, bowl, chopstick, plate, porcelain, sprig, stoneware
from drawing.light import Scene
from drawing.paint import checks, cloth, ground, noise, stripes, tone, wood
from drawing.space import (
    Material,
    Points,
    Scalars,
    Shape,
    bake,
    box,
    curve,
    rod,
    slab,
    swept,
    turned,
)


def folded(
    half: tuple[float, float], layers: int, material: Material, thick: float = 0.052
) -> Shape:
    """A cloth folded several times: layers that breathe, closed by the fold at one side."""
    w, d = half

    def distance(p: Points) -> Scalars:
        wave = 0.016 * np.sin(p[:, 0] * 3.1 + 0.7) + 0.014 * np.sin(p[:, 2] * 4.3 + 1.3)
        y = p[:, 1] - wave * np.clip(p[:, 1] / thick, 0, 4) * 0.5
        height = thick * 2 * layers
        # The fold lies at +z: there the layers are one round edge, elsewhere they part.
        part = np.clip((d - 0.08 - p[:, 2]) / 0.1, 0, 1)
        layer = np.clip(np.floor(y / (2 * thick)), 0, layers - 1)
        slip = 0.018 * np.sin(layer * 2.4 + 1)
        local = y - (layer + 0.5) * 2 * thick
        each_x = np.abs(p[:, 0] - slip) - w + thick
        each_z = np.abs(p[:, 2] - slip * 0.6) - d + thick
        flat = np.hypot(np.maximum(each_x, 0), np.maximum(each_z, 0))
        single = np.hypot(flat, np.maximum(np.abs(local) - thick * 0.15, 0)) - thick * 0.85
        whole_y = np.abs(y - height / 2) - height / 2 + thick
        round_edge = np.hypot(np.maximum(each_z, 0), np.maximum(whole_y, 0))
        block = np.hypot(round_edge, np.maximum(each_x, 0)) - thick
        return ((single * part + block * (1 - part)) * 0.6).astype(np.float32)

    height = thick * 2 * layers
    return Shape(distance, (0, height / 2, 0), float(np.hypot(w, d)) + 0.12, material)


def tea_towels() -> Scene:
    blue = cloth(
        stripes(
            "ece4d3", [(-0.52, 0.035, "3f5878"), (-0.42, 0.012, "3f5878"), (-0.62, 0.012, "3f5878")]
        )
    )
    red = cloth(
        stripes(
            "ece4d3", [(-0.52, 0.035, "9c4234"), (-0.42, 0.012, "9c4234"), (-0.62, 0.012, "9c4234")]
        )
    )
    raw = cloth(stripes("cdb896", []))
    return Scene(
        [
            folded((0.98, 0.66), 2, raw).at(0.04, 0, 0.0, turn=9),
            folded((0.95, 0.63), 2, red).at(0.0, 0.205, 0.0, turn=2),
            folded((0.92, 0.6), 2, blue).at(-0.03, 0.41, 0.0, turn=-7),
        ],
        ground("b8bfb6"), look=(0, 0.22, 0), distance=8.2, height=34, angle=19,
    )  # fmt: skip


def placemats() -> Scene:
    grey = cloth(checks("e6e0d4", "6f7473", repeat=0.3, half=0.075), thread=44)
    camel = cloth(checks("ecdfc8", "a9773f", repeat=0.3, half=0.075), thread=44)
    glaze = porcelain(CREAM, rim="b08a5e", height=0.44, width=0.012)
    return Scene(
        [
            _mat(camel).at(0.25, 0, -0.32, turn=-8), _mat(grey).at(-0.14, 0.045, 0.16, turn=7),
            bowl(0.44, 0.44, glaze).at(-0.36, 0.085, 0.12),
            chopstick((0.62, 0.14, -0.48), (0.5, 0.115, 0.74)).at(0.1, 0, 0),
            chopstick((0.74, 0.14, -0.47), (0.58, 0.115, 0.76)).at(0.1, 0, 0),
        ],
        ground("bda893"), look=(0.04, 0.05, -0.04), distance=9.0, height=54, angle=21,
    )  # fmt: skip


def _mat(material: Material) -> Shape:
    def distance(p: Points) -> Scalars:
        lift = 0.012 * np.sin(p[:, 0] * 2.6 + 1) + 0.012 * np.sin(p[:, 2] * 3.4)
        fringe = 0.02 * (np.abs(p[:, 0]) > 1.12) * (np.sin(p[:, 2] * 95) > 0)
        q = np.abs(np.stack([p[:, 0], p[:, 1] - 0.03 - lift, p[:, 2]], axis=1))
        q = q - np.stack([1.17 - fringe, 0.012 + 0 * fringe, 0.83 + 0 * fringe], axis=1)
        outside = np.linalg.norm(np.maximum(q, 0), axis=1)
        return ((outside + np.minimum(q.max(axis=1), 0) - 0.014) * 0.7).astype(np.float32)

    return Shape(distance, (0, 0.03, 0), 1.5, material)


def apron() -> Scene:
    base = cloth(stripes("7f8582", []), relief=0.5)
    dark = cloth(stripes("6b716f", []), relief=0.4)
    right = curve(
        [
            (0.36, -1.3),
            (0.38, -1.05),
            (0.5, -0.72),
            (0.9, -0.46),
            (0.95, -0.1),
            (0.98, 0.6),
            (1.0, 1.42),
        ],
        60,
    )
    outline = np.concatenate([right, right[::-1] * [-1, 1]])

    def folds(p: Points) -> Scalars:
        low = np.clip((p[:, 2] + 0.9) / 2.2, 0, 1)
        wave = np.sin(p[:, 0] * 8.2 + 0.8 * np.sin(p[:, 2] * 1.3)) + 0.5 * np.sin(
            p[:, 0] * 14.1 + 2 + p[:, 2]
        )
        return (0.034 * low * wave + 0.05 * noise(p * np.float32([1, 0, 0.5]), 2.4, 3)).astype(
            np.float32
        )

    body = slab(bake(outline, 0, True, step=0.012), 0.09, 0.03, base, 1.9, folds)
    pocket_line = np.array(
        [[-0.62, 0.16], [0.62, 0.16], [0.6, 0.74], [0.5, 0.84], [-0.5, 0.84], [-0.6, 0.74]]
    )
    pocket = slab(bake(pocket_line, 0, True, step=0.01), 0.125, 0.02, dark, 1.1, folds)
    neck = swept(
        bake(curve([(-0.3, 0), (-0.34, 0.42), (0, 0.72), (0.34, 0.42), (0.3, 0)], 60)),
        0.03,
        dark,
        0.9,
        1.0,
    )
    ties = [
        swept(
            bake(curve([(0, 0), (0.3, 0.1), (0.5, -0.1), (0.62, 0.28), (0.5, 0.7)], 60)),
            0.026,
            dark,
            1.0,
        ),
        swept(
            bake(curve([(0, 0), (-0.28, 0.06), (-0.42, 0.3), (-0.62, 0.3), (-0.56, 0.8)], 60)),
            0.026,
            dark,
            1.1,
        ),
    ]
    seam = box((0.012, 0.07, 0.34), 0.008, base)
    return Scene(
        [
            body, pocket, seam.at(0, 0, 0.5), neck.at(0, 0.09, -1.24, tilt=-90),
            ties[0].at(0.88, 0.06, -0.38, tilt=90), ties[1].at(-0.88, 0.06, -0.38, tilt=90),
        ],
        ground("d8cbb8"), look=(0, 0, -0.22), distance=10.6, height=78, angle=22,
    )  # fmt: skip


def tablecloth() -> Scene:
    oat = cloth(stripes("e9dfcb", [(0, 0.035, "b59c74")], repeat=0.24), relief=0.3, thread=48)

    def distance(p: Points) -> Scalars:
        drop = np.clip(0.9 - p[:, 1], 0, 0.75)
        around = np.arctan2(p[:, 2] * 1.55, p[:, 0])
        wave = 0.075 * drop * np.sin(around * 15 + 0.6 * np.sin(around * 4))
        wave += 0.05 * drop * np.sin(around * 7 + 1)
        spread = 0.12 * drop
        q = np.abs(p[:, [0, 2]]) - np.float32([1.3, 0.84]) + 0.16
        side = (
            np.hypot(np.maximum(q[:, 0], 0), np.maximum(q[:, 1], 0))
            + np.minimum(q.max(axis=1), 0)
            - 0.16
        )
        side = side - wave - spread
        up = p[:, 1] - 0.93
        r = 0.05
        top = (
            np.hypot(np.maximum(side + r, 0), np.maximum(up + r, 0))
            + np.minimum(np.maximum(side, up) + r, 0)
            - r
        )
        return (np.maximum(top, 0.28 - p[:, 1] + 0.03 * np.sin(around * 15)) * 0.7).astype(
            np.float32
        )

    cover = Shape(distance, (0, 0.5, 0), 1.8, oat)
    legs = [
        rod((x * 1.06, 0, z * 1.06), (x, 1.2, z), 0.055, 0.08, wood("a9814f", "7d5a35", along=1))
        for x in (-1.05, 1.05)
        for z in (-0.6, 0.6)
    ]
    vase = turned(
        bake(curve([(0, 0.02), (0.15, 0.02), (0.23, 0.16), (0.1, 0.46), (0.08, 0.6)]), 0.022),
        stoneware("8297a4", 0.1),
        0.26,
        0.62,
    )
    return Scene(
        [
            cover.at(0, 0.72, 0), *legs, vase.at(-0.5, 1.65, -0.2),
            *sprig(-0.5, 2.12, -0.2, 5, "74895f", 0.72),
            bowl(0.3, 0.32, porcelain(CELADON)).at(0.42, 1.67, 0.12),
            plate(0.38, 0.1, porcelain(CREAM)).at(0.42, 1.645, 0.12),
        ],
        ground("c2c8c4"), look=(0, 1.28, 0), distance=12.5, height=19, angle=20.5,
    )  # fmt: skip


def oven_gloves() -> Scene:
    left = [shape.at(-0.62, 0, 0, turn=10) for shape in _glove("8a8f8e", "ded6c6", 1)]
    right = [shape.at(0.68, 0, 0.12, turn=-12) for shape in _glove("8c6547", "e2d6c0", -1)]
    return Scene(
        [*left, *right],
        ground("d5cdbf"),
        look=(0.02, 0.05, 0.06),
        distance=9.2,
        height=66,
        angle=22,
    )


def _glove(colour: str, trim: str, hand: int) -> list[Shape]:
    right = curve(
        [(0.36, 1.15), (0.38, 0.5), (0.4, 0.2), (0.6, -0.02), (0.74, -0.3), (0.62, -0.5),
         (0.46, -0.36), (0.39, -0.2), (0.38, -0.6), (0.28, -1.08), (0.0, -1.28), (-0.28, -1.1),
         (-0.4, -0.6), (-0.4, 0.2), (-0.36, 1.15)], 220,
    ) * [hand, 1]  # fmt: skip
    outline = bake(right, 0, True, step=0.012)
    base = tone(colour)

    def paint(p: Points, normals: Points) -> Points:
        fine = 0.95 + 0.08 * noise(p, 40, 3) + 0.05 * noise(p, 6, 1)
        return (base * fine[:, None]).astype(np.float32)

    def quilt(p: Points) -> Scalars:
        a, b = (p[:, 0] + p[:, 2]) * 3.1, (p[:, 0] - p[:, 2]) * 3.1
        ridge = np.abs(np.sin(a * np.pi / 2)) ** 0.55 * np.abs(np.sin(b * np.pi / 2)) ** 0.55
        weave = 0.004 * np.sin(p[:, 0] * 150) * np.sin(p[:, 2] * 150)
        return (0.1 * ridge + weave).astype(np.float32)

    def swell(p: Points) -> Scalars:
        inside = np.clip(-outline(p[:, 0], p[:, 2]), 0, 0.3)
        return (0.5 * inside - 0.7 * inside**2).astype(np.float32)

    body = slab(
        outline,
        0.13,
        0.06,
        Material(paint, gloss=0, relief=quilt, relief_size=0.62, sheen=0.3),
        1.5,
        swell,
    )
    band = box((0.42, 0.13, 0.13), 0.06, cloth(stripes(trim, []), relief=0.3)).at(0, 0.0, 1.1)
    loop = swept(
        bake(curve([(0.3, 0), (0.42, 0.16), (0.34, 0.3), (0.24, 0.2), (0.28, 0)], 40) * [hand, 1]),
        0.024,
        band.material,
        0.6,
    )
    return [body, band, loop.at(0, 0.1, 1.18, tilt=90)]


SCENES = {
    "YX17": tea_towels, "YX18": placemats, "YX19": apron, "YX20": tablecloth, "YX21": oven_gloves,
}  # fmt: skip
