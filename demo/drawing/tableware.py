"""Bowls, plates, dishes and cups: one scene for each."""

from __future__ import annotations

import numpy as np

from drawing.forms import (
    BRICK,
    CELADON,
    CREAM,
    MIST,
    bowl,
    chopstick,
    cup,
    ear,
    liquid,
    plate,
    porcelain,
    stoneware,
    stretched,
)  # fmt: skip
from drawing.light import Scene
from drawing.paint import Brushwork, ground, painted
from drawing.space import (
    Material,
    Points,
    Scalars,
    Shape,
    bake,
    carved,
    curve,
    joined,
    rod,
    slab,
    turned,
)


def rice_bowl() -> Scene:
    cream = porcelain(CREAM, rim="b08a5e", height=0.62)
    green = porcelain(CELADON, rim="dcdcc8", height=0.62)
    return Scene(
        [bowl(0.575, 0.62, cream).at(-0.42, 0, 0.34), bowl(0.575, 0.62, green).at(0.56, 0, -0.42)],
        ground("d9d2c4"), look=(0.06, 0.3, 0), distance=7.6, height=29, angle=21,
    )  # fmt: skip


def fish_bowl() -> Scene:
    brush = Brushwork(2048, 250, seed=4)
    for x, flip in ((120, 1), (470, 1), (820, -1), (1160, 1), (1510, 1), (1850, -1)):
        _fish(brush, x, 118 + 14 * (x % 3), flip)
    for y, half in ((16, 3.2), (27, 1.2), (236, 2.0)):
        brush.stroke([(k * 64, y + np.sin(k) * 0.8) for k in range(33)], [half] * 3, 0.8)
    for x in range(60, 2048, 207):
        for k in range(3):
            brush.stroke(
                [(x + k * 9, 226), (x + k * 12 - 6, 205), (x + k * 16 - 10, 184 + k * 6)],
                [2.6, 2.2, 0.6], 0.6,
            )  # fmt: skip
    under = porcelain("efeee8")
    glazed = painted(under, brush.sheet(), "25407c", 0.2, 0.78)
    return Scene(
        [bowl(0.9, 0.78, glazed, foot=0.42, belly=0.92).at(0, 0, 0, turn=52)],
        ground("c9d0d3"), look=(0, 0.33, 0), distance=7.6, height=23, angle=18.5,
    )  # fmt: skip


def _fish(brush: Brushwork, x: float, y: float, flip: int) -> None:
    def at(*spots: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + flip * a * 1.2, y + b * 1.2) for a, b in spots]

    brush.stroke(at((-88, 4), (-50, -20), (0, -26), (46, -12), (78, 2)), [2, 9, 10, 6, 2.5], 0.85)
    brush.stroke(at((-88, 6), (-46, 22), (6, 24), (50, 12), (78, 4)), [1.6, 2.4, 2.2, 2, 1.6], 0.75)
    brush.stroke(at((76, 2), (98, -16), (124, -30)), [3, 7, 1], 0.9)
    brush.stroke(at((76, 4), (100, 14), (120, 30)), [3, 6, 1], 0.85)
    brush.stroke(at((-14, -28), (6, -46), (34, -34)), [2, 5, 1], 0.7)
    brush.stroke(at((-6, 24), (6, 40), (24, 44)), [2, 4.5, 1], 0.7)
    brush.stroke(at((-52, -14), (-44, 2), (-52, 18)), [1.6, 2.4, 1.4], 0.8)
    brush.stroke(at((-70, -3), (-69, -3)), [4.2, 4.2], 1.0)
    for k in range(4):
        brush.stroke(
            at((-24 + 20 * k, -6), (-18 + 20 * k, 2), (-24 + 20 * k, 10)), [1.2, 1.9, 1.1], 0.55
        )


def begonia_plates() -> Scene:
    cream = porcelain(CREAM, rim="b79a70", height=0.185, width=0.007)
    green = porcelain(CELADON, rim="dedfcd", height=0.165, width=0.007)
    return Scene(
        [
            plate(1.15, 0.185, cream, lobes=5, depth=0.09).at(-0.1, 0, 0.05, turn=12),
            plate(0.84, 0.165, green, lobes=5, depth=0.09).at(0.1, 0.10, 0.02, turn=40),
        ],
        ground("cfc3b4"), look=(0, 0.08, 0), distance=8.2, height=44, angle=20.5,
    )  # fmt: skip


def fish_plate() -> Scene:
    glazed = porcelain("b4c8c0", rim="e3e6da", height=0.2, width=0.008)
    oval = stretched(plate(0.74, 0.2, glazed), 1.95).at(0, 0, -0.05, turn=14)
    sticks = [
        chopstick((-1.15, 0.13, 1.02), (0.75, 0.05, 0.86)),
        chopstick((-1.13, 0.13, 1.17), (0.77, 0.05, 0.98)),
    ]
    rest = rod((-0.02, 0.06, 0.8), (0.04, 0.06, 1.12), 0.06, 0.06, porcelain(CREAM))
    return Scene(
        [oval, rest, *(stick.at(0, 0.03, 0) for stick in sticks)],
        ground("c6b4a0"), look=(-0.05, 0.05, 0.22), distance=8.6, height=47, angle=22.5,
    )  # fmt: skip


def soup_bowl() -> Scene:
    cream = porcelain("efe8d8", rim="c4a67c", height=0.96)
    spoon = ladle(porcelain("efe8d8")).at(1.04, 0, 0.84, turn=-128)
    return Scene(
        [bowl(1.16, 0.96, cream, foot=0.4, lobes=10, depth=0.075, belly=0.9), spoon],
        ground("b8a999"), look=(0.2, 0.36, 0.2), distance=9.2, height=31, angle=21,
    )  # fmt: skip


def ladle(material: Material) -> Shape:
    """A long-handled ladle lying on the table, its bowl at the origin."""
    line = curve([(0, 0.03), (0.14, 0.045), (0.24, 0.12), (0.27, 0.19)])
    scoop = turned(bake(line, 0.022), material, 0.27, 0.19)
    handle = rod((0.25, 0.185, 0), (1.12, 0.11, 0), 0.036, 0.05, material)
    whole = joined(scoop, handle, blend=0.05)
    return Shape(whole.distance, (0.45, 0.12, 0), 0.8, material)


def mugs() -> Scene:
    white = mug(stoneware("e6dccb", 0.16, rim="b89e7e", height=0.92))
    moss = mug(stoneware("76806a", 0.08, rim="9c8f6d", height=0.92))
    return Scene(
        [
            white.at(-0.4, 0, 0.42, turn=28), liquid(0.37, 0.78, "4a2c17").at(-0.4, 0, 0.42),
            moss.at(0.55, 0, -0.4, turn=-18),
        ],
        ground("cdbfae"), look=(0.12, 0.44, 0), distance=8.4, height=26, angle=19.5,
    )  # fmt: skip


def mug(material: Material) -> Shape:
    body = cup(0.42, 0.92, material, taper=0.93, wall=0.034)
    handle = ear(
        [(0.4, 0.72), (0.58, 0.76), (0.72, 0.62), (0.68, 0.38), (0.41, 0.26)], 0.048, material, 1.35
    )
    hollow = turned(
        bake(np.array([[0.0, 0.12], [0.36, 0.12], [0.385, 1.2], [0, 1.2]]), 0, True),
        material,
        0.4,
        1,
    )
    whole = carved(joined(body, handle, blend=0.06), hollow)
    return Shape(whole.distance, (0.12, 0.46, 0), 0.85, material)


def infuser_cup() -> Scene:
    cream, green = porcelain("f0ebe0"), porcelain(CELADON, rim="dfe2d2", height=1.12)
    closed = cup(0.44, 1.12, green, taper=0.92, wall=0.032)
    lid = _cup_lid(0.455, green).at(-0.4, 1.12, 0.1)
    strainer = cup(0.36, 0.72, cream, taper=0.86, wall=0.024)
    holes = [
        rod(
            (0, 0.16 + 0.12 * row, 0),
            (np.cos(a) * 0.6, 0.16 + 0.12 * row, np.sin(a) * 0.6),
            0.016,
            0.016,
            cream,
        )
        for row in range(3)
        for a in np.radians(np.arange(row * 10, 180, 20))
    ]
    sieve = strainer
    for hole in holes:
        sieve = carved(sieve, hole)
    rim = turned(bake(np.array([[0.37, 0.7], [0.44, 0.72]]), 0.024), cream, 0.46, 0.74)
    return Scene(
        [
            closed.at(-0.4, 0, 0.1), lid, joined(sieve, rim, blend=0.02).at(0.58, 0, 0.3),
            _cup_handle(green).at(-0.4, 0, 0.1, turn=-150),
        ],
        ground("d3c9ba"), look=(0.02, 0.55, 0.1), distance=9.2, height=22, angle=18.5,
    )  # fmt: skip


def _cup_handle(material: Material) -> Shape:
    return ear(
        [(0.43, 0.86), (0.62, 0.86), (0.74, 0.68), (0.66, 0.42), (0.42, 0.34)], 0.045, material
    )


def _cup_lid(radius: float, material: Material) -> Shape:
    dome = turned(
        bake(
            curve([(0, 0.1), (radius * 0.5, 0.085), (radius * 0.9, 0.03), (radius, 0.005)]), 0.026
        ),
        material,
        radius,
        0.12,
    )
    knob = turned(
        bake(curve([(0, 0.2), (0.05, 0.2), (0.075, 0.17), (0.05, 0.12), (0.05, 0.09)]), 0.025),
        material,
        0.1,
        0.24,
    )
    whole = joined(dome, knob, blend=0.03)
    return Shape(whole.distance, (0, 0.1, 0), radius + 0.1, material)


def four_dishes() -> Scene:
    colours = (CREAM, CELADON, BRICK, MIST)
    places = ((-0.62, 0, -0.5), (0.52, 0, -0.62), (-0.5, 0, 0.6), (0.64, 0, 0.5))
    dishes = [
        bowl(
            0.5, 0.21, porcelain(c, rim="e4d8c2", height=0.21), foot=0.5, wall=0.03, belly=0.95
        ).at(*where)
        for c, where in zip(colours, places, strict=True)
    ]
    return Scene(dishes, ground("d6cdbf"), look=(0.02, 0.05, 0), distance=8, height=50, angle=19.5)


def gratin_dishes() -> Scene:
    def dish(colour: str) -> Shape:
        material = porcelain(colour, rim="8a4a33" if colour == BRICK else "d9c6a6", height=0.44)
        line = curve([(0, 0.05), (0.46, 0.05), (0.53, 0.12), (0.57, 0.3), (0.585, 0.44)])
        body = stretched(turned(bake(line, 0.036), material, 0.6, 0.46), 1.3)
        loop = bake(curve([(-0.17, 0), (-0.13, 0.13), (0, 0.17), (0.13, 0.13), (0.17, 0)]))
        shapes = [body]
        for hand in (-1, 1):
            tab = _tab(loop, material).at(hand * 0.75, 0.385, 0, turn=90 * hand)
            shapes.append(tab)
        whole = joined(*shapes, blend=0.06)
        return Shape(whole.distance, (0, 0.22, 0), 1.02, body.material)

    return Scene(
        [dish(BRICK).at(-0.3, 0, 0.62, turn=16), dish("efe3c8").at(0.34, 0, -0.68, turn=16)],
        ground("cbb9a4"), look=(0.04, 0.16, 0), distance=8.6, height=38, angle=21,
    )  # fmt: skip


def _tab(loop: object, material: Material) -> Shape:
    def distance(p: Points) -> Scalars:
        away = loop(p[:, 0], p[:, 2])  # type: ignore[operator]
        return (np.hypot(away, p[:, 1]) - 0.042).astype(np.float32)

    return Shape(distance, (0, 0, 0.08), 0.32, material)


def bear_plate() -> Scene:
    angle = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    head = np.stack([np.cos(angle) * 0.98, np.sin(angle) * 0.86], axis=1)
    material = _bear_glaze()
    body = slab(bake(head, 0, True, step=0.012), 0.27, 0.09, material, 1.1)
    ears = [
        slab(
            bake(np.stack([np.cos(angle) * 0.3, np.sin(angle) * 0.3], axis=1), 0, True, step=0.01),
            0.25,
            0.09,
            material,
            0.4,
        ).at(hand * 0.72, 0, -0.7)
        for hand in (-1, 1)
    ]
    whole = joined(body, *ears, blend=0.06)
    wells = [
        _well(_half(), material), _well(_quarter(-1), material), _well(_quarter(1), material),
        *(_well(_round(0.15, hand * 0.735, -0.725), material, 0.15) for hand in (-1, 1)),
    ]  # fmt: skip
    for well in wells:
        whole = carved(whole, well)
    shape = Shape(whole.distance, (0, 0.1, -0.1), 1.3, material)
    return Scene(
        [shape], ground("bfd0d6"), look=(0, 0.05, -0.06), distance=8.2, height=58, angle=20.5
    )


def _half() -> np.ndarray:
    """The big lower compartment."""
    a = np.linspace(np.radians(8), np.radians(172), 70)
    return np.stack([np.cos(a) * 0.84, 0.02 + np.sin(a) * 0.7], axis=1)


def _round(radius: float, x: float, z: float) -> np.ndarray:
    a = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    return np.stack([np.cos(a) * radius + x, np.sin(a) * radius + z], axis=1)


def _quarter(hand: int) -> np.ndarray:
    """One of the two upper ones."""
    a = np.linspace(np.radians(183), np.radians(264), 40)
    arc = np.stack([np.cos(a) * 0.84, np.sin(a) * 0.72], axis=1)
    corner = np.array([[-0.055, -0.06], [-0.8, -0.06]])
    spots = np.concatenate([arc, corner])
    return spots if hand < 0 else spots * [-1, 1]


def _well(outline: np.ndarray, material: Material, floor: float = 0.08) -> Shape:
    shape = slab(bake(outline, 0, True, step=0.01), 0.5, 0.07, material, 1.1)
    return shape.at(0, floor, 0)


def _bear_glaze() -> Material:
    under = porcelain("f0d9a4")
    brush = Brushwork(1024, 1024, seed=2)
    for x in (-0.3, 0.3):
        brush.stroke(
            [(512 + x * 394, 512 + 0.22 * 394), (513 + x * 394, 512 + 0.22 * 394)], [17, 17], 0.95
        )
    nose = 512 + 0.36 * 394
    brush.stroke([(500, nose), (524, nose)], [15, 15], 0.95)
    brush.stroke([(512, nose + 10), (512, nose + 34), (484, nose + 48)], [4, 5, 3], 0.9)
    brush.stroke([(512, nose + 34), (540, nose + 48)], [5, 3], 0.9)
    return painted(under, brush.sheet(), "5b4130", -1.0, 1.3, inside=True)


SCENES = {
    "YX01": rice_bowl, "YX02": fish_bowl, "YX03": begonia_plates, "YX04": fish_plate,
    "YX05": soup_bowl, "YX06": mugs, "YX07": infuser_cup, "YX08": four_dishes,
    "YX09": gratin_dishes, "YX16": bear_plate,
}  # fmt: skip
