"""A paper as a Word file (.docx): real headings, lists and tables with a repeated head row, in its own language."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reports.paper import Block, Grid, Heading, Line, Paper, Points

if TYPE_CHECKING:
    from docx.document import Document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The language of a file and the fonts of its letters: those that come with every office of that language.
_LANGUAGES: Mapping[str, tuple[str, str]] = {"en": ("en-GB", "Calibri"), "zh": ("zh-CN", "Calibri")}
_CHINESE_FONT = "Microsoft YaHei"
# Parts of a zip file bear no day, so that the same paper is the same bytes.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_SMALL_POINTS = 9


def word(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx file."""
    # Imported here: it takes as long to import as a page takes to draw.
    from docx import Document

    document = Document()
    _set_up(document, paper)
    document.add_heading(paper.title, 0)
    if paper.subtitle:
        document.add_paragraph(paper.subtitle)
    for block in paper.blocks:
        _add(document, block)
    kept = io.BytesIO()
    document.save(kept)
    return _dayless(kept.getvalue())


def _set_up(document: Document, paper: Paper) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    language, font = _LANGUAGES[paper.language]
    properties = document.core_properties
    properties.title, properties.subject, properties.author = paper.title, paper.subtitle, ""
    properties.comments, properties.keywords, properties.last_modified_by = "", "", ""
    properties.language = language
    properties.created = properties.modified = paper.moment.replace(tzinfo=None)
    properties.revision = 1
    for style in document.styles:
        element = style.element.find(qn("w:rPr"))
        fonts = None if element is None else element.find(qn("w:rFonts"))
        if fonts is not None:
            for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{name}"), None)
            fonts.set(qn("w:ascii"), font)
            fonts.set(qn("w:hAnsi"), font)
            fonts.set(qn("w:eastAsia"), _CHINESE_FONT)
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    properties_of_text = normal.element.get_or_add_rPr()
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-GB" if paper.language == "zh" else language)
    spoken.set(qn("w:eastAsia"), "zh-CN")
    properties_of_text.append(spoken)
    section = document.sections[0]
    # The longer side of A4 lies across: tables of eight criteria need it.
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    foot = section.footer.paragraphs[0]
    foot.text = paper.foot
    for run in foot.runs:
        run.font.size = Pt(_SMALL_POINTS)


def _add(document: Document, block: Block) -> None:
    match block:
        case Heading(text=text, level=level):
            document.add_heading(text, level)
        case Line(text=text):
            document.add_paragraph(text)
        case Points(lines=lines):
            for line in lines:
                document.add_paragraph(line, style="List Bullet")
        case Grid():
            _table(document, block)


def _table(document: Document, grid: Grid) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    table = document.add_table(rows=1, cols=len(grid.columns), style="Table Grid")
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), grid.about)
    table._tbl.tblPr.append(description)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row, texts in enumerate((grid.columns, *grid.rows)):
        cells = table.rows[0].cells if row == 0 else table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.bold = row == 0
            run.font.size = Pt(_SMALL_POINTS)
    document.add_paragraph()


def _dayless(data: bytes) -> bytes:
    """The same file, its parts without the moment at which they were written."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(kept, "w") as written:
        for part in read.infolist():
            bare = zipfile.ZipInfo(part.filename, _NO_DAY)
            bare.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(bare, read.read(part))
    return kept.getvalue()
