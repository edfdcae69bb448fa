"""The last resort, with a program that stands in for espeak-ng."""

import sys

import pytest

from zhanggui.ai.speech.espeak import Espeak
from zhanggui.ai.speech.voices import SpeechFault

_PROGRAM = """#!{python}
import struct, sys
said = sys.stdin.buffer.read().decode()
open({log!r}, "a").write(" ".join(sys.argv[1:]) + " " + said + "\\n")
sound = struct.pack("<h", 5000) * (1000 * len(said))
head = b"RIFF" + struct.pack("<I", 0x7FFFF024) + b"WAVEfmt "
head += struct.pack("<IHHIIHH", 16, 1, 1, 22050, 44100, 2, 16)
sys.stdout.buffer.write(head + b"data" + struct.pack("<I", 0x7FFFF000) + sound)
"""


@pytest.fixture
def on_path(monkeypatch, tmp_path):
    """Puts a program of that name on an otherwise empty path; what it was given is in the log."""
    log = tmp_path / "log"

    def put(source: str) -> None:
        program = tmp_path / "espeak-ng"
        program.write_text(
            source.replace("{python}", sys.executable).replace("{log!r}", repr(str(log)))
        )
        program.chmod(0o755)

    monkeypatch.setenv("PATH", str(tmp_path))
    put(_PROGRAM)
    return put, log


async def test_it_is_given_what_is_said_and_its_time_is_shared_out(on_path):
    spoken = await Espeak().speak("到手12元。-v 好", voice="yunxi", speed=2.0)
    assert on_path[1].read_text("utf-8").splitlines() == [
        "-v cmn -s 330 --stdin --stdout 到手十二元。",
        "-v cmn -s 330 --stdin --stdout  v 好",
    ]
    assert spoken.sample_rate == 22050
    assert [word.text for word in spoken.words] == ["到", "手", "12元", "v", "好"]
    price = spoken.words[2]
    assert price.end_s - price.start_s == pytest.approx(3 * spoken.words[0].end_s, abs=0.002)
    assert spoken.words[-1].end_s <= spoken.seconds


async def test_a_woman_is_a_woman(on_path):
    await Espeak().speak("好", voice="xiaoyi")
    assert on_path[1].read_text("utf-8").startswith("-v cmn+f2 ")


@pytest.mark.parametrize("line", ["raise SystemExit(1)", "print('x')"])
async def test_a_program_that_fails_is_a_fault(on_path, line):
    on_path[0](f"#!{{python}}\n{line}\n")
    with pytest.raises(SpeechFault):
        await Espeak().speak("你好")


async def test_without_the_program(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not Espeak().is_there()
    with pytest.raises(SpeechFault):
        await Espeak().speak("你好")
