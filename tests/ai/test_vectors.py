"""Vectors kept on disk."""

import numpy as np
import pytest

from tests.embedders import LetterEmbedder
from zhanggui.ai import TextRole, VectorStore, vectors

ASKED: list[tuple[str, TextRole]] = [
    ("怎么退货", "query"),
    ("签收后七天内可以退货", "passage"),
    ("怎么退货", "passage"),
]


@pytest.fixture
def embedder():
    return LetterEmbedder()


@pytest.fixture
def store(tmp_path, embedder):
    return VectorStore(tmp_path, embedder)


def test_nothing_is_embedded_twice(store, embedder, tmp_path):
    assert store.fill(ASKED) == 3
    assert store.fill(ASKED) == 0
    again = VectorStore(tmp_path, embedder)
    assert again.fill(ASKED) == 0
    assert sorted(embedder.embedded) == sorted(ASKED)


def test_a_row_for_each_text_and_which_are_known(store, embedder):
    store.fill(ASKED[:2])
    rows, known = store.get([ASKED[1], ASKED[2], ASKED[0]])
    assert known.tolist() == [True, False, True]
    assert not rows[1].any()
    assert rows[2] == pytest.approx(embedder.embed(["怎么退货"], "query")[0], abs=1e-3)


def test_roles_and_versions_are_kept_apart(store, tmp_path):
    store.fill(ASKED[:1])
    assert not store.get(ASKED[2:])[1].any()
    assert not VectorStore(tmp_path, LetterEmbedder("2")).get(ASKED[:1])[1].any()


def test_it_forgets_what_is_no_longer_asked(store, embedder, tmp_path):
    store.fill(ASKED)
    store.retain(ASKED[1:2])
    again = VectorStore(tmp_path, embedder)
    assert len(again) == 1
    assert again.get(ASKED)[1].tolist() == [False, True, False]
    assert again.get(ASKED[1:2])[0] == pytest.approx(store.get(ASKED[1:2])[0])


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half a file", b"\x00" * 100])
def test_a_damaged_file_is_a_saving_lost(store, embedder, tmp_path, damage):
    store.fill(ASKED)
    store.path.write_bytes(damage)
    again = VectorStore(tmp_path, embedder)
    assert len(again) == 0
    assert again.fill(ASKED) == 3


def test_vectors_of_another_size_are_not_used(store, tmp_path):
    store.fill(ASKED)
    wider = LetterEmbedder()
    wider.dim = 512
    assert len(VectorStore(tmp_path, wider)) == 0


def test_work_is_kept_as_it_goes(tmp_path, monkeypatch):
    """An embedder that breaks off half-way leaves what was done."""
    monkeypatch.setattr(vectors, "_KEPT", 4)

    class Tired(LetterEmbedder):
        def embed(self, texts, role):
            if len(self.embedded) >= 8:
                raise RuntimeError("broke off")
            return super().embed(texts, role)

    asked: list[tuple[str, TextRole]] = [(f"第{n}个问题", "query") for n in range(20)]
    with pytest.raises(RuntimeError):
        VectorStore(tmp_path, Tired()).fill(asked)
    assert VectorStore(tmp_path, LetterEmbedder()).fill(asked) == 12


def test_what_was_computed_elsewhere_is_kept(store, embedder, tmp_path):
    rows = LetterEmbedder().embed([ASKED[0][0]], "query")
    store.put(ASKED[:1], rows)
    assert VectorStore(tmp_path, embedder).get(ASKED[:1])[0] == pytest.approx(rows, abs=1e-3)
    assert embedder.embedded == []


def test_progress_is_told(store):
    heard = []
    store.fill(ASKED, lambda done, total: heard.append((done, total)))
    assert heard[-1] == (3, 3)
    assert heard == sorted(heard)


def test_rows_have_length_one(store):
    store.fill(ASKED)
    assert np.linalg.norm(store.get(ASKED)[0], axis=1) == pytest.approx(1, abs=1e-3)
