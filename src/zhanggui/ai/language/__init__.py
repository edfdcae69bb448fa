"""Language models behind the seam: which there are, how one is asked, and what happens when one
does not answer.

`configuration` reads ``models.toml``; `openai_compatible` speaks to a server; `patience` decides
when a model is tried again and when it is left alone; `asking` is what rooms call: they name a role
and get a reply, by the first of the role's models that gives one.
"""
