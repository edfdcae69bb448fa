"""DashScope's native services: pictures, films, a voice, vectors and reranking.

:mod:`~zhanggui.ai.dashscope.calling` speaks to the server, through the SDK; the other modules have
the bodies of one kind of service each. `stub` is a server that stands in for DashScope on this
machine (``zhanggui dev dashscope``).
"""
