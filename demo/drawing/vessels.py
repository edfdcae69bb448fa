"""Pots, jars and vases: one scene for each."""

from __future__ import annotations

import numpy as np

from drawing.forms import (
    CELADON,
    CREAM,
    both,
    bowl,
    ear,
    liquid,
    plate,
    porcelain,
    sprig,
    stoneware,
)  # fmt: skip
from drawing.light import Scene
from drawing.paint import glaze, ground, plain, wood
from drawing.space import Material, Shape, bake, box, curve, joined, rod, turned


def donabe() -> Scene:
    black = glaze(
        "3a3733", spots=0.05, gloss=0.5, blur=0.3, vary=0.25, foot="8d6f55", foot_height=0.16
    )
    lid_glaze = glaze("47433d", spots=0.04, gloss=0.55, blur=0.28, vary=0.3)
    line = curve([(0, 0.09), (0.62, 0.09), (0.92, 0.24), (1.05, 0.52), (1.03, 0.7), (1.1, 0.76)])
    body = turned(bake(line, 0.05), black, 1.12, 0.8)
    ears = [_lug(black).at(hand * 1.02, 0.55, 0, turn=90 - 90 * hand) for hand in (1, -1)]
    pot = joined(body, *ears, blend=0.08)
    dome = turned(
        bake(curve([(0, 0.42), (0.35, 0.4), (0.72, 0.26), (0.94, 0.09), (1.0, 0.03)]), 0.038),
        lid_glaze, 1.02, 0.46,
    )  # fmt: skip
    knob = turned(
        bake(curve([(0, 0.6), (0.15, 0.6), (0.19, 0.56), (0.12, 0.49), (0.1, 0.42)]), 0.03),
        lid_glaze, 0.24, 0.64,
    )  # fmt: skip
    rings = [turned(bake(np.array([[r, h], [r + 0.01, h]]), 0.014), lid_glaze, r, h + 0.1)
             for r, h in ((0.5, 0.378), (0.56, 0.36))]  # fmt: skip
    lid = joined(dome, knob, *rings, blend=0.03).at(0, 0.78, 0)
    return Scene(
        [pot.at(0, 0, 0, turn=-14), lid], ground("b9a58e"), look=(0, 0.52, 0), distance=9.4,
        height=25, angle=19.5,
    )  # fmt: skip


def _lug(material: Material) -> Shape:
    """A short ear for lifting, flat enough for a cloth."""
    loop = ear([(-0.02, 0.0), (0.13, 0.02), (0.24, 0.0)], 0.062, material, 3.4)
    return loop.at(0, 0, 0)


def side_teapot() -> Scene:
    rust = glaze(
        "7d4a33", spots=0.08, gloss=0.4, blur=0.42, vary=0.3, rim="5d3524", rim_height=0.62
    )
    line = curve([(0, 0.06), (0.3, 0.06), (0.5, 0.2), (0.55, 0.4), (0.42, 0.6), (0.26, 0.68)])
    body = turned(bake(np.concatenate([line, [[0, 0.68]]]), 0.02, True), rust, 0.58, 0.7)
    spout = joined(
        rod((0.42, 0.3, 0), (0.72, 0.52, 0), 0.12, 0.07, rust),
        rod((0.72, 0.52, 0), (0.86, 0.66, 0), 0.07, 0.055, rust), blend=0.06,
    )  # fmt: skip
    handle = rod((0, 0.4, 0.46), (0, 0.58, 1.12), 0.075, 0.105, rust)
    lid = turned(
        bake(curve([(0, 0.8), (0.12, 0.78), (0.27, 0.7)]), 0.03), rust, 0.3, 0.84
    )  # fmt: skip
    knob = turned(bake(np.array([[0, 0.885], [0.02, 0.885]]), 0.062), rust, 0.1, 0.96)
    pot = joined(body, spout, handle, blend=0.06)
    cover = joined(lid, knob, blend=0.04)
    small = glaze(
        "d9c8af",
        rim="8a5a3f",
        rim_height=0.26,
        spots=0.1,
        gloss=0.6,
        blur=0.3,
        foot="9d7a5c",
        foot_height=0.05,
    )
    cups = [(0.35, 0.98), (1.02, 0.72)]
    return Scene(
        [
            pot.at(-0.28, 0, -0.18, turn=-32), cover.at(-0.28, 0, -0.18),
            *(bowl(0.24, 0.26, small, foot=0.5, wall=0.026).at(x, 0, z) for x, z in cups),
            *(liquid(0.2, 0.19, "8a4a12").at(x, 0, z) for x, z in cups),
        ],
        ground("c9bba5"), look=(0.1, 0.34, 0.22), distance=8.6, height=28, angle=18.6,
    )  # fmt: skip


def gaiwan() -> Scene:
    white = porcelain("f3efe6", rim="f8f6f0", height=2.0)
    line = curve([(0, 0.08), (0.16, 0.085), (0.32, 0.22), (0.4, 0.42), (0.52, 0.58)])
    thick = np.interp(np.linspace(0, 1, len(line)), [0, 0.6, 1], [0.032, 0.024, 0.014])
    body = turned(bake(line, thick), white, 0.53, 0.58)
    foot = turned(bake(np.array([[0.2, 0.09], [0.2, 0.02]]), 0.022), white, 0.53, 0.58)
    tea = liquid(0.4, 0.44, "a8742a")
    saucer = plate(0.56, 0.13, white)
    dome = turned(
        bake(curve([(0, 0.14), (0.18, 0.13), (0.34, 0.06), (0.41, 0.0)]), 0.018), white, 0.42, 0.16
    )  # fmt: skip
    ring = turned(bake(curve([(0.1, 0.13), (0.11, 0.19), (0.14, 0.215)]), 0.016), white, 0.16, 0.24)
    lid = joined(dome, ring, blend=0.02)
    return Scene(
        [
            saucer, both(body, foot).at(0, 0.075, 0), tea.at(0, 0.075, 0),
            lid.at(0.76, 0.255, 0.42, roll=-62, turn=-24),
        ],
        ground("b7c2b4"), look=(0.14, 0.28, 0.08), distance=7.8, height=27, angle=17.5,
    )  # fmt: skip


def oil_jars() -> Scene:
    def jar(colour: str) -> Shape:
        material = porcelain(colour, height=3)
        line = curve(
            [
                (0, 0.02),
                (0.34, 0.03),
                (0.42, 0.16),
                (0.42, 0.5),
                (0.34, 0.86),
                (0.17, 1.06),
                (0.15, 1.2),
            ]
        )
        body = turned(bake(np.concatenate([line, [[0, 1.2]]]), 0.012, True), material, 0.44, 1.22)
        beak = rod((0.1, 1.12, 0), (0.33, 1.28, 0), 0.085, 0.04, material)
        grip = ear(
            [(-0.14, 1.13), (-0.34, 1.16), (-0.52, 0.94), (-0.5, 0.66), (-0.4, 0.56)],
            0.042,
            material,
        )
        return joined(body, beak, grip, blend=0.07)

    stopper = plain("b98a58", vary=0.12)

    def lid(colour: str) -> Shape:
        material = porcelain(colour, height=3)
        cap = turned(
            bake(curve([(0, 1.27), (0.1, 1.26), (0.165, 1.21)]), 0.03), material, 0.18, 1.3
        )
        knob = turned(bake(np.array([[0, 1.37], [0.01, 1.37]]), 0.062), stopper, 0.08, 1.45)
        return joined(cap, knob, blend=0.03)

    return Scene(
        [
            jar(CREAM).at(-0.46, 0, 0.22, turn=24), lid(CREAM).at(-0.46, 0, 0.22),
            jar(CELADON).at(0.52, 0, -0.3, turn=158), lid(CELADON).at(0.52, 0, -0.3),
        ],
        ground("d0c4ae"), look=(0.03, 0.64, 0), distance=9.2, height=20, angle=18.5,
    )  # fmt: skip


def canisters() -> Scene:
    beech = wood("d9b88c", "bd9262", rings=16)
    cream = porcelain("eee6d6", height=3)
    tray = box((1.5, 0.05, 0.52), 0.04, beech)
    line = np.array(
        [[0, 0.02], [0.3, 0.02], [0.36, 0.06], [0.375, 0.16], [0.375, 0.6], [0.36, 0.66], [0, 0.66]]
    )
    body = turned(bake(line, 0.015, True), cream, 0.4, 0.7)
    cap = turned(
        bake(np.array([[0, 0.02], [0.37, 0.02], [0.37, 0.1], [0, 0.1]]), 0.015, True),
        beech,
        0.4,
        0.12,
    )
    knob = turned(bake(np.array([[0, 0.17], [0.02, 0.17]]), 0.07), beech, 0.1, 0.24)
    lid = joined(cap, knob, blend=0.03)
    shapes = [tray.at(0, 0, 0, turn=14)]
    for k in (-1, 0, 1):
        x, z = k * 0.93 * np.cos(np.radians(14)), -k * 0.93 * np.sin(np.radians(14))
        shapes += [body.at(x, 0.1, z), lid.at(x, 0.765, z, turn=40 * k)]
    return Scene(shapes, ground("bcc3bd"), look=(0, 0.4, 0.02), distance=9.6, height=24, angle=20.5)


def bud_vases() -> Scene:
    blue = stoneware("8297a4", 0.1, rim="6f6a5e", height=1.76)
    sand = stoneware("d8cab2", 0.16, rim="a98f6d", height=1.2)
    tall = curve(
        [
            (0, 0.02),
            (0.26, 0.02),
            (0.42, 0.3),
            (0.44, 0.62),
            (0.26, 1.12),
            (0.12, 1.44),
            (0.15, 1.78),
        ]
    )
    low = curve(
        [
            (0, 0.02),
            (0.26, 0.02),
            (0.42, 0.24),
            (0.38, 0.52),
            (0.16, 0.82),
            (0.11, 1.0),
            (0.15, 1.2),
        ]
    )
    return Scene(
        [
            turned(bake(tall, 0.03), blue, 0.46, 1.8).at(-0.38, 0, 0),
            turned(bake(low, 0.03), sand, 0.46, 1.22).at(0.62, 0, 0.42),
            *sprig(-0.4, 1.62, 0, 11, "6f8a5c", 1.4),
        ],
        ground("d2c6b8"), look=(0.12, 1.28, 0.1), distance=11, height=13, angle=21.5,
    )  # fmt: skip


SCENES = {
    "YX10": donabe, "YX11": side_teapot, "YX12": gaiwan, "YX13": oil_jars, "YX14": canisters,
    "YX15": bud_vases,
}  # fmt: skip
