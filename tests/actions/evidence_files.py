"""Files that people, and people who mean harm, might give as evidence, made by hand: kind or why it is refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EXTERNAL = (
    f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/{{kind}}" '
    'Target="https://example.org/x" TargetMode="External"/></Relationships>'
)


def pdf(body: bytes = b"", tail: bytes = b"") -> bytes:
    """A small PDF with something more in it and after it."""
    return (
        b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Count 0 /Kids []>> endobj\n"
        + body
        + b"\nxref\n0 1\n0000000000 65535 f \ntrailer <</Root 1 0 R /Size 3>>\nstartxref\n110\n%%EOF\n"
        + tail
    )


def packed(objects: bytes) -> bytes:
    """Objects in a packed stream, out of sight of whoever searches the bytes alone."""
    content = zlib.compress(objects)
    return (
        b"5 0 obj <</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>> stream\n" % len(content)
        + content
        + b"\nendstream endobj"
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int = 4, height: int = 3, tail: bytes = b"", end: bool = True) -> bytes:
    """A PNG of a size, with something after it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(4) for _ in range(3)))
    closing = chunk(b"IEND", b"") if end else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + closing + tail


def jpeg(width: int = 4, height: int = 3, tail: bytes = b"\xff\xd9", frame: bool = True) -> bytes:
    """The segments of a JPEG of a size; its dots are none."""
    start = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0"
    size = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\1\1\0\0\x3f\0" + b"\x12\x34"
    return start + (size if frame else b"") + scan + tail


def archive(
    parts: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    """A zip file of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as book:
        for name, content in parts.items():
            book.writestr(name, content)
        book.comment = comment
    return out.getvalue()


def office(kind: str = "docx", types: str = "", **more: bytes | str) -> bytes:
    """A document of parts, as small as can be, with more parts by name ("__" for "/")."""
    main = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}[kind]
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{CONTENT}">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"/>',
        main: "<document>Report of the office</document>",
    }
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def encrypted_entry() -> bytes:
    """A document whose parts say that they are locked."""
    data = bytearray(office())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def lying_size() -> bytes:
    """A part that unpacks to 120 MB and says that it is one byte long."""
    data = bytearray(office(word__media__image1="\0" * (120 * 1024 * 1024)))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/media"))
    data[at + 24 : at + 28] = struct.pack("<I", 1)
    return bytes(data)


def twice(name: str) -> bytes:
    """A document in which one part stands twice."""
    out = io.BytesIO(office())
    with zipfile.ZipFile(out, "a") as book:
        # The second name differs in one letter until the bytes are put right: the library warns of doubles.
        book.writestr(name.replace("word", "wxrd"), "<other/>")
    return out.getvalue().replace(b"wxrd/document.xml", b"word/document.xml")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a plain PDF": (pdf, "pdf"),
    "a PDF with a link and a first page to open": (
        lambda: pdf(
            b"3 0 obj <</OpenAction [2 0 R /Fit] /A <</S /URI /URI (https://example.org)>> >> endobj"
        ),
        "pdf",
    ),
    "a PDF with packed objects": (lambda: pdf(packed(b"1 0 <</Type /Page>>")), "pdf"),
    "a PDF whose packed bytes hold /JS by chance": (
        lambda: pdf(b"3 0 obj <</Length 9>> stream\nab/JS cd/\nendstream endobj"),
        "pdf",
    ),
    "a PNG": (png, "png"),
    "a JPEG": (jpeg, "jpg"),
    "a JPEG with empty bytes at its end": (lambda: jpeg(tail=b"\xff\xd9\0\0\0"), "jpg"),
    "a docx": (office, "docx"),
    "a docx with a link": (
        lambda: office(**{"word___rels__document.xml.rels": EXTERNAL.format(kind="hyperlink")}),
        "docx",
    ),
    "an xlsx": (lambda: office("xlsx"), "xlsx"),
    "an xlsx that speaks of DDE in a cell": (
        lambda: office("xlsx", **{"xl__sharedStrings.xml": "<sst><si><t>DDE</t></si></sst>"}),
        "xlsx",
    ),
    "an xlsx with printer settings": (
        lambda: office("xlsx", **{"xl__printerSettings__printerSettings1.bin": b"\1\2"}),
        "xlsx",
    ),
}
BAD: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "a PDF of 10 MB and a byte": (lambda: pdf(b" " * (10 * 1024 * 1024)), "too_large"),
    "half a PDF": (lambda: pdf()[:-30], "damaged"),
    "a PDF with something before it": (lambda: b"\n" + pdf(), "other_kind"),
    "a PDF with a page of the web after it": (lambda: pdf(tail=b"<script>alert(1)</script>"), "damaged"),
    "a PDF that is a zip file too": (lambda: pdf(tail=archive({"a": "b"})), "damaged"),
    "a PDF of no version": (lambda: pdf().replace(b"%PDF-1.7", b"%PDF-x.y"), "damaged"),
    "a locked PDF": (lambda: pdf(b"3 0 obj <</Encrypt 4 0 R>> endobj"), "encrypted"),
    "a PDF with a script": (lambda: pdf(b"3 0 obj <</S /JavaScript /JS (app.alert(1))>> endobj"), "active"),
    "a PDF with a script in other spelling": (lambda: pdf(b"3 0 obj <</S /J#61vaScript>> endobj"), "active"),
    "a PDF with a script among packed objects": (lambda: pdf(packed(b"3 0 <</S /JavaScript>>")), "active"),
    "a PDF that starts a program": (lambda: pdf(b"3 0 obj <</S /Launch /F (calc.exe)>> endobj"), "active"),
    "a PDF with a form that runs": (lambda: pdf(b"3 0 obj <</AcroForm <</XFA 4 0 R>> >> endobj"), "active"),
    "a PDF with a file in it": (lambda: pdf(b"3 0 obj <</Type /EmbeddedFile>> endobj"), "file_within"),
    "a PDF that unpacks to 40 MB": (lambda: pdf(packed(b" " * (40 * 1024 * 1024))), "unpacked_too_large"),
    "a PNG without an end": (lambda: png(end=False), "damaged"),
    "half a PNG": (lambda: png()[:40], "damaged"),
    "a PNG without a size": (lambda: png(0, 3), "damaged"),
    "a PNG of four billion dots a side": (lambda: png(2**32 - 1, 2**32 - 1), "picture_too_large"),
    "a PNG of one long line": (lambda: png(30_001, 1), "picture_too_large"),
    "a PNG of 225 million dots": (lambda: png(15_000, 15_000), "picture_too_large"),
    "a PNG with a zip file after it": (lambda: png(tail=archive({"a": "b"})), "two_in_one"),
    "a PNG with a script after it": (lambda: png(tail=b"<script>"), "two_in_one"),
    "a PNG without a header": (lambda: b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), "damaged"),
    "a PNG with two headers": (lambda: png()[:33] + png()[8:], "damaged"),
    "a JPEG without an end": (lambda: jpeg(tail=b""), "damaged"),
    "a JPEG without a size": (lambda: jpeg(frame=False), "damaged"),
    "a JPEG of no dots": (lambda: jpeg(0, 0), "damaged"),
    "a JPEG of four billion dots": (lambda: jpeg(65_535, 65_535), "picture_too_large"),
    "a JPEG whose parts do not fit": (lambda: b"\xff\xd8\xff\xe0\xff\xff" + bytes(20), "damaged"),
    "a JPEG with a zip file after it": (lambda: jpeg(tail=b"\xff\xd9" + archive({"a": "b"})), "damaged"),
    "a JPEG that is a zip file too": (
        lambda: jpeg(tail=b"\xff\xd9" + archive({"a": "b"}, comment=b"\xff\xd9")),
        "two_in_one",
    ),
    "a docx with macros": (lambda: office(**{"word__vbaProject.bin": b"x"}), "macros"),
    "an xlsx with macros": (lambda: office("xlsx", **{"xl__vbaProject.bin": b"x"}), "macros"),
    "an xlsx with old macro sheets": (
        lambda: office("xlsx", **{"xl__macrosheets__sheet1.xml": "<x/>"}),
        "macros",
    ),
    "a docx that says it has macros": (
        lambda: office(
            types='<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
        ),
        "macros",
    ),
    "a docx with a control": (lambda: office(**{"word__activeX__activeX1.xml": "<x/>"}), "macros"),
    "a docx with a program packed in": (
        lambda: office(**{"word__embeddings__oleObject1.bin": b"MZ"}),
        "file_within",
    ),
    "a docx with its template elsewhere": (
        lambda: office(**{"word___rels__settings.xml.rels": EXTERNAL.format(kind="attachedTemplate")}),
        "fetches",
    ),
    "a docx with a picture elsewhere": (
        lambda: office(**{"word___rels__document.xml.rels": EXTERNAL.format(kind="image")}),
        "fetches",
    ),
    "a docx with a field that starts a program": (
        lambda: office(**{"word__footer1.xml": "<w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText>"}),
        "active",
    ),
    "an xlsx with a line to a program": (
        lambda: office(
            "xlsx", **{"xl__externalLinks__externalLink1.xml": "<externalLink><ddeLink/></externalLink>"}
        ),
        "active",
    ),
    "a docx with entities": (
        lambda: office(**{"word__header1.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}),
        "damaged",
    ),
    "a docx that unpacks to 120 MB": (
        lambda: office(word__media__image1="\0" * (120 * 1024 * 1024)),
        "unpacked_too_large",
    ),
    "a docx that lies about its size": (lying_size, "damaged"),
    "a docx of 2,001 parts": (
        lambda: office(**{f"word__media__{i}": "x" for i in range(1998)}),
        "too_many_parts",
    ),
    "a docx whose part leaves it": (lambda: office(**{"word__..__..__etc__cron": "x"}), "damaged"),
    "a docx with a part twice": (lambda: twice("word/document.xml"), "damaged"),
    "a docx that is an xlsx too": (lambda: office(**{"xl__workbook.xml": "<x/>"}), "damaged"),
    "a docx with a note at its end": (
        lambda: archive({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}, comment=b"<script>"),
        "damaged",
    ),
    "a docx packed in another way": (
        lambda: archive({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}, zipfile.ZIP_LZMA),
        "damaged",
    ),
    "half a docx": (lambda: office()[:200], "damaged"),
    "a locked docx": (encrypted_entry, "encrypted"),
    "a locked docx as office programs write it": (
        lambda: OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "a zip file": (lambda: archive({"a.pdf": pdf()}), "other_zip"),
    "a document of another office": (lambda: archive({"content.xml": "<x/>", "mimetype": "x"}), "other_zip"),
    "a .doc": (lambda: OLE + bytes(600), "old_office"),
    "a program": (lambda: b"MZ\x90\0" + bytes(200), "program"),
    "a program of another system": (lambda: b"\x7fELF" + bytes(200), "program"),
    "a script": (lambda: b"#!/bin/sh\nrm -rf .\n", "program"),
    "a GIF": (lambda: b"GIF89a" + bytes(100), "other_picture"),
    "a picture of a telephone": (lambda: b"\0\0\0\x20ftypheic" + bytes(100), "other_picture"),
    "a picture that holds scripts": (lambda: b"<svg onload='alert(1)'/>", "other_kind"),
    "a page of the web": (lambda: b"<html><script>alert(1)</script></html>", "other_kind"),
    "a text": (lambda: "人口 120,000".encode(), "other_kind"),
}
