"""Models that make pictures, films and a voice, turn texts into vectors, or order passages.

A picture or a film takes a server minutes, and is paid for once it is made: each is a row of
``model_tasks`` that outlives the process (:mod:`~zhanggui.ai.media.carrying`). The others answer at
once and are asked as language models are.
"""
