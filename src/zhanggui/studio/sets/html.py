"""The detail page as HTML: words as words, pictures beside it, nothing fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from zhanggui.studio.sets.palette import Palette
from zhanggui.studio.sets.sections import Section

_STYLE = """
*{{box-sizing:border-box;margin:0}}
body{{background:{paper};color:{ink};font-size:17px;line-height:1.75;
font-family:"PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif}}
main{{max-width:750px;margin:0 auto;background:{card}}}
section{{padding:40px 32px}}
section.hero,section.care,section.cautions{{background:{tint}}}
section.story{{background:{paper}}}
section.promises{{background:{deep};color:#fff}}
h1,h2{{font-family:"Songti SC","Noto Serif SC",serif;line-height:1.35}}
h1{{font-size:34px}} h2{{font-size:28px;margin-bottom:12px}}
figure{{margin:20px 0 0}}
img{{display:block;width:100%;height:auto;border-radius:10px}}
figcaption{{text-align:center;padding-top:10px;color:{muted}}}
p+p{{margin-top:12px}}
.price{{font-size:34px;font-weight:700;color:{accent}}}
table{{width:100%;border-collapse:collapse}}
th,td{{text-align:left;padding:12px 8px;border-bottom:1px solid {line};vertical-align:top}}
th{{width:28%;font-weight:400;color:{muted}}}
li{{margin:8px 0}}
"""


def page(
    title: str, name: str, price: str | None, sections: Sequence[Section], colours: Palette
) -> str:
    """The whole page. Pictures are `pictures/<number>.jpg` beside it."""
    style = _STYLE.format(**{
        each: "#{:02x}{:02x}{:02x}".format(*getattr(colours, each))
        for each in ("paper", "card", "tint", "deep", "ink", "muted", "accent", "line")
    })  # fmt: skip
    parts = [_section(place, each, name, price) for place, each in enumerate(sections, 1)]
    return "\n".join([
        "<!doctype html>",
        '<html lang="zh-CN">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<main>",
        *parts,
        "</main>",
        "</body>",
        "</html>",
        "",
    ])  # fmt: skip


def picture_path(place: int) -> str:
    """Where the page looks for the picture of its section, counted from one."""
    return f"pictures/{place:02d}.jpg"


def _section(place: int, section: Section, name: str, price: str | None) -> str:
    inner: list[str] = []
    if section.name == "hero":
        inner += [f"<h1>{escape(name)}</h1>", f"<p>{escape(section.heading)}</p>"]
        if price:
            inner.append(f'<p class="price">{escape(price)}</p>')
    elif section.heading and section.name != "scene":
        inner.append(f"<h2>{escape(section.heading)}</h2>")
    if section.rows:
        inner.append(_table(section.rows))
    elif section.name in ("care", "cautions", "promises"):
        items = "".join(f"<li>{escape(line)}</li>" for line in section.lines)
        inner.append(f"<ul>{items}</ul>")
    else:
        inner += [f"<p>{escape(line)}</p>" for line in section.lines]
    inner.append(_figure(place, section))
    label = f' aria-label="{escape(section.heading, quote=True)}"' if section.heading else ""
    return f'<section class="{section.name}"{label}>\n' + "\n".join(inner) + "\n</section>"


def _figure(place: int, section: Section) -> str:
    if section.bare is None:
        return ""
    height, width = section.bare.shape[:2]
    source = f'src="{picture_path(place)}" width="{width}" height="{height}"'
    picture = f'<img {source} alt="{escape(section.alt, quote=True)}">'
    below = ""
    if section.name == "scene":
        below = f"<figcaption>{escape(section.heading)}</figcaption>"
    return f"<figure>{picture}{below}</figure>"


def _table(rows: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
        for label, value in rows
    )
    return f"<table><tbody>{lines}</tbody></table>"
