"""Write how common Chinese characters sound, for :mod:`zhanggui.base.chinese.sounds`.

    python -m training.sounds > src/zhanggui/base/chinese/sounds.txt

A line a sound without its tone, then the characters read so, of those in the first level of
GB 2312 and the second's that shops' texts use. Needs pypinyin, whose table it reads.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from pypinyin.pinyin_dict import pinyin_dict

from training.pairs import texts

_TONES = "\u0300\u0301\u0304\u030c"


def main() -> None:
    """As the module says."""
    first = bytes(range(0xB0, 0xD8))
    level = {
        bytes([high, low]).decode("gb2312", "ignore") for high in first for low in range(0xA1, 0xFF)
    }
    used = {letter for _, text in texts() for letter in text}
    by_sound: defaultdict[str, list[str]] = defaultdict(list)
    for letter in sorted(each for each in level | used if len(each) == 1):
        for sound in pinyin_dict.get(ord(letter), "").split(",")[:2]:
            plain = "".join(c for c in unicodedata.normalize("NFD", sound) if c not in _TONES)
            plain = unicodedata.normalize("NFC", plain).replace("ü", "v")
            if plain.isascii() and plain and letter not in by_sound[plain]:
                by_sound[plain].append(letter)
    for sound, letters in sorted(by_sound.items()):
        print(sound, "".join(letters))


if __name__ == "__main__":
    main()
