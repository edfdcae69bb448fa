"""multilingual-e5-small in torch, from the packed file: what is trained are the biases, the layer
norms and the scales of the 4-bit blocks, so that the result is again a file of the same form.

Biases alone: Ben Zaken et al. 2022 (BitFit). Scales of a quantised model alone: Kim et al. 2023
(PEQA). The 4-bit values stay as they are.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its name everywhere

from zhanggui.ai.e5file import ModelFile


class Linear(nn.Module):
    """A matrix of blocks: weight = scale * exp(delta) * values."""

    def __init__(self, file: ModelFile, name: str, wide: int) -> None:
        super().__init__()
        scales, values = file.blocks(f"{name}.w")
        tall = len(scales) * file.block // wide
        self.register_buffer("values", torch.tensor(values).view(tall, -1, file.block))
        self.register_buffer("scales", torch.tensor(scales).view(tall, -1, 1))
        self.delta = nn.Parameter(torch.zeros_like(self.scales))
        self.bias = nn.Parameter(torch.tensor(file.floats(f"{name}.b")))
        self.weight: Tensor | None = None

    def unpack(self) -> None:
        """Make the matrix, once for all that a step embeds."""
        self.weight = (self.values * (self.scales * self.delta.exp())).view(len(self.values), -1)

    def forward(self, x: Tensor) -> Tensor:
        assert self.weight is not None, "unpack first"
        return F.linear(x, self.weight, self.bias)


class Norm(nn.Module):
    """A layer norm."""

    def __init__(self, file: ModelFile, name: str) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(file.floats(f"{name}.w")))
        self.bias = nn.Parameter(torch.tensor(file.floats(f"{name}.b")))
        self.epsilon = file.epsilon

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.weight.shape, self.weight, self.bias, self.epsilon)


class Layer(nn.Module):
    """One transformer layer."""

    def __init__(self, file: ModelFile, index: int) -> None:
        super().__init__()
        hidden, inner = file.shape["hidden"], file.shape["inner"]
        self.heads = file.shape["heads"]
        self.q, self.k, self.v, self.ao = (
            Linear(file, f"l{index}.{each}", hidden) for each in ("q", "k", "v", "ao")
        )
        self.fi = Linear(file, f"l{index}.fi", hidden)
        self.fo = Linear(file, f"l{index}.fo", inner)
        self.aln, self.oln = Norm(file, f"l{index}.aln"), Norm(file, f"l{index}.oln")

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        def split(y: Tensor) -> Tensor:
            return y.view(*y.shape[:2], self.heads, -1).transpose(1, 2)

        mixed = F.scaled_dot_product_attention(
            split(self.q(x)), split(self.k(x)), split(self.v(x)), mask[:, None, None, :]
        )
        x = self.aln(x + self.ao(mixed.transpose(1, 2).flatten(2)))
        return self.oln(x + self.fo(F.gelu(self.fi(x))))


class Encoder(nn.Module):
    """Token ids to a row of length 1 for each text. The first `frozen` layers are never trained,
    so what they give may be computed once (:meth:`lower`) and kept."""

    def __init__(self, file: ModelFile, frozen: int) -> None:
        super().__init__()
        hidden = file.shape["hidden"]
        scales, values = file.blocks("emb.word")
        self.word_scales = torch.tensor(scales).half().view(-1, hidden // file.block, 1)
        self.word_values = torch.tensor(values).to(torch.int8).view(-1, hidden // file.block, 32)
        self.positions = torch.tensor(file.floats("emb.pos")).view(-1, hidden)
        self.type = torch.tensor(file.floats("emb.type"))[:hidden]
        self.norm = Norm(file, "emb.ln")
        self.layers = nn.ModuleList(Layer(file, i) for i in range(file.shape["layers"]))
        self.frozen = frozen
        for part in (self.norm, *self.layers[:frozen]):
            part.requires_grad_(False)
        self.unpack()

    def unpack(self) -> None:
        """After every change of the parameters."""
        for part in self.modules():
            if isinstance(part, Linear):
                part.unpack()

    @torch.no_grad()
    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """What the frozen layers make of the tokens, shape (n, length, hidden)."""
        word = (self.word_values[ids].float() * self.word_scales[ids].float()).flatten(-2)
        x = self.norm(word + self.positions[: ids.shape[1]] + self.type)
        for layer in self.layers[: self.frozen]:
            x = layer(x, mask)
        return x

    def upper(self, x: Tensor, mask: Tensor) -> Tensor:
        """The embedding from there, shape (n, hidden)."""
        for layer in self.layers[self.frozen :]:
            x = layer(x, mask)
        weight = mask[..., None].float()
        return F.normalize((x * weight).sum(1) / weight.sum(1), dim=-1)
