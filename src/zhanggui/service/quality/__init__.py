"""How good the program's replies are, as people judge a sample of them.

What flows through: every reply is in the events with how it was decided and how sure it was; of
each day a few are drawn by lot (`sampling`), a person says of each whether it was right, wrong or
could be better (`tools`), and what they said is weighed by how many replies each of them stands
for (`estimating`), so that the share of wrong ones is that of all, not of those looked at.
"""
