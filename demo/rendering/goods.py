"""The products of the demo shop's light box: form, surface and facts of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from demo.rendering import surfaces
from demo.rendering.forms import block, curve, lathe, sheet, sweep
from demo.rendering.scene import Part, Shot, coat


@dataclass(frozen=True)
class Good:
    """A product: how it is built, how it is photographed, and what the shop knows of it."""

    sku: str
    build: Callable[[np.random.Generator], list[Part]]
    shot: Shot
    facts: dict[str, Any]


GLASS = {"type": "dielectric", "int_ior": 1.5}


def _mug(rng: np.random.Generator) -> list[Part]:
    outer = curve([(0, 0.25), (2.6, 0.25), (2.85, 0), (3.1, 0.05), (3.75, 0.9), (4.05, 3), (4.1, 6),
                   (4.12, 8.6), (4.08, 8.95), (3.92, 9.02)], 160)  # fmt: skip
    inner = curve(
        [(3.92, 9.02), (3.78, 8.9), (3.75, 8), (3.7, 3), (3.3, 0.9), (2.2, 0.5), (0, 0.45)], 120
    )
    blue = surfaces.glaze(rng, (0.23, 0.36, 0.47), (1024, 2048), specks=0.9, foot=0.3,
                          foot_colour=(0.78, 0.68, 0.56))  # fmt: skip
    blue = surfaces.printed(blue, [("山 野", 110, 0.5, 0.3), ("SHANYE POTTERY", 28, 0.5, 0.385)],
                            (0.93, 0.9, 0.82), serif=True)  # fmt: skip
    cream = surfaces.glaze(rng, (0.9, 0.87, 0.8), specks=0.5)
    loop = curve(
        [(3.7, 7.6, 0), (5.2, 7.9, 0), (6.5, 6.9, 0), (6.6, 5, 0), (5.6, 3.2, 0), (3.8, 2.6, 0)], 90
    )
    width = 0.55 + 0.12 * np.abs(np.linspace(-1, 1, 90)) ** 2
    return [
        Part(lathe(outer).turned(180), coat(blue, 0.22, clearcoat=0.6)),
        Part(lathe(inner), coat(cream, 0.22, clearcoat=0.6)),
        Part(sweep(loop, width, flat=0.75), coat((0.23, 0.36, 0.47), 0.22, clearcoat=0.6)),
    ]


def _thermos(rng: np.random.Generator) -> list[Part]:
    body = curve(
        [
            (0, 0.1),
            (3.1, 0.1),
            (3.35, 0.35),
            (3.4, 1),
            (3.4, 9),
            (3.4, 15.4),
            (3.35, 16.4),
            (2.75, 17.6),
            (2.6, 18),
        ],
        200,
    )
    paint = surfaces.glaze(rng, (0.33, 0.41, 0.33), (1024, 2048))
    paint = surfaces.printed(paint, [("FARGO", 96, 0.5, 0.42), ("远行 · 500ml", 40, 0.5, 0.49),
                                     ("KEEP WARM 12H", 26, 0.5, 0.8)], (0.9, 0.92,
                                     0.88))  # fmt: skip
    ring = curve([(2.62, 17.95), (2.72, 18.0), (2.72, 18.4), (2.62, 18.45)], 30)
    cap = curve(
        [
            (2.6, 18.45),
            (2.95, 18.5),
            (3.02, 18.8),
            (3.0, 22.3),
            (2.85, 22.85),
            (2.3, 23.0),
            (0, 23.0),
        ],
        120,
    )
    strap = curve([(0, 21.6, 2.98), (1.7, 22.6, 3.4), (2.1, 24.8, 2.2), (0.3, 26, 0), (-2.1,
        24.8, -2.2),
                   (-1.7, 22.6, -3.4), (0, 21.6, -2.98)], 140)  # fmt: skip
    steel = {"type": "roughconductor", "material": "none", "alpha": 0.18,
             "specular_reflectance": {"type": "rgb", "value": [0.72, 0.72, 0.71]}}  # fmt: skip
    return [
        Part(lathe(body).turned(180), coat(paint, 0.5)),
        Part(lathe(ring), steel),
        Part(lathe(cap), coat((0.12, 0.13, 0.13), 0.45)),
        Part(sweep(strap, 0.42, flat=0.3), coat((0.55, 0.38, 0.24), 0.7)),
    ]


def _tumbler(rng: np.random.Generator) -> list[Part]:
    profile = curve([(0, 0.12), (2.6, 0.12), (2.85, 0), (3.1, 0.15), (3.25, 0.8), (3.7, 6), (4.0,
        11.2), (4.0, 11.45),
                     (3.86, 11.5), (3.76, 11.35), (3.45, 6), (3.05, 1.7), (2.7, 1.25), (1.6,
                     1.1), (0, 1.1)], 260)  # fmt: skip
    form = lathe(profile, 240)

    def facets(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        angle = np.arctan2(points[:, 0], points[:, 2])
        radius = np.hypot(points[:, 0], points[:, 2])
        outside = np.clip((radius - 2.9 - 0.08 * points[:, 1]) / 0.1, 0, 1)
        rise = np.clip((points[:, 1] - 0.6) / 0.8, 0, 1) * np.clip((7.2 - points[:, 1]) / 1.4, 0, 1)
        dent = 1 - 0.035 * outside * rise * (0.5 - 0.5 * np.cos(angle * 14))
        return points * np.stack([dent, np.ones_like(dent), dent], axis=1)

    return [Part(form.bent(facets), GLASS)]


def _vase(rng: np.random.Generator) -> list[Part]:
    profile = curve([(0, 0.2), (3.2, 0.2), (3.5, 0), (3.8, 0.3), (5.2, 4), (6.6, 9), (6.3, 14),
        (4, 18.4), (2.3, 21.5),
                     (2.05, 24.5), (2.6, 27), (3.35, 28.2), (3.3, 28.4), (2.9, 28.1), (2.1,
                     26.4), (1.75, 24), (1.9, 21.5)], 260)  # fmt: skip
    return [Part(lathe(profile, 220), coat((0.955, 0.955, 0.945), 0.16, clearcoat=0.8))]


def _teapot(rng: np.random.Generator) -> list[Part]:
    celadon = (0.62, 0.72, 0.62)
    body = curve(
        [
            (0, 0.3),
            (3.6, 0.3),
            (3.9, 0),
            (4.3, 0.3),
            (6.4, 3),
            (7.2, 5.6),
            (6.6, 8.4),
            (4.6, 10.2),
            (3.3, 10.7),
            (3.1, 10.6),
        ],
        180,
    )
    lid = curve(
        [
            (3.35, 10.62),
            (3.3, 10.9),
            (2.4, 11.6),
            (1.0, 12.1),
            (0.55, 12.5),
            (0.6, 12.8),
            (1.0, 13.3),
            (0.8, 13.9),
            (0, 14.1),
        ],
        120,
    )
    spout = curve(
        [(5.6, 4.4, 0), (8.0, 5.2, 0), (9.3, 7.2, 0), (10.1, 9.2, 0), (11.2, 10.2, 0)], 70
    )
    glaze = surfaces.glaze(rng, celadon, (1024, 2048), specks=0.35)
    glaze = surfaces.printed(glaze, [("清 欢", 130, 0.5, 0.5)], (0.32, 0.42, 0.34), serif=True)
    wire = curve([(-5.2, 9.6, 0), (-6.2, 11.5, 0), (-5.6, 15.6, 0), (-2.6, 18.8, 0), (0, 19.6,
        0), (2.6, 18.8, 0),
                  (5.6, 15.6, 0), (6.2, 11.5, 0), (5.2, 9.6, 0)], 160)  # fmt: skip
    brass = {"type": "roughconductor", "alpha": 0.2, "material": "none",
             "specular_reflectance": {"type": "rgb", "value": [0.62, 0.47, 0.26]}}  # fmt: skip
    return [
        Part(lathe(body).turned(180), coat(glaze, 0.2, clearcoat=0.7)),
        Part(lathe(lid), coat(celadon, 0.2, clearcoat=0.7)),
        Part(sweep(spout, np.linspace(1.5, 0.62, 70)), coat(celadon, 0.2, clearcoat=0.7)),
        Part(sweep(wire, 0.17), brass),
        *(Part(sweep(curve([(s * 4.7, 9.2, 0), (s * 5.4, 9.9, 0), (s * 5.3, 9.3, 0)], 20), 0.3),
            coat(celadon, 0.25))
          for s in (-1, 1)),
    ]  # fmt: skip


def _lamp(rng: np.random.Generator) -> list[Part]:
    oak = surfaces.wood(rng, (0.76, 0.58, 0.38))
    base = curve([(0, 0), (7.6, 0), (7.9, 0.25), (7.9, 1.7), (7.6, 2.0), (0, 2.0)], 60)
    brass = {"type": "roughconductor", "alpha": 0.16, "material": "none",
             "specular_reflectance": {"type": "rgb", "value": [0.8, 0.62, 0.34]}}  # fmt: skip
    stem = curve(
        [
            (0, 1.5, 0),
            (0, 20, 0),
            (0.6, 31, 0),
            (3.6, 36.5, 0),
            (8.2, 37.3, 0),
            (11, 34.4, 0),
            (11.2, 32.4, 0),
        ],
        160,
    )
    shade = curve(
        [
            (1.2, 32.4),
            (2.6, 31.9),
            (4.4, 29.6),
            (6.9, 24.6),
            (6.8, 24.5),
            (4.2, 29.4),
            (2.3, 31.4),
            (0.2, 31.8),
        ],
        110,
    )
    green = surfaces.glaze(rng, (0.2, 0.34, 0.3))
    cable = curve(
        [
            (-6.5, 0.35, -3.2),
            (-9.5, 0.25, -4.5),
            (-11.5, 0.25, -1.5),
            (-9.6, 0.25, 2.5),
            (-11.5, 0.25, 6),
        ],
        120,
    )
    bulb = curve([(0, 25.3), (1.6, 26), (2.2, 27.4), (1.7, 29), (0.9, 30.2), (0.8, 31.5)], 40)
    return [
        Part(lathe(base).printed_along((0, 2)), coat(oak, 0.45)),
        Part(sweep(stem, 0.28, segments=20), brass),
        Part(lathe(shade).moved(11.2 - 0.2, 0, 0), coat(green, 0.38)),
        Part(lathe(bulb).moved(11, 0, 0), coat((0.97, 0.95, 0.9), 0.3)),
        Part(sweep(cable, 0.2, segments=14), coat((0.1, 0.1, 0.1), 0.5)),
        Part(lathe(curve([(0, 2), (0.9, 2), (0.9, 2.6), (0.3, 2.9)], 24)), brass),
    ]


def _serum(rng: np.random.Generator) -> list[Part]:
    bottle = curve(
        [
            (0, 0.1),
            (2.0, 0.1),
            (2.25, 0),
            (2.45, 0.25),
            (2.5, 0.9),
            (2.5, 6.6),
            (2.35, 7.3),
            (1.5, 7.9),
            (1.15, 8.1),
            (1.15, 8.6),
        ],
        160,
    )
    amber = surfaces.glaze(rng, (0.45, 0.24, 0.11), (1024, 2048))
    tag = amber.copy()
    tag[380:860, 640:1408] = (240, 234, 222)
    tag = surfaces.printed(tag, [("HUAYU", 92, 0.5, 0.45), ("烟酰胺精华液", 62, 0.5, 0.55),
        ("Niacinamide Serum", 36, 0.5, 0.62),
                                 ("净含量 30ml", 40, 0.5, 0.76)], (0.22, 0.17, 0.13),
                                 serif=True)  # fmt: skip
    gold = {"type": "roughconductor", "alpha": 0.14, "material": "none",
            "specular_reflectance": {"type": "rgb", "value": [0.86, 0.68, 0.44]}}  # fmt: skip
    collar = curve(
        [(1.2, 8.3), (1.45, 8.35), (1.5, 8.6), (1.5, 9.9), (1.4, 10.05), (0.8, 10.1)], 50
    )
    ball = curve(
        [
            (0.75, 10.05),
            (0.8, 10.6),
            (1.0, 11.4),
            (1.02, 12.2),
            (0.85, 13.1),
            (0.45, 13.6),
            (0, 13.7),
        ],
        60,
    )
    return [
        Part(lathe(bottle).turned(180), coat(tag, 0.18, clearcoat=0.9)),
        Part(lathe(collar), gold),
        Part(lathe(ball), coat((0.13, 0.12, 0.12), 0.55)),
    ]


def _bag(rng: np.random.Generator) -> list[Part]:
    def slouch(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        up = np.clip(points[:, 1] / 19, 0, 1)
        narrow = 1 - 0.13 * up**1.5
        thin = 1 - 0.5 * up**1.6
        bulge = 0.35 * np.sin(points[:, 0] * 0.5 + 1) * np.sin(up * np.pi)
        return np.stack([points[:, 0] * narrow, points[:, 1], points[:, 2] * thin + bulge], axis=1)

    grain = surfaces.clouds(rng, 1024, 2048, 5) * 0.5 + surfaces.clouds(rng, 1024, 2048, 9) * 0.5
    leather = np.clip(np.array([176, 98, 60]) * (1 + 0.055 * grain[..., None]), 0, 255).astype(
        np.uint8
    )
    body = block(27, 19, 11, 7, 140).bent(slouch)
    flap_x, flap_t = np.meshgrid(np.linspace(-11.4, 11.4, 80), np.linspace(0, 1, 60))
    drop = 10.2 - 0.03 * np.abs(flap_x / 11.4) ** 6 * 60
    flap = np.stack([flap_x, 18.4 - flap_t * drop + 0.9 * np.sin(np.pi * np.clip(flap_t * 3, 0,
        0.5)),
                     0.2 + 5.6 * np.clip(flap_t * 1.25, 0,
                         1) ** 0.4 - 0.75 * (flap_x / 11.4) ** 2 * flap_t], axis=-1)  # fmt: skip
    strap = curve(
        [
            (-10.6, 17.2, 0.3),
            (-11.2, 20, 0.3),
            (-8.4, 27, 0.2),
            (0, 31, 0),
            (8.4, 27, 0.2),
            (11.2, 20, 0.3),
            (10.6, 17.2, 0.3),
        ],
        140,
    )
    gold = {"type": "roughconductor", "alpha": 0.2, "material": "none",
            "specular_reflectance": {"type": "rgb", "value": [0.85, 0.68, 0.4]}}  # fmt: skip
    dark = np.clip(leather * 0.82, 0, 255).astype(np.uint8)
    return [
        Part(body.printed_along((0, 1)), coat(leather, 0.5, clearcoat=0.1)),
        Part(sheet(flap), coat(dark, 0.5, clearcoat=0.1)),
        Part(sweep(strap, 0.62, flat=0.35), coat(dark, 0.5)),
        Part(block(2.6, 1.7, 0.8, 6, 40).moved(0, 7.6, 5.7), gold),
        *(Part(lathe(curve([(0, 0), (0.75, 0), (0.8, 0.25), (0.5, 0.4), (0, 0.4)],
            20)).turned(90, "x").moved(s * 10.5, 16.9, 1.7), gold)
          for s in (-1, 1)),
    ]  # fmt: skip


def _facts(
    sku: str,
    title: str,
    category: str,
    brand: str,
    price_fen: int,
    points: tuple[str, ...],
    **attributes: str,
) -> dict[str, Any]:
    return {"product_id": sku, "title": title, "category": category, "brand": brand,
        "price_fen": price_fen,
            "attributes": attributes, "points": list(points)}  # fmt: skip


GOODS = {
    good.sku: good
    for good in (
        Good("mug", _mug, Shot(9, 6.8), _facts(
            "mug", "山野粗陶马克杯 手作陶瓷咖啡杯 350ml", "马克杯", "山野", 6900,
            ("一杯一色，釉面自然流淌", "杯口收圆，入口顺滑", "可进洗碗机与微波炉"),
            材质="陶瓷", 容量="350ml", 颜色="雾蓝", 工艺="手工上釉", 口径="8.2cm", 高度="9cm")),
        Good("vase", _vase, Shot(28.4, 7, pitch=9), _facts(
            "vase", "素胚白瓷花瓶 中式客厅插花摆件", "花瓶", "白舍", 15800,
            ("高温白瓷，胎薄釉润", "长颈收口，三五枝就好看"),
            材质="白瓷", 颜色="白色", 高度="28.4cm", 瓶口直径="6.7cm")),
        Good("tumbler", _tumbler, Shot(11.5, 4.2, pitch=10), _facts(
            "tumbler", "棱面玻璃水杯 加厚杯底 320ml", "玻璃杯", "清野", 3900,
            ("十四道棱面，握感稳", "杯底加厚，不易倾倒"),
            材质="钠钙玻璃", 容量="320ml", 颜色="透明", 高度="11.5cm")),
        Good("teapot", _teapot, Shot(19.7, 11.4, pitch=11), _facts(
            "teapot", "青瓷提梁壶 家用泡茶壶 900ml", "茶壶", "清欢", 26800,
            ("黄铜细提梁，轻而稳", "出水利落，断水干净", "内置滤孔"),
            材质="青瓷", 提梁="黄铜", 容量="900ml", 颜色="梅子青")),
        Good("thermos", _thermos, Shot(26, 4.4, pitch=8), _facts(
            "thermos", "远行不锈钢保温杯 500ml 便携带提绳", "保温杯", "FARGO", 12900,
            ("316 不锈钢内胆", "杯盖带提绳", "单手可握的 6.8cm 杯身"),
            材质="316不锈钢", 容量="500ml", 颜色="橄榄绿", 保温时长="12小时")),
        Good("lamp", _lamp, Shot(37.5, 17.5, pitch=9), _facts(
            "lamp", "橡木黄铜台灯 卧室床头阅读灯", "台灯", "木光", 32900,
            ("橡木底座，黄铜灯杆", "灯罩向下，不刺眼", "E27 灯头，灯泡好换"),
            材质="橡木、黄铜", 颜色="墨绿", 高度="37.5cm", 电压="220V", 灯头="E27")),
        Good("serum", _serum, Shot(13.7, 3, pitch=7), _facts(
            "serum", "花屿烟酰胺精华液 30ml", "面部精华", "花屿", 19800,
            ("滴管取量，一滴一用", "琥珀瓶避光"),
            净含量="30ml", 主要成分="烟酰胺", 适用肤质="各种肤质", 保质期="3年")),
        Good("bag", _bag, Shot(31.5, 14, pitch=12), _facts(
            "bag", "头层牛皮手提包 通勤单肩包", "女包", "拾野", 59900,
            ("头层牛皮，荔枝纹", "翻盖磁扣，一推即开", "可手提可单肩"),
            材质="头层牛皮", 颜色="焦糖色", 尺寸="27×19×11cm")),
    )
}  # fmt: skip
