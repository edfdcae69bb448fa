"""Webhooks: a shop's own systems are told of what happened.

Each webhook follows the event log through a cursor of its own (`feeding`), which makes a delivery
of every event it listens to. A plain loop (`deliverer`) sends what is due, signed as Standard
Webhooks say (`signing`), to an address that was checked first (`guard`, `sending`), and tries again
for about three days (`retrying`). How it looks from outside: docs/webhooks.md.
"""
