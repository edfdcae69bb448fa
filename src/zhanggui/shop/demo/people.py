"""The demo shop's buyers: invented, and masked the way the platform's exports are."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_HEADS = (
    "慢慢", "半糖", "山里", "屋檐下", "小巷", "冬至", "青梅", "麦田", "夜雨", "南风", "苔藓",
    "橘子", "周末", "灶台边", "晴天", "雾里", "阿婆家", "一颗", "两只", "三分甜", "树下", "海边",
    "云上", "窗台", "陶土", "白粥", "清汤", "豆沙", "芝麻", "桂花", "柚子", "芦苇", "石榴",
    "小满", "谷雨", "立秋", "初雪", "松果", "薄荷", "番茄", "不加班的", "爱喝汤的", "早起的",
    "种花的", "养猫的",
)  # fmt: skip
_TAILS = (
    "小碗", "阿岩", "柿子", "馄饨", "年糕", "老孟", "小蔡", "芦花", "青豆", "土豆", "小熊",
    "阿棉", "茶客", "木匠", "邻居", "猫", "麻雀", "小鹿", "团子", "米线", "栗子", "小鱼", "风铃",
    "灯", "厨娘", "书签", "拾荒者", "散步人", "三姐", "阿树", "豆芽", "汤圆", "小舟", "竹子",
    "萝卜", "阿宁", "瓦片", "蜗牛", "鸽子", "向日葵", "小院", "饭团", "泥巴", "月亮", "阿禾",
)  # fmt: skip
_ENDS = ("", "", "", "呀", "_", "88", "2号", "同学", "要吃饱", "在路上", "不在家", "和碗", "酱")
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高梁郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余"

PLACES: tuple[tuple[str, str, str, int, float], ...] = (
    ("浙江省", "杭州", "西湖区", 2, 7.0), ("浙江省", "宁波", "鄞州区", 2, 3.4),
    ("江苏省", "南京", "鼓楼区", 2, 5.2), ("江苏省", "苏州", "姑苏区", 2, 5.0),
    ("上海", "上海", "徐汇区", 2, 8.2), ("江西省", "南昌", "红谷滩区", 2, 2.6),
    ("安徽省", "合肥", "蜀山区", 2, 2.8), ("广东省", "广州", "天河区", 3, 6.4),
    ("广东省", "深圳", "南山区", 3, 6.6), ("广东省", "佛山", "禅城区", 3, 2.6),
    ("福建省", "厦门", "思明区", 3, 2.8), ("福建省", "福州", "鼓楼区", 3, 2.3),
    ("湖北省", "武汉", "武昌区", 3, 4.4), ("湖南省", "长沙", "岳麓区", 3, 3.8),
    ("四川省", "成都", "青羊区", 4, 6.2), ("重庆", "重庆", "渝中区", 4, 3.8),
    ("北京", "北京", "朝阳区", 3, 7.4), ("天津", "天津", "和平区", 3, 2.2),
    ("山东省", "青岛", "市南区", 3, 2.8), ("山东省", "济南", "历下区", 3, 2.6),
    ("河南省", "郑州", "金水区", 3, 3.4), ("陕西省", "西安", "雁塔区", 4, 3.4),
    ("山西省", "太原", "小店区", 4, 1.6), ("河北省", "石家庄", "裕华区", 3, 2.0),
    ("辽宁省", "沈阳", "和平区", 5, 2.2), ("黑龙江省", "哈尔滨", "南岗区", 5, 1.6),
    ("云南省", "昆明", "五华区", 4, 2.0), ("贵州省", "贵阳", "云岩区", 4, 1.4),
    ("广西壮族自治区", "南宁", "青秀区", 4, 1.6), ("甘肃省", "兰州", "城关区", 5, 1.0),
    ("海南省", "海口", "龙华区", 5, 0.9), ("新疆维吾尔自治区", "乌鲁木齐", "天山区", 8, 0.6),
    ("西藏自治区", "拉萨", "城关区", 9, 0.2),
)  # fmt: skip
"""Province, city, district, days on the road and how many of a hundred buyers live there."""

_REMOTE = ("新疆维吾尔自治区", "西藏自治区")


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer; `number` is theirs for life, `appetite` says how often they come back."""

    number: int
    nick: str
    name: str
    phone: str
    address: str
    city: str
    days_on_road: int
    remote: bool
    appetite: float
    gifts: bool


def make_buyers(rng: Random, count: int) -> list[Buyer]:
    """`count` buyers with distinct nicks. No name, phone or address is whole."""
    weights = [place[4] for place in PLACES]
    nicks: dict[str, None] = {}
    while len(nicks) < count:
        nick = rng.choice(_HEADS) + rng.choice(_TAILS) + rng.choice(_ENDS)
        nicks.setdefault(nick)
    buyers = []
    for number, nick in enumerate(nicks):
        province, city, district, days, _ = rng.choices(PLACES, weights)[0]
        whole = f"{city}市" if province == city else f"{province}{city}市"
        buyers.append(
            Buyer(
                number=number,
                nick=nick,
                name=rng.choice(_SURNAMES) + rng.choice(("*", "**")),
                phone=f"1{rng.choice('35789')}{rng.randrange(10)}****{rng.randrange(10000):04d}",
                address=f"{whole}{district}****",
                city=city,
                days_on_road=days,
                remote=province in _REMOTE,
                appetite=rng.gammavariate(0.75, 1.0) + 0.05,
                gifts=rng.random() < 0.18,
            )
        )
    return buyers
