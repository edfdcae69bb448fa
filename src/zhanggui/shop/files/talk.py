"""What people have written: FAQ sheets, 快捷短语, reviews, and the shapes of questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhanggui.shop.files.cells import identifier, moment, words
from zhanggui.shop.files.contract import Kind
from zhanggui.shop.files.layouts import Carry, Field, Layout, Values
from zhanggui.shop.files.records import FaqRecord, Record, ReviewRecord

_VARIANTS = re.compile(r"[|｜\n]+|(?<=[?？])\s*[;；]?\s*(?=\S)|[;；]")


def variants(cell: str) -> tuple[str, ...] | None:
    """Wordings of a question, separated by ``|``, semicolons or line breaks."""
    text = words(cell)
    if text is None:
        return None
    return tuple(dict.fromkeys(part.strip() for part in _VARIANTS.split(text) if part.strip()))


def _build_faq(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    return (FaqRecord(row, **values),)


FAQ = Layout(
    Kind.FAQ,
    (
        Field(
            "question",
            words,
            (
                *("问题", "标准问题", "标准问", "常见问题", "客户问题", "买家问题", "顾客问题"),
                *("问", "提问", "咨询问题", "问法", "用户问题", "问题内容", "问题标题", "知识标题"),
                *("问题描述", "question", "questions", "q", "ask"),
            ),
            required=True,
        ),
        Field(
            "answer",
            words,
            (
                *("答案", "标准答案", "回答", "回复", "答复", "答", "回复内容", "答案内容", "解答"),
                *("客服回复", "回复话术", "话术", "参考答案", "参考话术", "回答内容", "知识内容"),
                *("answer", "answers", "a", "reply", "response"),
            ),
            required=True,
        ),
        Field("faq_id", identifier, ("编号", "问题ID", "知识ID", "ID", "faq_id")),
        Field(
            "similar",
            variants,
            (
                "相似问法",
                "相似问",
                "相似问题",
                "扩展问",
                "近似问",
                "同义问法",
                "其他问法",
                "similar",
            ),
        ),
        Field("category", words, ("分类", "类别", "问题分类", "分组", "类型", "category")),
    ),
    _build_faq,
    frozenset(("question", "answer")),
    needs=2,
)


def _build_phrase(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    question = values.get("question") or values.get("category") or ""
    return (
        FaqRecord(row, question, values["answer"], category=values.get("category"), is_phrase=True),
    )


PHRASES = Layout(
    Kind.PHRASES,
    (
        Field(
            "answer",
            words,
            ("快捷短语", "短语内容", "快捷短语内容", "快捷回复", "短语"),
            required=True,
        ),
        Field(
            "question",
            words,
            ("快捷短语编码", "快捷编码", "短语编码", "短语标题", "快捷键", "快捷短语标题", "编码"),
        ),
        Field(
            "category",
            words,
            (
                *("快捷短语分组", "短语分组", "分组", "分组名称", "一级分组"),
                *("快捷短语分类", "短语分类"),
            ),
        ),
    ),
    _build_phrase,
    frozenset(("answer", "question", "category")),
    needs=2,
)


def _build_review(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    return (ReviewRecord(row, **values),)


REVIEWS = Layout(
    Kind.REVIEWS,
    (
        Field(
            "content",
            words,
            ("评价内容", "评论内容", "初评内容", "初次评价", "评价"),
            required=True,
        ),
        Field(
            "buyer_nick",
            words,
            ("买家昵称", "评价人", "评价者", "买家会员名", "用户昵称", "评论人"),
        ),
        Field("order_no", identifier, ("订单号", "订单编号", "主订单编号")),
        Field("created_at", moment, ("评价时间", "评论时间", "初评时间", "评价日期")),
        Field("product_id", identifier, ("商品ID", "宝贝ID")),
        Field("product_title", words, ("商品名称", "宝贝标题", "商品标题", "宝贝名称")),
        Field("rating", words, ("评价类型", "评价结果", "评分", "星级", "评价等级", "好评类型")),
        Field("reply", words, ("商家回复", "回复内容", "卖家回复", "解释", "掌柜回复")),
        Field("follow_up", words, ("追评内容", "追加评价", "追评", "追加评论")),
    ),
    _build_review,
    frozenset(["content", "created_at", "rating", "follow_up", "reply"]),
    needs=2,
)

_ASKING = re.compile(
    r"[?？]\s*$|[吗呢么嘛]\s*[?？。~]*$|怎么|怎样|如何|什么|多少|多久|多长|几天|几号|哪|是否|能不能"
    r"|可不可以|可以.{0,8}吗|有没有|会不会|是不是|要不要|为什么|为啥|啥时候"
)


def asks(text: str) -> bool:
    """Whether `text` reads like a shopper's question."""
    if len(text) > 120 or ("。" in text and text[-1] not in "?？"):
        return False
    return bool(_ASKING.search(text))


_FIGURES = re.compile(r"[\d\s:：.,，/+%％年月日时分秒天TZ~～-]*")


def are_text(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> bool:
    """Whether there are rows and these columns mostly hold words, not times and figures."""
    cells = [row[i].strip() for row in rows for i in columns if i < len(row)]
    words = sum(1 for cell in cells if cell and not _FIGURES.fullmatch(cell))
    return bool(rows) and words * 2 > len(rows) * len(columns)


def question_and_answer(rows: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """The columns that by their content are a question and its answer, or None.

    A question column is mostly short questions; an answer column mostly is not, and is the
    longest text beside it.
    """
    width = max((len(row) for row in rows), default=0)
    if width < 2 or len(rows) < 2:
        return None
    columns = [[row[i].strip() for row in rows if i < len(row)] for i in range(min(width, 12))]
    asking = [sum(map(asks, column)) / len(rows) for column in columns]
    length = [sum(map(len, column)) / len(rows) for column in columns]
    question = max(range(len(columns)), key=lambda i: asking[i])
    if asking[question] < 0.5 or len(set(columns[question])) * 2 < len(columns[question]):
        return None
    others = [
        i for i in range(len(columns)) if i != question and asking[i] < 0.4 and are_text(rows, (i,))
    ]
    answer = max(others, key=lambda i: length[i], default=None)
    if answer is None or length[answer] < max(6.0, length[question] * 0.7):
        return None
    return question, answer
