"""Serving shoppers: one decision on each message (answer, clarify, hand off or decline) with the
records it rests on.

What flows through: a message and what the channel knows (`context.Asked`) meet the shop's index and
records (`context`, `asking`); guards, look-ups (`orders`, `coupons`, `goods`) and retrieval propose
replies made of evidence (`evidence`, `proposals`), and `answering` takes the surest that is sure
enough, by the share of wrong answers that the shop allows (`preferences`). Where there is a
language model it may word the reply (`wording`), and `checking` holds its words against the draft
and the records. What they want done (`requests`) is read (`request_reading`), judged (`judging`)
and given to a person (`work`). `evaluation` judges the answers on a shop pack, `evaluating` on the
cases that a shop keeps (`cases`).
"""

from zhanggui.service.answering import Decision, decide
from zhanggui.service.asking import Gathered, gather
from zhanggui.service.context import Asked, Context, Turn

__all__ = ["Asked", "Context", "Decision", "Gathered", "Turn", "decide", "gather"]
