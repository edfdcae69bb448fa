"""Music for films, played by arithmetic: no recording, no sample and no licence is in it.

A mood is data (`moods`): keys, chords, rhythm, who plays. `compose` writes a piece of it for a
length and a seed, `play` sounds it.
"""

from zhanggui.studio.film.music.composing import Note, Piece, compose
from zhanggui.studio.film.music.moods import MOODS, Mood, MoodName, mood_for
from zhanggui.studio.film.music.playing import play

__all__ = ["MOODS", "Mood", "MoodName", "Note", "Piece", "compose", "mood_for", "play"]
