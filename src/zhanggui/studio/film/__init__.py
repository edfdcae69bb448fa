"""A short film of a product: what flows through is facts, captions, frames and scenes, and an MP4.

    plan = film.storyboard(facts, captions, frames_count=len(frames), seed=7)
    made = film.render(plan, frames=frames, scenes=scenes, size=Size(720, 1280), out=path)
    path.write_bytes(film.finish(path.read_bytes(), label))

The storyboard (`planning`) is data: shots, their moves and transitions, and captions with their
times, cut on the beats of music that the project plays itself (`music`). `render` composes frame by
frame in the planes H.264 keeps (`planes`, `takes`, `transitions`, `wording`) and holds no more than
a few frames at a time. With a voice (`voice`) captions and shots keep time with it; with a video
model (`generated`) some shots are made by it.
"""

from zhanggui.ai.marking import Label, mark
from zhanggui.studio.film.generated import Animate, animated
from zhanggui.studio.film.planning import (
    FEWEST_TO_SPIN,
    LONGEST_S,
    SHORTEST_S,
    spoken,
    storyboard,
)
from zhanggui.studio.film.rendering import Film, Shown, render
from zhanggui.studio.film.storyboard import Caption, Shot, Storyboard
from zhanggui.studio.film.voice import Voice, heard, script


def finish(data: bytes, label: Label) -> bytes:
    """The film's bytes with the label that machines read; what is seen and heard is untouched."""
    return mark(data, label)


__all__ = [
    "FEWEST_TO_SPIN",
    "LONGEST_S",
    "SHORTEST_S",
    "Animate",
    "Caption",
    "Film",
    "Shot",
    "Shown",
    "Storyboard",
    "Voice",
    "animated",
    "finish",
    "heard",
    "render",
    "script",
    "spoken",
    "storyboard",
]
