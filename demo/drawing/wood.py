"""The tray, the chopsticks and the gift box: one scene for each."""

from __future__ import annotations

import numpy as np

from drawing.forms import (
    BRICK,
    CELADON,
    CREAM,
    bowl,
    chopstick,
    liquid,
    plate,
    porcelain,
    stoneware,
)  # fmt: skip
from drawing.light import Scene
from drawing.paint import ground, plain, wood
from drawing.space import Shape, bake, box, curve, rod, turned


def tray() -> Scene:
    acacia = wood("b5804e", "744526", rings=7, gloss=0.5)
    line = curve([(0, 0.07), (1.1, 0.07), (1.34, 0.08), (1.45, 0.14), (1.5, 0.22)])
    board = turned(bake(line, 0.05), acacia, 1.52, 0.24)
    cup_glaze = stoneware("dccfb8", 0.14, rim="97714f", height=0.4)
    cup = bowl(0.36, 0.42, cup_glaze, foot=0.5, wall=0.03)
    dish = bowl(0.42, 0.17, porcelain(CELADON, rim="dfe2d2", height=0.17), foot=0.5, wall=0.028)
    return Scene(
        [
            board.at(0, 0, 0, turn=24), cup.at(-0.5, 0.12, -0.12),
            liquid(0.315, 0.31, "7a5a1c").at(-0.5, 0.12, -0.12), dish.at(0.52, 0.12, 0.28),
            *_dates(0.52, 0.2, 0.28),
        ],
        ground("c4c4b6"), look=(0, 0.08, 0), distance=9.4, height=40, angle=22.5,
    )  # fmt: skip


def _dates(x: float, y: float, z: float) -> list[Shape]:
    """A few dried dates, so that the dish is not empty."""
    skin = plain("6a241a", gloss=0.7, blur=0.25, vary=0.4)
    spots = ((-0.1, 0, -0.06, 30), (0.12, 0, -0.03, -40), (0.0, 0, 0.13, 80), (0.02, 0.1, 0.02, 10))
    made = []
    for dx, dy, dz, turn in spots:
        a = np.radians(turn)
        half = np.array([np.cos(a), 0, np.sin(a)]) * 0.055
        middle = np.array([x + dx, y + dy, z + dz])
        made.append(rod(tuple(middle - half), tuple(middle + half), 0.085, 0.08, skin))
    return made


def chopsticks() -> Scene:
    sticks = [
        chopstick((x + 1.5 * hand, 0.075, -1.25), (x + hand, 0.115, 1.15))
        for x in (-1.0, -0.5, 0.0, 0.5, 1.0)
        for hand in (-0.05, 0.05)
    ]
    shapes = [stick.at(turn=-16) for stick in sticks]
    colours = (CREAM, CELADON, BRICK, "8fa2ae", "d6b36a")
    for k, colour in enumerate(colours):
        rest = rod((-0.13, 0.05, 0), (0.13, 0.05, 0), 0.055, 0.055, porcelain(colour))
        a = np.radians(-16)
        x, z = -1.0 + 0.5 * k, 0.82
        shapes.append(
            rest.at(x * np.cos(a) + z * np.sin(a), 0, -x * np.sin(a) + z * np.cos(a), turn=-16)
        )
    return Scene(
        shapes, ground("dcd3c4"), look=(0, 0.02, -0.02), distance=8.6, height=60, angle=21.5
    )


def gift_box() -> Scene:
    kraft, band = plain("b08d63", vary=0.06), plain("7f3b2c", vary=0.05)
    cream = porcelain(CREAM, rim="b08a5e", height=0.5, width=0.012)
    green = porcelain(CREAM, rim="b08a5e", height=0.16, width=0.008)
    case = box((1.15, 0.4, 0.72), 0.02, kraft).at(-0.05, 0, -0.75, turn=10)
    lid = box((1.18, 0.11, 0.75), 0.02, kraft).at(-0.05, 0.62, -0.75, turn=10)
    ribbon = box((0.17, 0.424, 0.765), 0.01, band).at(-0.05, 0, -0.75, turn=10)
    tag = box((0.26, 0.008, 0.17), 0.004, plain("f1e9d8")).at(-0.02, 0.848, -0.62, turn=4)
    plates = [plate(0.66, 0.16, green).at(-0.55, 0.062 * k, 0.66) for k in range(4)]
    bowls = [bowl(0.46, 0.5, cream).at(0.62, 0.135 * k, 0.55) for k in range(3)]
    dishes = [
        bowl(0.3, 0.14, cream, foot=0.5, wall=0.026).at(-0.55, 0.25 + 0.05 * k, 0.66)
        for k in range(2)
    ]
    return Scene(
        [case, lid, ribbon, tag, *plates, *bowls, *dishes],
        ground("cfb9a8"), look=(0, 0.36, -0.05), distance=10, height=27, angle=22.5,
    )  # fmt: skip


SCENES = {"YX22": gift_box, "YX23": tray, "YX24": chopsticks}
