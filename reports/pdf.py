"""A paper as a PDF: tagged for who hears it read out, with Chinese letters inside, the same bytes on every machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from reports.paper import Block, Grid, Heading, Line, Paper, Points

MEDIA_TYPE = "application/pdf"
_TEMPLATE = Path(__file__).with_name("paper.typ")
_FONT = "Noto Sans CJK SC"
# PDF/UA: whoever cannot see it can have all of it read out.
_STANDARD: Final = "ua-1"
# A column of sentences is so many times as wide as one of figures.
_WIDE = 3


class UnprintableError(RuntimeError):
    """The paper cannot be printed as it should be: a letter without a font, or a fault of ours."""


def pdf(paper: Paper) -> bytes:
    """The paper as the bytes of a PDF; UnprintableError where anything about it would be missing."""
    # Imported here: the printer's library is large, and few visits need it.
    import typst
    from noto_cjk_sans_otc import FONT_PATH  # type: ignore[import-untyped]

    made, warnings = typst.compile_with_warnings(
        str(_TEMPLATE),
        format="pdf",
        font_paths=[str(Path(str(FONT_PATH)).parent)],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_told(paper), ensure_ascii=False)},
        pdf_standards=[_STANDARD],
        timestamp=paper.moment.replace(microsecond=0),
    )
    if warnings:
        raise UnprintableError("; ".join(str(one) for one in warnings))
    return made


def _told(paper: Paper) -> dict[str, object]:
    return {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "lang": paper.language,
        "region": "CN" if paper.language == "zh" else "GB",
        "font": _FONT,
        "foot": paper.foot,
        "blocks": [_block(one) for one in paper.blocks],
    }


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(text=text, level=level):
            return {"kind": "heading", "text": text, "level": level}
        case Line(text=text):
            return {"kind": "line", "text": text}
        case Points(lines=lines):
            return {"kind": "points", "lines": list(lines)}
        case Grid():
            widths = [_WIDE if place in block.wide else 1 for place in range(len(block.columns))]
            return {
                "kind": "grid",
                "columns": list(block.columns),
                "rows": [list(row) for row in block.rows],
                "about": block.about,
                "widths": widths,
            }
