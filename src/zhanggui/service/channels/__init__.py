"""Other channels reach the same conversations.

What comes in through a channel (`routes`, `wecom_pulling`) is kept as the chat's own messages are
(`arrivals`), so that the program, the desk and every rule of theirs hold for it. What the shop says
is followed conversation by conversation, each with a place of its own up to which it was sent
(`outbox`), by a loop that runs beside the requests (`relay`); a message is read when it is sent and
written down nowhere else. How it looks from outside: docs/channels.md.
"""
