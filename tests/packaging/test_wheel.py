"""The wheel, installed elsewhere, is the whole product."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.server import Server

pytestmark = pytest.mark.timeout(600)

SOURCES = ("src", "demo", "hatch_build.py", "LICENSE", "NOTICE", "README.md")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (wheel,) = _build(ROOT, tmp_path_factory.mktemp("wheel")).glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of another environment that holds the wheel.

    The packages it depends on come from the environment of the tests; the project, which is there
    too as an editable install, does not.
    """
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home / "venv", with_pip=False, symlinks=True)
    python = home / "venv" / "bin" / "python"
    uv = Path(sys.executable).with_name("uv")
    _run([uv, "pip", "install", "--offline", "--no-deps", "--python", python, wheel], cwd=home)
    packages = Path(sysconfig.get_path("purelib", vars={"base": home / "venv"}))
    # A link to each package, and no .pth file: that is how the editable install would come along.
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if entry.suffix != ".pth" and not (packages / entry.name).exists():
            (packages / entry.name).symlink_to(entry)
    where = _run([python, "-c", "import zhanggui; print(zhanggui.__file__)"], cwd=home)
    assert Path(where.strip()).is_relative_to(packages)
    return python.parent


def test_it_carries_the_console_the_demo_shop_and_the_licence(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "zhanggui/_console/index.html" in names
    assert any(name.startswith("zhanggui/_console/assets/") for name in names)
    assert any(name.startswith("zhanggui/_demo/") for name in names)
    assert {Path(name).name for name in names} >= {"LICENSE", "NOTICE", "entry_points.txt"}
    assert not [name for name in names if "node_modules" in name or "__pycache__" in name]


def test_it_carries_every_module_and_migration(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = ROOT / "src"
    modules = {str(path.relative_to(sources)) for path in sources.rglob("*.py")}
    assert modules <= names


def test_the_sdist_holds_what_the_wheel_is_made_of(tmp_path, wheel):
    _build(ROOT, tmp_path, "sdist")
    (sdist,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        archive.extractall(tmp_path, filter="data")
    assert {"console/package.json", "console/package-lock.json", "hatch_build.py"} <= names
    assert not [name for name in names if "node_modules" in name]
    (again,) = _build(next(tmp_path.glob("zhanggui-*/")), tmp_path / "again").glob("*.whl")
    assert sorted(zipfile.ZipFile(again).namelist()) == sorted(zipfile.ZipFile(wheel).namelist())


def test_it_serves_the_console_elsewhere(installed, tmp_path):
    with Server(installed / "zhanggui", tmp_path / "data") as server:
        page = httpx.get(server.url)
        assert page.status_code == 200
        built = (ROOT / "console" / "dist" / "index.html").read_text(encoding="utf-8")
        head, body = built.split("</head>")
        assert page.text.startswith(head)
        assert page.text.endswith(body)
        # The screen that opens first is fetched together with the program.
        assert '<link rel="modulepreload" href="/assets/Overview-' in page.text
        assert server.interrupt() == 0


def test_an_unbuilt_console_stops_the_build_and_says_what_to_do(tmp_path):
    _copy_without_console(tmp_path / "source")
    with pytest.raises(RuntimeError, match="make console"):
        _build(tmp_path / "source", tmp_path)


def test_an_editable_install_needs_no_console(tmp_path):
    _copy_without_console(tmp_path / "source")
    code = "import hatchling.build as b, sys; print(b.build_editable(sys.argv[1]))"
    built = _run([sys.executable, "-c", code, tmp_path], cwd=tmp_path / "source")
    assert (tmp_path / built.strip().splitlines()[-1]).is_file()


def _copy_without_console(target: Path) -> None:
    target.mkdir()
    shutil.copy(ROOT / "pyproject.toml", target)
    for name in SOURCES:
        source, copy = ROOT / name, target / name
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy)


def _build(source: Path, folder: Path, kind: str = "wheel") -> Path:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "build", f"--{kind}", "--no-isolation"]
    _run([*command, "--outdir", folder, source], cwd=folder)
    return folder


def _run(command: list[str | Path], *, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout
