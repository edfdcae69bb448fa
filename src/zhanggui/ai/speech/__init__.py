"""An offline Mandarin voice: text in, sound and the time of each character out.

Engines in order: Kokoro, where the extra ``voice`` is installed, and the program espeak-ng, where
it is found. ``wording`` says numbers, prices, days and models as people do, ``clauses`` cuts a text
into breaths, ``Speech`` takes whoever can speak.
"""

from zhanggui.ai.speech.speaking import Speech
from zhanggui.ai.speech.voices import Spoken, Timed, Voice, VoiceName

__all__ = ["Speech", "Spoken", "Timed", "Voice", "VoiceName"]
