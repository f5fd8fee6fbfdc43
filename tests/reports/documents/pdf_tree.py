"""The tree of a tagged PDF, read back page by page with the words that each element carries."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw


@dataclass(frozen=True, slots=True)
class Node:
    """`words` are the element's own on this page; `scope` and `alternative` are empty where it has none."""

    role: str
    words: str
    alternative: str
    kids: tuple["Node", ...]

    def all(self, role: str) -> list["Node"]:
        found = [self] if self.role == role else []
        return found + [node for kid in self.kids for node in kid.all(role)]


def tree_of(page: pdfium.PdfPage) -> Node:
    tree = raw.FPDF_StructTree_GetForPage(page)
    words = _words_of(page)
    count = raw.FPDF_StructTree_CountChildren(tree)
    kids = tuple(_node(raw.FPDF_StructTree_GetChildAtIndex(tree, index), words) for index in range(count))
    raw.FPDF_StructTree_Close(tree)
    return Node("page", "", "", kids)


def marks_of(page: pdfium.PdfPage) -> Iterator[tuple[str, ...]]:
    """For each piece that is drawn on the page, the names of the marks around it."""
    for piece in page.get_objects(max_depth=1):
        count = raw.FPDFPageObj_CountMarks(piece)
        yield tuple(_name(raw.FPDFPageObj_GetMark(piece, index)) for index in range(count))


def _node(element: Any, words: dict[int, str]) -> Node:
    kids, own = [], ""
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        kid = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if kid:
            kids.append(_node(kid, words))
        else:
            own += words.get(raw.FPDF_StructElement_GetChildMarkedContentID(element, index), "")
    role = _text(raw.FPDF_StructElement_GetType, element)
    return Node(role, own.rstrip(), _text(raw.FPDF_StructElement_GetAltText, element), tuple(kids))


def _words_of(page: pdfium.PdfPage) -> dict[int, str]:
    text = page.get_textpage()
    words: dict[int, str] = {}
    for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
        mark = raw.FPDFPageObj_GetMarkedContentID(piece)
        if mark < 0:  # belongs to no element
            continue
        words[mark] = words.get(mark, "") + _text(lambda b, n, p=piece: raw.FPDFTextObj_GetText(p, text, b, n))
    return words


def _text(ask: Any, *about: Any) -> str:
    length = ask(*about, None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(*about, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", errors="replace").rstrip("\0")


def _name(mark: Any) -> str:
    length = ctypes.c_ulong()
    buffer = ctypes.create_string_buffer(200)
    raw.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 200, length)
    return buffer.raw[: length.value].decode("utf-16-le").rstrip("\0")
