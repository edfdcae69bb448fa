"""Who may come in: accounts, sessions, memberships, invitations, links, second factors, API keys.

Secrets are never stored: passwords as argon2id hashes, tokens as digests, TOTP secrets sealed with
the house's key. A token that must be found before its shop is known carries the shop's id, since
row-level security hides every other shop's rows.
"""
