"""What each figure is called, and how it is defined. docs/figures.md says it at length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zhanggui.base.words import Text

Unit = Literal["count", "share", "seconds", "minutes", "fen"]


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure's name, unit and definition."""

    unit: Unit
    title: Text
    text: Text


DEFINITIONS: dict[str, Definition] = {
    "conversations": Definition(
        "count",
        Text("会话", "Conversations"),
        Text(
            "在这段日子里开始的会话。买家 24 小时没说话以后再开口，算新的一段。",
            "Conversations that began in these days. One begins when a shopper writes who had"
            " written nothing for 24 hours.",
        ),
    ),
    "involvement": Definition(
        "share",
        Text("参与率", "Involvement"),
        Text(
            "智能客服说过话的会话 ÷ 全部会话。",
            "Conversations in which the program spoke ÷ all conversations.",
        ),
    ),
    "resolution": Definition(
        "share",
        Text("解决率", "Resolution"),
        Text(
            "智能客服参与、已经结束的会话里：答过至少一句，没有转人工，24 小时内没有人跟进，"
            "质检也没判错的，占多少。质检是抽样，没抽到的错答在这里算对；错答占比另列。",
            "Of the ended conversations in which the program spoke, those it answered at least"
            " once in, that were not handed over, that no person followed up within 24 hours and"
            " in which no reply was judged wrong. Reviews are a sample: a wrong reply nobody"
            " looked at counts as right here; the share of wrong ones stands beside.",
        ),
    ),
    "automation": Definition(
        "share",
        Text("自动化率", "Automation"),
        Text("参与率 × 解决率。", "Involvement × resolution."),
    ),
    "containment": Definition(
        "share",
        Text("拦截率", "Containment"),
        Text(
            "从头到尾没有交给人、也没有人说话的会话 ÷ 已经结束的会话，不管答得对不对。",
            "Ended conversations that were never with people and in which none spoke ÷ all ended"
            " ones, whether the replies were right or not.",
        ),
    ),
    "hand_overs": Definition(
        "count",
        Text("转人工", "Hand-overs"),
        Text(
            "这些会话转给人的次数，加上同事主动接手的次数。",
            "How often these conversations were handed to people, or taken by one unasked.",
        ),
    ),
    "program_median": Definition(
        "seconds",
        Text("智能客服首次响应（中位数）", "First response of the program (median)"),
        Text(
            "从会话第一句话到智能客服第一句话；人先开口的不算。一半的会话不比这更久。",
            "From the first word of a conversation to the program's first, where no person spoke"
            " before. Half of them took no longer.",
        ),
    ),
    "program_p90": Definition(
        "seconds",
        Text("智能客服首次响应（九成）", "First response of the program (90 %)"),
        Text("同上；九成的会话不比这更久。", "The same; nine in ten took no longer."),
    ),
    "people_median": Definition(
        "seconds",
        Text("人工首次响应（中位数）", "First response of people (median)"),
        Text(
            "会话里第一个该由人回答的问题，从买家开口到有人回复；“请稍等”不算回复，没人回复的不在内。",
            "Of the first question for people in a conversation: from the shopper's word to a"
            " person's reply. That somebody will come is no reply; those nobody replied to are"
            " not among them.",
        ),
    ),
    "people_p90": Definition(
        "seconds",
        Text("人工首次响应（九成）", "First response of people (90 %)"),
        Text("同上；九成的会话不比这更久。", "The same; nine in ten took no longer."),
    ),
    "three_minutes": Definition(
        "share",
        Text("3分钟回复率", "Replied within 3 minutes"),
        Text(
            "按淘宝“旺旺3分钟人工响应率”：每天 8:00–23:00 开始、该由人回答的对话轮次里，3 分钟内"
            "有人回复的占多少。一轮从买家没得到回复的第一句话起，到人的第一句回复；全自动接待的轮次不计。"
            "平台看近 30 天，这里看所选的日子。",
            "As Taobao's 旺旺3分钟人工响应率: of the rounds for people that began between 8:00 and"
            " 23:00, those a person replied to within 3 minutes. A round goes from the shopper's"
            " first word without a reply to a person's first; rounds the program answered by"
            " itself do not count. The platform looks at 30 days, this at those chosen.",
        ),
    ),
    "mean_response": Definition(
        "seconds",
        Text("平均响应", "Mean response"),
        Text(
            "按淘宝“旺旺人工平响时长”：上述轮次用时的平均；超过 10 分钟、没有人回复的都按 10 分钟"
            "算。",
            "As Taobao's 旺旺人工平响时长: the mean of what those rounds took; longer than 10"
            " minutes, or nobody's reply, counts as 10 minutes.",
        ),
    ),
    "conversion": Definition(
        "share",
        Text("询单转化率", "Inquiries that paid"),
        Text(
            "按“询单→次日付款”：下单前来问的买家里，当天或次日付款的占多少；每位买家每天算一次。"
            "只算认得出是谁的买家；当天先下过单、或会话说的订单在这次开口之前就下好了的，不算询单；"
            "开口以后才下的单算这次询来的；次日过完才计。订单以店里现在的记录为准。",
            "As 询单→次日付款: of the buyers who asked before they ordered, those who paid that"
            " day or the next, each counted once a day. Only of buyers who are known; who had"
            " ordered that day already, or whose conversation names an order placed before they"
            " wrote, is none of them, and one placed after is what asking led to; a day counts once"
            " the next is over. Orders are as the shop's records have them now.",
        ),
    ),
    "wrong": Definition(
        "share",
        Text("错答占比", "Wrong replies"),
        Text(
            "智能客服自己说的话里答错的占多少：每天按决定和把握分层抽样，由人判定，按每条代表的条数"
            "加权（Horvitz–Thompson），区间是 95% 的 Wilson 区间。过完次日的日子才抽。",
            "Of what the program said by itself, how much was wrong: of each day a sample, by"
            " decision and confidence, is judged by people and weighted by how many replies each"
            " stands for (Horvitz–Thompson); the interval is Wilson's of 95 %. Days are sampled"
            " once the next is over.",
        ),
    ),
    "csat": Definition(
        "share",
        Text("满意率（CSAT）", "CSAT"),
        Text(
            "这段日子里打了分的会话中，4 分和 5 分的占多少；同一段会话以最后一次打分为准。",
            "Of the conversations rated in these days, those with 4 or 5; of several ratings the"
            " last counts.",
        ),
    ),
    "saved_minutes": Definition(
        "minutes",
        Text("省下的时间", "Time saved"),
        Text(
            "智能客服解决的会话 × 每段会话的分钟数，减去人工质检花的时间。",
            "Conversations the program resolved × minutes per conversation, less the time people"
            " spent on reviews.",
        ),
    ),
    "saved_fen": Definition(
        "fen",
        Text("省下的客服成本", "Service cost saved"),
        Text(
            "省下的时间 × 每小时工资。没有填工资就不算钱。",
            "Time saved × wage per hour; not known without a wage.",
        ),
    ),
}
