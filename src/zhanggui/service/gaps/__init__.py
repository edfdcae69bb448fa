"""What the program could not answer, and what people's answers to it teach.

What flows through: conversations become *episodes* (`episodes`): a question that was handed over or
asked back about, and what people then said. Questions that mean the same are put together
(`clustering`) into *gaps* with what they cost (`finding`); an answer that a conversation ended well
with becomes a proposal (`lessons`). Both are written by a person's yes into what the shop knows.
"""
