"""Words of the language by which a wording is held against a draft: promises, deeds, days, hedges,
who pays, where else to turn. None is of a trade or a shop.
"""

from __future__ import annotations

import re

_UNIT = (
    r"个?(?:工作日|自然日|小时|钟头|分钟|星期|礼拜|月|天|日|周|年|季|元|块|件|折|倍|成|斤|克|米|号|位"
    r"|人|次|单|%)"
)
VAGUE = re.compile(
    rf"[零一二两三四五六七八九十百千万几数\d]*[一二两三四五六七八九十百千万几数多半](?={_UNIT})"
    r"|[买送满减打第加赠限][一二两三四五六七八九十]|\d*分之\d*|一半|对半|[贰叁肆伍陆柒捌玖拾佰仟]"
)
"""Numbers that are none to compare with: 两三天, 几个工作日, 一半."""
_RATE = re.compile(
    r"(?:/|每)\s*个?(工作日|自然日|小时|分钟|秒|星期|周|天|日|月|年|次|单|件|个|人|份|米|平米|公斤|斤|kg|g|l|h|min|s)"
)
CONTACTS = re.compile(
    r"https?|www|://|\.(?:com|cn|net|top|xyz|cc|vip|shop)|@|微信|薇信|威信|微号|v信|vx|wx|wechat|qq|企鹅|扣扣"
    r"|抖音|快手|小红书|微博|公众号|小程序|二维码|扫码|加群|进群|私聊|私信|加我|加好友|支付宝|银行卡|转账|红包|汇款"
    r"|电话|手机|热线|邮箱|客服号|链接|网址|网站|官网|淘宝|天猫|京东|拼多多|闲鱼",
    re.I,
)
PROMISES = re.compile(
    r"保证|保障|一定|绝对|肯定|必定|必然|百分百|100%|确保|承诺|包(?:赔|退|换|修|邮|过|好|您|你|安装|运费)|免费|免(?:运费|邮|单|息)"
    r"|赠|送(?:您|你|给|一|1|个|份|小|礼|的)|买\d+送|礼品|礼物|小礼|福利|惊喜|全额|随时|无条件|永久|终身|终生|最(?![晚迟多少低高长短早近后新初终])."
    r"|第一|唯一|顶级|国家级|极致|完全|秒(?:发|退|回|到)|立即|马上|立刻|即刻|当场|尽快|很快|优先|特批|破例|额外|补偿|赔"
    r"|双倍|翻倍|加倍|半价|对半|打折|优惠|折扣|特价|返现|返还|补贴|抵扣|保修|质保|正品|上门|安全|无毒|无害|副作用|疗效"
    r"|治[疗愈好]|任何|所有|全部|全都|都|通通|永不|从不|每次|放心(?:买|用|吃|拍)|零风险|无风险|现货"
)
"""What binds the shop, and what leaves nothing out; a record must have it."""
STATES = re.compile(
    r"缺货|断货|没货|无货|售罄|下架|停产|到付|自费|自理|收费|另付|另收|拒绝|禁止|暂停|停止|失败|过期|作废|失效|偏大|偏小"
    r"|提前|推迟|延迟|延后|以前|增加|减少|降价|涨价|单独"
    r"|(?:加|减|扣|补|退|返|涨|降|多|少)(?=\d)"
)
"""What turns a matter round in one word; the draft must have it."""
LIMITS = {
    "most": re.compile(r"最多|至多|最高|不超过|上限|封顶"),
    "least": re.compile(r"最少|至少|最低|起码|不低于|不少于|下限|起步"),
}
"""Words of a limit that may stand apart from their figure."""
CONDITIONS = re.compile(
    r"如果|如|若|需|须|必须|前提|除|仅|只[^要是]|不影响|未|凭|另|之外|否则|但|限|且|同时|以外|必填|注明|备注"
)
"""What says when a matter holds."""
_HEDGES = (
    re.compile(r"预计|大约|大概|约(?!定)|左右|上下|估计|差不多"),
    re.compile(r"一般|通常|正常情况|原则上|多数|大多|大部分"),
    re.compile(r"可能|或许|也许|不一定|未必"),
    re.compile(r"为准|具体|视.{0,6}情况"),
    re.compile(r"部分|个别"),
    re.compile(r"尽量|尽力"),
)
_DAYS = {
    "today": "今天|今日|今儿|本日", "tonight": "今晚|今夜", "tomorrow": "明天|明日|明儿",
    "morrow": "明早|明晚", "after": "(?<!大)后天", "yesterday": "昨天|昨日|昨晚",
    "before": "前天", "same": "当天|当日|当晚", "next": "次日|隔天|隔日|第2天|第二天|翌日",
    "week": "本周|这周|这个星期", "coming": "下周|下个?星期", "past": "上周|上个?星期",
    "weekend": "周末|双休", "1": "(?:周|星期|礼拜)[一1]", "2": "(?:周|星期|礼拜)[二2]",
    "3": "(?:周|星期|礼拜)[三3]", "4": "(?:周|星期|礼拜)[四4]", "5": "(?:周|星期|礼拜)[五5]",
    "6": "(?:周|星期|礼拜)[六6]", "7": "(?:周|星期|礼拜)[日天7]", "month": "月底|月末",
    "first": "月初", "mid": "月中", "this": "本月|这个?月(?!份)", "nextmonth": "下个?月",
    "lastmonth": "上个?月", "year": "年底|年末|年前|年后", "am": "上午|早上|早晨|清晨",
    "noon": "中午", "pm": "下午|傍晚", "night": "(?<![今明昨当])晚上?|夜里|夜间|凌晨",
    "working": "工作日", "holiday": "节假日|法定假|春节|国庆|元旦", "just": "刚刚|刚才|刚",
}  # fmt: skip
_DAY = {name: re.compile(pattern) for name, pattern in _DAYS.items()}
_DEEDS = {
    "cancel": "取消|撤销", "refund": "退款|退钱|退回.{0,2}钱",
    "return": "退货|退回(?!.{0,2}钱)|寄回", "exchange": "换货|更换|调换",
    "change": "修改|更改|改成|改好|改地址|改了", "note": "备注|注明|登记|记录|记下",
    "submit": "提交|上传|填写", "apply": "申请", "arrange": "安排", "handle": "处理|办理",
    "report": "反馈|上报|转告|转达|转给|转接|转交", "urge": "催|加急|赶紧|加快",
    "notify": "通知|告知|提醒", "contact": "联系|致电|回电|回访|打电话",
    "verify": "核实|核对|核查|确认", "stop": "拦截|拦下", "upgrade": "升级",
    "resend": "补发|补寄|重发|重寄", "compensate": "补差|补偿|赔偿|赔付|赔",
    "invoice": "开具|开票|开发票|开(?=.{0,3}发票)", "keep": "保留|预留|留货|留着",
    "follow": "跟进|跟踪", "order": "下单|拍下", "pay": "付款|支付|付钱",
    "ship": "发货|发出|寄出|发走|寄走|出库|发运", "sign": "签收",
    "deliver": "派送|配送|送达|送到", "review": "审核|审批", "agree": "同意|批准|通过",
    "credit": "到账|退还|返还|打款", "redeem": "兑换|领取|领到", "install": "安装|装好",
    "close": "关闭|关掉", "extend": "延长|延期|宽限", "test": "检测|检验|检查",
    "restock": "补货|到货|上架", "repair": "维修|修好|返修",
}  # fmt: skip
_DEED = {name: re.compile(pattern) for name, pattern in _DEEDS.items()}
_DONE_BEFORE = re.compile(r"(已经?|成功|刚刚?|都)(为|帮|给|替)?(您|你)?.{0,3}$")
_DONE_AFTER = re.compile(r"^(了(?!解)|好了|完了?|成功|完成|完毕|啦|过了)")
_FOR = re.compile(
    r"(?:(?:帮|为|替|给|让|叫)(?:您|你|亲|同事|仓库|店家|商家|人员|我们)?|请(?:同事|仓库|店家|商家|人员))"
    r"[^，。；！？,;!?]{0,4}$"
)
_WE = re.compile(r"(我|我们|这边|小二|客服|店里|咱们)(这边|现在|先|再|就|会|来|去|要)*$")
_PAYER = re.compile(
    r"(买家|您|你|顾客|客户|卖家|我们|本店|店家|店里|商家|店铺|小店|咱们|厂家|平台|自己?|双方)"
    r"(?:方|这边|自己|自行|来|先|需要?|要|会)*(?:承担|负担|负责|出(?!现|门|库|来)|支付|垫付|付(?!款))"
)
_BUYER = frozenset(("买家", "您", "你", "顾客", "客户", "自", "自己"))
PLAIN = (
    "的了是在也就还和与及或请问可以能会要需这那个款边我们咱本店里目前现如果话若因为所但过麻烦谢感理解放心担好没有不无"
    "让帮给对于从到至由按即可只才哪什么怎一下点小看查知道告诉题欢迎喜希望愉快购物祝辛苦等稍耐心亲爱您你呢哦呀啊哈哒啦嘛"
    "吧噢嗯他她它已经进行来去出上中内外后前时候间说明情况根据关建议直接方便用做得着把被再又更很比较些两几多少大均则其"
    "此该且而并同样事样子共总计支持需属包含提供享受目宝贝商品东西价格订单抱歉意思选择附哟嘻"
    "呗咯嘞想找挑咨询回复光临注记得详描述解答疑惑久忙真诚温馨示啥"
)
"""Letters of courtesy and of grammar: what any reply may be made of."""


def found(pattern: re.Pattern[str], text: str) -> set[str]:
    """What of a pattern is in a text."""
    return {match[0].lower() for match in pattern.finditer(text)}


def rates(text: str) -> set[str]:
    """By what a text counts: 每天, 转/分钟."""
    return {match[1] for match in _RATE.finditer(text)}


def hedges(text: str) -> set[int]:
    """Which sorts of reservation a text makes."""
    return {place for place, pattern in enumerate(_HEDGES) if pattern.search(text)}


def days(text: str) -> set[str]:
    """The days and parts of days that a text names without a figure."""
    return {name for name, pattern in _DAY.items() if pattern.search(text)}


def deeds(text: str) -> dict[str, frozenset[str]]:
    """What a text says is done or to be done, and how: ``done``, ``for you``, ``by us``."""
    told: dict[str, frozenset[str]] = {}
    for name, pattern in _DEED.items():
        ways: set[str] = set()
        there = False
        for match in pattern.finditer(text):
            there = True
            before, after = text[: match.start()], text[match.end() :]
            is_done = _DONE_BEFORE.search(before) or _DONE_AFTER.match(after)
            ways |= {"done"} if is_done else set()
            ways |= {"for you"} if _FOR.search(before) else set()
            ways |= {"by us"} if _WE.search(before) else set()
        if there:
            told[name] = frozenset(ways)
    return told


def payers(text: str) -> set[str]:
    """Who bears a cost: ``buyer``, or the other by name."""
    return {
        "buyer" if match[1] in _BUYER else "both" if match[1] == "双方" else "seller"
        for match in _PAYER.finditer(text)
    }
