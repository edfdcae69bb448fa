"""What a film costs and what is in it: CPU, memory, bytes, picture, words and sound.

    python -m bench.film [--keep FOLDER]

The film is of the demo's mug (36 frames, their own masks) among the demo shop's pictures, at the
sizes of the two channels. Each is made in a process of its own, twice; the second must give the
same bytes. A third run keeps every tenth frame as it was composed, against which the decoded ones
are held. Beside it stands what a plain composer of frames costs: Pillow for the pictures and the
words, x264 as it comes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import av
import cv2
import numpy as np

from zhanggui.studio import film
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.facts import Facts
from zhanggui.studio.film import rendering
from zhanggui.studio.film.encoding import Writer
from zhanggui.studio.film.loudness import lufs
from zhanggui.studio.film.moves import between
from zhanggui.studio.film.planes import Planes
from zhanggui.studio.film.takes import Stand, filling
from zhanggui.studio.likeness import ssim
from zhanggui.studio.pictures import Pixels, Size, read

SIZES = (Size(720, 1280), Size(1080, 1920))
BARS_S = {720: 10, 1080: 18}
SECONDS, SEED = 14.0, 20261127
GOODS = Path("demo/goods/mug")
FACTS = Facts.model_validate_json((GOODS / "product.json").read_text("utf-8"))
CAPTIONS = (
    "清晨的第一杯，从握在手心开始",
    "转一圈看看，每一面都是手工",
    "釉色沉静，杯沿收得圆润",
    "350毫升，咖啡牛奶都刚好",
)


def frames() -> list[Cutout]:
    """The mug's turn with its exact masks."""
    found = []
    for path in sorted((GOODS / "frames").iterdir()):
        rgb, _ = read(path)
        (mask,) = (GOODS / "masks").glob(f"{path.stem}.*")
        alpha = cv2.imread(str(mask), cv2.IMREAD_GRAYSCALE)
        found.append(Cutout(rgb, np.asarray(alpha, dtype=np.uint8), 1.0, "exact"))
    return found


def scenes(size: Size) -> list[Pixels]:
    """Stills of the size. What is on them does not matter here, how much there is does."""
    paths = [Path(f"demo/pictures/YX{number:02}.webp") for number in (3, 5, 8)]
    return [filling(read(path)[0], size) for path in paths]


def make(size: Size, out: Path) -> tuple[film.Film, float]:
    """The film, and the CPU seconds from the storyboard to the file."""
    cutouts, stills = frames(), scenes(size)
    begun = time.process_time()
    plan = film.storyboard(FACTS, CAPTIONS, frames_count=len(cutouts), seconds=SECONDS, seed=SEED)
    made = film.render(plan, frames=cutouts, scenes=stills, size=size, out=out)
    return made, time.process_time() - begun


def child(width: int, height: int, out: Path) -> None:
    """Make one film and say what it took."""
    cv2.setNumThreads(1)
    _made, cpu_s = make(Size(width, height), out)
    print(json.dumps({"cpu_s": round(cpu_s, 2), "peak_mb": _peak_mb()}))


def _peak_mb() -> int:
    """The process's own peak: what `getrusage` gives may be its parent's, from before the exec."""
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024)


def measure(size: Size, folder: Path) -> dict[str, Any]:
    """One size: cost and bytes from processes of their own, the rest from what was decoded."""
    path = folder / f"film-{size.width}.mp4"
    runs = [_run(size, path) for _ in range(2)]
    return {
        "size": f"{size.width}x{size.height}",
        "cpu_s": [run["cpu_s"] for run in runs],
        "bar_s": BARS_S[size.width],
        "peak_mb": max(run["peak_mb"] for run in runs),
        "same_bytes": runs[0]["sha256"] == runs[1]["sha256"],
        "kbit_s": round(path.stat().st_size * 8 / SECONDS / 1000),
        "baseline_cpu_s": round(baseline(size, folder), 1),
        **_seen_and_heard(size, path, folder),
    }


def _run(size: Size, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.film", "--child", *map(str, size), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, env=os.environ)
    found: dict[str, Any] = json.loads(done.stdout)
    return found | {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


class _Keeping(Writer):
    """Keeps the luma of every tenth frame as it was composed."""

    kept: list[Pixels]

    def show(self, picture: Planes) -> None:
        self.kept.append(picture.y.copy())
        if len(self.kept) % 10 != 1:
            self.kept[-1] = np.zeros((0, 0), dtype=np.uint8)
        super().show(picture)


def _seen_and_heard(size: Size, path: Path, folder: Path) -> dict[str, Any]:
    _Keeping.kept = []
    with patch.object(rendering, "Writer", _Keeping):
        made, _cpu = make(size, folder / "kept.mp4")
    likenesses, noises, wrong, letters = [], [], 0, 0
    captions = {round((t.start_s + t.end_s) * 12.5): t for t in made.texts if t.slot != "mark"}
    captions = {min(n, int(SECONDS * 25) - 5): t for n, t in captions.items()}
    last_texts = [t for t in made.texts if t.slot == "card"]
    reader = _reader()
    spun = _spun(made)
    cutouts = frames()
    stand = Stand(cutouts, size)
    with av.open(str(path)) as file:
        for number, frame in enumerate(file.decode(video=0)):
            if number % 10 == 0:
                noises.append(_psnr(_luma(frame), _Keeping.kept[number]))
            if number in spun and number % 8 == 0:
                shown, zoom = spun[number]
                likenesses.append(_likeness(frame, cutouts[shown], stand, zoom, size))
            texts = last_texts if number == int(SECONDS * 25) - 5 else []
            if number in captions and captions[number].slot == "caption":
                texts = [captions[number]]
            if texts:
                read_back = reader(np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8))
                for text in texts:
                    missed, count = _missed(text.text, read_back)
                    wrong, letters = wrong + missed, letters + count
        video = file.streams.video[0]
        seconds = float((video.duration or 0) * (video.time_base or 0))
    return {
        "seconds": seconds,
        "psnr_db": [round(min(noises), 1), round(float(np.mean(noises)), 1)],
        "product_ssim": [round(min(likenesses), 3), round(float(np.mean(likenesses)), 3)],
        "letters_read": f"{letters - wrong}/{letters}",
        **_heard(path),
    }


def _luma(frame: av.VideoFrame) -> Pixels:
    """The decoded luma as it is, 16–235."""
    return np.asarray(frame.reformat(format="nv12").to_ndarray()[: frame.height], dtype=np.uint8)


def _psnr(decoded: Pixels, composed: Pixels) -> float:
    error = float(np.square(decoded.astype(np.float64) - composed).mean())
    return 10 * float(np.log10(255**2 / max(error, 1e-6)))


def _spun(made: film.Film) -> dict[int, tuple[int, float]]:
    """Of each frame of the spin without a transition: the source frame and the zoom."""
    plan = made.storyboard
    starts = [round(start * 25) for start in plan.starts()]
    found: dict[int, tuple[int, float]] = {}
    for place, shot in enumerate(plan.shots):
        if shot.kind != "spin" or shot.source % 2:
            continue
        over = round(plan.shots[place + 1].transition.seconds * 25)
        first, end = starts[place], starts[place + 1]
        for number in range(first + round(shot.transition.seconds * 25) + 1, end):
            progress = (number - first) / (end + over - first)
            found[number] = ((number - first) // 2 % 36, between(shot.motion, progress).zoom)
    return found


def _likeness(frame: av.VideoFrame, cutout: Cutout, stand: Stand, zoom: float, size: Size) -> float:
    """SSIM of luma inside the mask, three pixels in, against the base frame warped there."""
    move = stand.affine(zoom)
    shown = cv2.cvtColor(np.asarray(frame.to_ndarray(format="rgb24")), cv2.COLOR_RGB2GRAY)
    grey = cv2.cvtColor(cutout.rgb, cv2.COLOR_RGB2GRAY)
    base = cv2.warpAffine(grey, move, size, flags=cv2.INTER_CUBIC)
    mask = cv2.warpAffine(cutout.alpha, move, size)
    inside = cv2.erode(mask, np.ones((7, 7), np.uint8)) > 250
    return ssim(np.asarray(shown, np.uint8), np.asarray(base, np.uint8), np.asarray(inside))


def _reader() -> Any:
    from rapidocr import RapidOCR

    engine = RapidOCR()

    def read_back(picture: Pixels) -> str:
        found = engine(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        return "".join(getattr(found, "txts", None) or ())

    return read_back


def _missed(text: str, read_back: str) -> tuple[int, int]:
    """How many letters of a text are not among those that were read, and how many it has."""
    letters = [letter for letter in text if letter.isalnum() or letter in "¥"]
    pool = list(read_back.replace("￥", "¥"))
    missed = 0
    for letter in letters:
        if letter in pool:
            pool.remove(letter)
        else:
            missed += 1
    return missed, len(letters)


def _heard(path: Path) -> dict[str, Any]:
    with av.open(str(path)) as file:
        parts = [frame.to_ndarray() for frame in file.decode(audio=0)]
    sound = np.concatenate(parts, axis=1).astype(np.float32)
    peak = float(np.abs(sound).max())
    return {"lufs": round(lufs(sound), 1), "peak_dbfs": round(20 * float(np.log10(peak)), 1)}


def baseline(size: Size, folder: Path) -> float:
    """CPU seconds of a plain composer for a film as long, reckoned from two seconds of it."""
    from PIL import Image, ImageDraw, ImageFont

    from zhanggui.studio.lettering import fonts

    still = Image.fromarray(scenes(size)[0])
    cutout = frames()[0]
    product = Image.fromarray(np.dstack([cutout.rgb, cutout.alpha]))
    font = ImageFont.truetype(str(fonts.file("sans", "bold")), size.width // 17)
    begun = time.process_time()
    with av.open(str(folder / "plain.mp4"), "w") as file:
        stream = file.add_stream("libx264", rate=25, options={"threads": "1"})
        stream.width, stream.height, stream.pix_fmt = size.width, size.height, "yuv420p"
        for number in range(50):
            grown = 1 + number / 1000
            wide = (round(size.width * grown), round(size.height * grown))
            picture = still.resize(wide, Image.Resampling.BICUBIC).crop((0, 0, *size))
            side = round(size.width * 0.8 * grown)
            laid = product.resize((side, side), Image.Resampling.BICUBIC)
            picture.paste(laid, (size.width // 10, size.height // 5), laid)
            at = (size.width // 8, round(size.height * 0.72))
            ImageDraw.Draw(picture).text(at, CAPTIONS[0], font=font, fill="white", stroke_width=3)
            pixels = np.asarray(picture, dtype=np.uint8)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        file.mux(stream.encode(None))
    return (time.process_time() - begun) * SECONDS / 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, help="a folder for the films")
    given = parser.parse_args(arguments)
    if given.child:
        child(int(given.child[0]), int(given.child[1]), Path(given.child[2]))
        return
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = [measure(size, folder) for size in SIZES]
    print(json.dumps({"seconds": SECONDS, "seed": SEED, "films": found}, ensure_ascii=False))
    if not all(each["same_bytes"] for each in found):
        sys.exit("a film made twice differs")


if __name__ == "__main__":
    main()
