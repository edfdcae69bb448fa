"""Conversations with shoppers: kept, received and answered.

What flows through: a page with the shop's widget starts a conversation under a publishable key
(`doors`) and is given a token that reads this one alone (`visitors`). What a shopper writes is
committed at once (`conversations`); an answerer (`answerer`) takes up what waits for the program,
thinks, and writes its reply only if it is still its turn. People are told of by `waking`.
"""
