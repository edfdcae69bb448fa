"""What is decided before anything is looked up: people in need, attacks, and small talk.

The patterns are of the language, not of any shop. A word of danger alone decides nothing: a calm
question (会不会炸, 投诉电话是多少) goes on to be answered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from zhanggui.base.words import Text
from zhanggui.service import cues

Decided = Literal["answer", "clarify", "handoff", "decline"]
Cause = Literal["asked", "danger", "complaint", "angry", "change", "unsure", "picture", "failed"]
"""Why a person is asked: the shopper wants one, somebody may be hurt, a complaint, anger, something
to be changed, no answer that is sure enough, a picture, or that thinking failed."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A decision that needs no records. `reply` is what the shopper reads, `reason` what staff
    do, `cause` why a person is asked."""

    decision: Decided
    reply: str
    confidence: float
    reason: Text
    cause: Cause | None = None


HANDOFF_REPLY = "这个我请同事来帮您处理，请稍等。"
URGENT_REPLY = (
    "您的情况我马上转给同事处理。请先确保人身安全，停止使用，有人受伤或起火请先拨打120、119，"
    "并保留好照片和订单信息。"
)
UPSET_REPLY = "实在抱歉给您带来不好的体验，我马上请同事来为您处理。"
DECLINE_REPLY = "这个我没法照办。商品、订单和售后的问题，随时可以问我。"
INTERNAL_REPLY = "店里的内部信息不方便提供。商品、订单和售后的问题，随时可以问我。"
PRIVACY_REPLY = "为了保护买家的隐私，我只能查询您本人账号下的订单，别人的订单信息不能提供。"

_INJECTION = re.compile(
    r"(忽略|无视|忘(记|掉)|跳过).{0,10}(规则|指令|设定|提示|要求|限制|内容|前面|之前|上面)"
    r"|ignore .{0,30}(instruction|rule|previous|above)|^\s*(system|assistant|系统)\s*[:：]"
    r"|提示词|系统提示|system prompt|(开发者|调试|管理员|上帝)模式"
    r"|现在(你)?(是|扮演|开始扮演)(店长|老板|管理员|一个|程序)"
    r"|你(现在)?(扮演|是店长)|逐字(输出|复述|打印)|只(需要?|能|许|要|准)(回答|回复|说|输出)"
    r"|(照|按)(此|这|以下|我说的).{0,4}(回复|回答|说)|(平台|官方|系统)(通知|公告|指令)[:：]|jailbreak"
    r"|【.{0,8}(通知|指令|公告)】|不受.{0,8}(约束|限制)|没有(任何)?(限制|约束)的|从现在(起|开始),?你|假(设|装)你"
    r"|(回复|回答|输出)[“\"「『]",
    re.I,
)
_INTERNAL = re.compile(
    r"进价|进货价|成本(价|表|多少)|供货商|供应商|利润(率|多少)|(后台|管理员).{0,6}(账号|密码|数据|成本|权限)"
    r"|(输出|导出|发我|给我).{0,8}(知识库|数据库|客户名单|内部)|(别的|其他|所有)(买家|客户|顾客).{0,8}(信息|电话|地址|订单|名单)"
    r"|(买过|拍过|下过单).{0,10}(人|买家|顾客).{0,6}(电话|微信|联系方式|地址|手机)"
    r"|客户(名单|资料)|员工.{0,4}(工资|电话|手机)|api ?key",
    re.I,
)
_PERSON = re.compile(
    r"转(接)?人工|(要|找|叫|换|来|接)(个|一?位)?.{0,3}(人工|真人|活人)|^(人工|客服|服务|转接)+[吧呢啊!！。]*$|人工客服(在|呢)"
    r"|(找|要|叫|让|换).{0,4}(老板|经理|主管|领导|店长|负责人)|(不要|别).{0,4}机器人"
)
_HURT = re.compile(
    r"(烫|烧|炸|割|划|扎|刮|电|砸|夹|磕|崩|戳).{0,8}(伤|流血|出血|起泡|破了|红肿|肿了|缝|医院)"
    r"|(起泡|流血|过敏|中毒|休克|晕倒|骨折|缝了?\d*针)了|(去|进|送|在)(了)?(医院|急诊)|医药费|医疗费"
    r"|(烫|割|划|扎|刮|砸|夹|磕|崩|戳)(破|伤|肿|烂)了?.{0,4}(手(?![柄把提机工])|脸|眼睛|胳膊|舌头|皮肤"
    r"|嘴唇|嘴巴|脚趾|脚背|大腿|小腿)"
    r"|(孩子|宝宝|小孩|娃|老人).{0,10}(吞|咽下|误食|卡住|受伤|烫|割|触电)"
)
_FIRE = re.compile(
    r"着火|起火|爆炸|炸(了|开|裂)|漏电|触电|电到|烧(焦|黑|糊|着|化|起来)|短路|冒(黑)?烟|火花"
)
_HAPPENED = re.compile(
    r"了|差点|刚才|刚刚|已经|昨|今早|现在[^问]{0,6}(冒|烧|漏)|都.{0,3}(黑|焦|糊)"
)
_HYPOTHETICAL = re.compile(
    r"会不会|会.{0,6}(吗|嘛|么|呀|不)|怕|担心|万一|要是|如果|容易|能不能|可不可以|先问|正常(吗|吧|不|么)|买之前|有没有(危险|风险)"
)
_THREAT = re.compile(
    r"(?<!\d)(?:12315|12345|315)(?!\d)|消协|消费者协会|工商局?|市(场)?监(管)?局?|市场监督"
    r"|监管部门|起诉|法院|法庭|律师|报警|派出所"
    r"|曝光|媒体|记者|(网上|抖音|小红书|微博|朋友圈).{0,8}(曝|挂|发出去|让大家)|挂(到)?网上|投诉|举报|差评|维权"
)
_THREATENS = re.compile(
    r"我(就|要|会|去|已经|马上|现在|一定)|等着|再不|信不信|必须|否则|不然|马上|立刻|这就|见$|见[!！。]|吧$|准备"
)
_ASKS_HOW = re.compile(r"(多少|在哪|哪里|哪儿|怎么|如何|什么|渠道|入口|流程|号码|几点).{0,8}")
_ABUSE = re.compile(
    r"骗子|骗人|骗钱|欺诈|诈骗|黑店|黑心|无良|没良心|奸商|垃圾(店|客服|东西|玩意|货)|气死|恶心(死|人)|滚蛋|王八|他妈的|(?<![爸妈爹姥奶我您她咱给])妈的(?=$|[\s,，.。!！?？~])|tmd"
    r"|傻[逼x叉]|不要脸|忍无可忍|什么破|破店|太过分|耍我|糊弄我",
    re.I,
)

_SPACE = re.compile(r"[\s,，.。!！?？~～、…·]+")
_GREETING = re.compile(
    r"(亲+|在+|再|您|你|好|吗|嘛|么|呀|啊|哈喽|哈啰|嗨|hi|hello|hey|there|喂|有|人|没|不|客服|老板|早上|上午|下午|晚上|早|安)+",
    re.I,
)
_THANKS = re.compile(
    r"谢谢|谢啦|感谢|多谢|辛苦(了|啦)|麻烦[你您]?了|收到(了|啦|咯)|拜拜|再见|晚安|(新年|春节|节日|周末|中秋|国庆|生日|圣诞)\w{0,2}快乐|么么哒"
)
_HEARD = re.compile(
    r"(好|嗯|哦|噢|行|ok|okay|知道|明白|了解|收到|可以)(的|滴|呢|了|嘞|哒|啦|哈|吧)*", re.I
)
_ROBOT = re.compile(
    r"(跟我(聊天?|说话|唠)的?)?(你|您|客服)?(到底|究竟)?(是|是不是)?.{0,4}(机器人|真人|活人|人工智能|ai|智能客服|电脑|程序)"
    r".{0,3}(吗|嘛|么|吧|呀|不|$)|.{0,8}是(个)?(真人?|人)还是.{0,3}(机器|电脑|程序|ai).{0,5}",
    re.I,
)
_HOURS = re.compile(r"(早上|上午|下午|晚上|半夜).*(客服|有人)")
"""Asks when somebody is there, not whether now."""
_ASKS = re.compile(
    r"[吗嘛么呢](?=\W|$)|[^好坏对差]不(?=\W|$)|什么|啥|怎么|咋|哪|谁|几(?!乎)|多少|多[大久长高重宽厚]|能不|有没|是不是|可不可以"
    r"|\d|想(?!你|念)|预算|推荐|求|帮我|给我|麻烦(?![你您]?了)"
)
"""A wish or a question, to which thanks are only added."""
_WEATHER = re.compile(
    r"^(今天|今儿|这|最近|外面)?.{0,4}(天气|好冷|真冷|好热|真热|太冷|太热|下雨|下雪|降温)"
)


def guard(text: str) -> Guarded | None:
    """The decision on a message that needs no records; None where it does."""
    return _attack(text) or _in_need(text) or _small_talk(text)


def privacy() -> Guarded:
    """The decision where another buyer's records are asked for."""
    return Guarded(
        "decline", PRIVACY_REPLY, 0.99, Text("问的是别人的订单", "Asks for another buyer's records")
    )


def _attack(text: str) -> Guarded | None:
    if _INJECTION.search(text):
        reason = Text("想改变客服的规则", "Tries to change the rules")
        return Guarded("decline", DECLINE_REPLY, 0.99, reason)
    if _INTERNAL.search(text):
        reason = Text("问的是内部信息", "Asks for internal information")
        return Guarded("decline", INTERNAL_REPLY, 0.99, reason)
    return None


def _in_need(text: str) -> Guarded | None:
    calm = _HYPOTHETICAL.search(text) is not None
    if _PERSON.search(text):
        reason = Text("要求人工", "Wants a person")
        return Guarded("handoff", HANDOFF_REPLY, 0.99, reason, "asked")
    if (_HURT.search(text) and not calm) or (
        _FIRE.search(text) and _HAPPENED.search(text) and not calm
    ):
        reason = Text("可能有人受伤或有危险", "Somebody may be hurt or in danger")
        return Guarded("handoff", URGENT_REPLY, 0.99, reason, "danger")
    threat = _THREAT.search(text)
    if threat and not (_ASKS_HOW.search(text) and not _THREATENS.search(text)):
        reason = Text("提到投诉、媒体或法律", "Speaks of complaint, media or law")
        return Guarded("handoff", UPSET_REPLY, 0.99, reason, "complaint")
    if _ABUSE.search(text):
        return Guarded("handoff", UPSET_REPLY, 0.99, Text("很生气", "Is angry"), "angry")
    return None


def _small_talk(text: str) -> Guarded | None:
    plain = _SPACE.sub("", text)
    reason = Text("闲聊", "Small talk")
    if _ROBOT.fullmatch(plain) and len(plain) <= 18:
        reply = "我是店里的智能客服，能帮您查商品、订单和售后；需要的话随时可以转人工。"
        return Guarded("answer", reply, 0.95, reason)
    if len(plain) <= 10 and _GREETING.fullmatch(plain) and not _HOURS.search(plain):
        return Guarded("answer", "在的，请问有什么可以帮您？", 0.95, reason)
    if "?" in text or "？" in text or len(plain) > 24 or cues.topics(text) or _ASKS.search(text):
        return None
    if _THANKS.search(plain) or _HEARD.fullmatch(plain):
        return Guarded("answer", "好的，谢谢您，有需要随时找我。", 0.9, reason)
    if _WEATHER.search(plain):
        return Guarded("answer", "是呀，您也多注意身体。有什么可以帮您的吗？", 0.9, reason)
    return None
