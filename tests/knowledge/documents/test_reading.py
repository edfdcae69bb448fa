"""Files of each form to clauses, and those that cannot be read."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.knowledge.documents import papers
from zhanggui.base.errors import Invalid, TooLarge, ZhangguiError
from zhanggui.knowledge.documents import cutting, document_worker, formats, read, reading, tables

MANUAL = """檐下碗铺服务手册

一、退货
1. 签收后七天内，没有使用过的商品可以退货。
2. 退货运费由买家承担。
二、保修
以下情况不予保修：
（1）人为摔落
（2）进水
问：能开发票吗？
答：可以开电子发票。
"""
SIZES = """---
id: sizes
---
# 尺码指南

## 女装
**均码**以外按[尺码表](https://shop.test/sizes)选，
拿不准就选大一号。

| 尺码 | 胸围 |
|------|------|
| S<br>小 | 88 |

1. 先量
   胸围
2. 再看表
"""


def said(name: str, data: bytes) -> list[tuple[str, str]]:
    return [(clause.heading, clause.text) for clause in read(name, data).clauses]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_plain_text(encoding):
    draft = read("手册.txt", MANUAL.encode(encoding))
    assert draft.title == "檐下碗铺服务手册"
    assert [(clause.heading, clause.text) for clause in draft.clauses] == [
        ("一、退货", "签收后七天内，没有使用过的商品可以退货。"),
        ("一、退货", "退货运费由买家承担。"),
        ("二、保修", "以下情况不予保修：\n（1）人为摔落\n（2）进水"),
        ("二、保修 › 能开发票吗？", "可以开电子发票。"),
    ]


def test_lines_broken_for_their_width_are_joined():
    chinese = (
        "　　本店所售商品均由正规渠道进货，如对商品质量有疑问可以在\n签收后十五天内申请检测。\n"
    )
    chinese += "　　检测费用由本店承担。"
    assert [text for _, text in said("a.txt", chinese.encode())] == [
        "本店所售商品均由正规渠道进货，如对商品质量有疑问可以在签收后十五天内申请检测。",
        "检测费用由本店承担。",
    ]
    latin = "Every bowl is checked by hand before it is packed\nand shipped.\n\nReturns are free."
    assert [text for _, text in said("a.txt", latin.encode())] == [
        "Every bowl is checked by hand before it is packed and shipped.",
        "Returns are free.",
    ]


@pytest.mark.parametrize("name", ["指南.md", "指南.txt"])
def test_markdown_is_known_by_its_marks(name):
    draft = read(name, SIZES.encode())
    assert draft.title == "尺码指南"
    assert [(clause.heading, clause.text) for clause in draft.clauses] == [
        ("女装", "均码以外按尺码表选，拿不准就选大一号。"),
        ("女装", "尺码：S\n小；胸围：88"),
        ("女装", "1. 先量胸围\n2. 再看表"),
    ]


def _fill(document):
    document.add_heading("质保条款", 0)
    document.add_heading("范围", 1)
    document.add_paragraph("整机质保一年。")
    document.add_paragraph("以下不保：")
    document.add_paragraph("摔落", style="List Bullet")
    document.add_paragraph("进水", style="List Number")
    table = document.add_table(2, 3)
    for row, cells in enumerate([("部件", "质保", "备注"), ("电机", "36个月", "主机")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_heading("常见问题", 1)
    document.add_paragraph("问：能寄修吗？\n答：能。")
    document.sections[0].header.paragraphs[0].text = "内部资料"


def test_a_docx():
    draft = read("质保.docx", papers.word(_fill))
    assert draft.title == "质保条款"
    assert [(clause.heading, clause.text) for clause in draft.clauses] == [
        ("范围", "整机质保一年。"),
        ("范围", "以下不保：\n摔落\n进水"),
        ("范围", "部件：电机；质保：36个月；备注：主机"),
        ("常见问题 › 能寄修吗？", "能。"),
    ]


def test_a_docx_is_read_as_it_stands_after_its_changes():
    def fill(document):
        paragraph = document.add_paragraph("质保")
        for tag, text, of in (("ins", "两年", "t"), ("del", "一年", "delText")):
            change = paragraph._p.makeelement(_w(tag))
            run = paragraph._p.makeelement(_w("r"))
            letters = paragraph._p.makeelement(_w(of))
            letters.text = text
            run.append(letters)
            change.append(run)
            paragraph._p.append(change)
        document.add_paragraph("下表为准。")
        table = document.add_table(3, 3)
        rows = [("部件", "质保", "备注"), ("", "一年", "甲"), ("", "两年", "乙")]
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        table.cell(1, 0).merge(table.cell(2, 0)).text = "主机"

    draft = read("a.docx", papers.word(fill))
    assert draft.title == "质保两年"
    assert [clause.text for clause in draft.clauses] == [
        "下表为准。",
        "部件：主机；质保：一年；备注：甲",
        "部件：主机；质保：两年；备注：乙",
    ]


def _w(tag: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}"


def test_a_workbook():
    data = papers.sheets(
        售后问答=[["问题", "答案"], ["能退吗", "七天内能退"], [None, None], ["发货说明：当天发"]],
        尺码=[["女装尺码"], ["尺码", "胸围", "衣长"], ["S", 88, 60.5]],
    )
    draft = read("资料.xlsx", data)
    assert draft.title == "资料"
    assert [(clause.heading, clause.text) for clause in draft.clauses] == [
        ("售后问答 › 能退吗", "七天内能退"),
        ("售后问答", "发货说明：当天发"),
        ("尺码 › 女装尺码", "尺码：S；胸围：88；衣长：60.5"),
    ]


def _page(number: int, *body: papers.Print) -> list[papers.Print]:
    header, footer = ("檐下碗铺 内部资料", 60, 40, 9), (f"第 {number} 页 共 3 页", 280, 810, 9)
    return [header, *body, footer]


def test_a_pdf():
    first = [
        ("保修条款", 60, 90, 20),
        ("一、范围", 60, 130, 14),
        ("整机自签收之日起质保十二个月，在此期间因材料工艺出现的故障，由本店维修，", 84, 160, 12),
        ("往返运费由本店承担。", 60, 178, 12),
        (
            "The battery is covered for half a year from the day on which it was received,",
            60,
            214,
            12,
        ),
        ("and is replaced free of charge.", 60, 232, 12),
        (
            "质保期内还可以凭订单号在线上申请一次免费的深度清洗，清洗保养的往返运费也由本店",
            60,
            268,
            12,
        ),
    ]
    second = [
        ("承担。", 60, 90, 12),
        ("1. 人为损坏不保。", 60, 108, 12),
        ("2. 进水不保。", 60, 126, 12),
    ]
    draft = read("保修.pdf", papers.pdf([_page(1, *first), _page(2, *second), _page(3), []]))
    assert (draft.title, draft.unread_pages) == ("保修条款", [4])
    assert [(clause.heading, clause.text) for clause in draft.clauses] == [
        (
            "一、范围",
            "整机自签收之日起质保十二个月，在此期间因材料工艺出现的故障，由本店维修，"
            "往返运费由本店承担。",
        ),
        (
            "一、范围",
            "The battery is covered for half a year from the day on which it was received, "
            "and is replaced free of charge.",
        ),
        (
            "一、范围",
            "质保期内还可以凭订单号在线上申请一次免费的深度清洗，清洗保养的往返运费也由本店承担。",
        ),
        ("一、范围", "人为损坏不保。"),
        ("一、范围", "进水不保。"),
    ]


def _zip(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


BAD = {
    "empty.txt": (b" \n", "空的"),
    "blank.md": (b"---\n\n***\n", "没有可用的内容"),
    "scan.pdf": (papers.pdf([[]]), "扫描件"),
    "odd.pdf": (papers.pdf([[("\ue001\ue002\ue003", 60, 60, 12)]]), "文字编码"),
    "locked.pdf": (papers.locked_pdf(), "密码"),
    "cut.pdf": (papers.pdf([[("质保", 60, 60, 12)]])[:300], "损坏"),
    "named.pdf": ("其实是文字".encode(), "不是 pdf"),
    "picture.md": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "不是能读"),
    "page.txt": (b"<!doctype html><html><body>hi</body></html>", "不是能读"),
    "cut.docx": (papers.word(_fill)[:-900], "损坏"),
    "hollow.docx": (_zip(word__document_xml="<oops"), "损坏"),
    "other.zip": (_zip(a_txt="甲"), "不是能读"),
    "old.doc": (reading._OLD + "WordDocument".encode("utf-16-le"), "旧版"),
    "locked.docx": (reading._OLD + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "broken.xlsx": (_zip(xl__workbook_xml="<oops"), "打不开"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_says_why_and_what_to_do(name):
    data, why = BAD[name]
    with pytest.raises(Invalid) as told:
        read(name, data)
    assert why in told.value.what.zh
    assert told.value.hint is not None
    assert told.value.where == name


def test_a_zip_bomb_is_not_unpacked(monkeypatch):
    bomb = _zip(word__document_xml=b"\0" * (document_worker.MAX_UNPACKED + 1))
    assert len(bomb) < 1 << 20
    with pytest.raises(Invalid) as told:
        read("bomb.docx", bomb)
    assert "太多" in told.value.what.zh


def _docx_of_rows(*rows: str) -> bytes:
    """A docx of one table, its rows written as they stand in the file."""
    document = docx.Document()
    body = f"<w:tbl {nsdecls('w')}>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    document.element.body.insert(0, parse_xml(body))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


SPREADING = {
    "one wide row": [_cell("甲", '<w:gridSpan w:val="100"/>') * 500, *[_cell("乙")] * 8_000],
    "rows times the widest": [_cell("甲") * 500, *[_cell("乙")] * 8_000],
    "merged downwards": [
        _cell("甲" * 20_000, '<w:vMerge w:val="restart"/>'),
        *[_cell("", "<w:vMerge/>")] * 1_000,
    ],
}


@pytest.mark.parametrize("rows", SPREADING.values(), ids=SPREADING)
def test_a_small_table_that_spreads_is_not_laid_out(rows):
    data = _docx_of_rows(*rows)
    assert len(data) < 100_000
    with pytest.raises(Invalid) as told:
        read("a.docx", data)
    assert "太多" in told.value.what.zh


def test_any_table_may_have_too_many_places(monkeypatch):
    monkeypatch.setattr(tables, "MOST_PLACES", 5)
    with pytest.raises(Invalid) as told:
        read("a.md", SIZES.replace("| S", "| L | 92 |\n| S").encode())
    assert "太多" in told.value.what.zh


def test_merged_cells_of_an_ordinary_table_stand_in_each_place():
    wide, down = '<w:gridSpan w:val="2"/>', "<w:vMerge/>"
    data = _docx_of_rows(
        _cell("尺码") + _cell("衣长") + _cell("备注"),
        _cell("大", '<w:vMerge w:val="restart"/>') + _cell("七十", wide),
        _cell("", down) + _cell("七一") + _cell("加厚"),
    )
    assert [text for _, text in said("a.docx", data)] == [
        "尺码：大；衣长：七十",
        "尺码：大；衣长：七一；备注：加厚",
    ]


def test_a_file_a_pdf_or_a_document_may_be_too_large(monkeypatch):
    monkeypatch.setattr(formats, "MOST_PAGES", 1)
    with pytest.raises(Invalid) as told:
        read("a.pdf", papers.pdf([[], []]))
    assert "页" in told.value.what.zh
    monkeypatch.setattr(reading, "MOST_CLAUSES", 3)
    with pytest.raises(TooLarge):
        read("手册.txt", MANUAL.encode())
    monkeypatch.setattr(reading, "MAX_BYTES", 3)
    with pytest.raises(TooLarge):
        read("手册.txt", MANUAL.encode())


@settings(max_examples=200)
@given(st.text(max_size=2000), st.sampled_from(["a.txt", "a.md"]))
def test_any_text_is_cut_or_refused_in_words(text, name):
    try:
        draft = read(name, text.encode("utf-8", "surrogatepass"))
    except ZhangguiError:
        return
    assert draft.title
    assert all(0 < len(clause.text) <= cutting.LONGEST for clause in draft.clauses)
    assert all(len(clause.heading) <= cutting.LONGEST_HEADING for clause in draft.clauses)
