"""What makes the PDF a tagged one: each piece of text belongs to an element of a tree (chapter, heading, paragraph,
table, row, cell, figure), and what belongs to none (header, foot, rules) is marked as such.

reportlab draws no tags; this canvas writes the marks into the page and the tree behind the pages.
"""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal, cast

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from reports.charts import runs, text_width

Role = Literal[
    "Document", "Sect", "H1", "H2", "P", "L", "LI", "LBody", "TOC", "TOCI", "Link",
    "Table", "Caption", "THead", "TBody", "TR", "TH", "TD", "Figure", "Note",
]  # fmt: skip
COLUMN_HEADER: Final = "/A<</O/Table/Scope/Column>>"
ROW_HEADER: Final = "/A<</O/Table/Scope/Row>>"
_LINKS_FROM: Final = 1_000_000  # the keys of links in the parent tree; below stand the pages


class Element:
    """One element of the tree. `kids` are elements, (page, mark) of what is drawn on a page, or the name of a link;
    `extra` are further entries as the file has them."""

    __slots__ = ("extra", "kids", "number", "parent", "role")

    def __init__(self, role: Role, parent: "Element | None", extra: str = "") -> None:
        self.role = role
        self.parent = parent
        self.extra = extra
        self.kids: list[Element | tuple[int, int] | str] = []
        self.number = 0
        if parent is not None:
            parent.kids.append(self)


class TaggedCanvas(Canvas):
    """`section` is the element that what is drawn next belongs to."""

    # What the library has and its types don't tell.
    _code: list[str]
    _doc: Any
    _escape: Any
    _absRect: Any
    _addAnnotation: Any
    _bookmarkReference: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.root = self.section = Element("Document", None)
        self._marks: list[Element] = []
        self._marks_of_pages: list[list[Element]] = []
        self._links: list[tuple[str, int, Element]] = []
        self.chapter_pages: dict[str, int] = {}

    def begin_chapter(self, key: str, title: str, height: float) -> None:
        """A chapter begins here, with a bookmark, `height` over the current origin."""
        self.begin_section()
        self.chapter_pages[key] = self.getPageNumber()
        self.bookmarkHorizontal(key, 0, height + 4)
        self.addOutlineEntry(title, key, level=0)

    def begin_section(self) -> Element:
        self.section = Element("Sect", self.root)
        return self.section

    def mark(self, element: Element) -> str:
        """The operator that begins the element's next piece on this page; EMC ends it."""
        number = len(self._marks)
        self._marks.append(element)
        element.kids.append((self.getPageNumber(), number))
        return f"/{element.role} <</MCID {number}>> BDC"

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        self._code.append(self.mark(element))
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn inside is no content: a rule, a background, or (`kind` Header or Footer) what each page has."""
        self._code.append(f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC" if kind else "/Artifact BMC")
        yield
        self._code.append("EMC")

    def write(self, place: tuple[float, float], text: str, font: str, size: float, before: float = 0.0) -> None:
        """One line of text at (x, y), `before` (0 to 1) the share of it that stands left of x."""
        x, y = place
        x -= before * text_width(text, font, size)
        for name, piece in runs(text, font):
            self.setFont(name, size)
            self.drawString(x, y, piece)
            x += text_width(piece, name, size)

    def link(self, element: Element, key: str, words: str, area: tuple[float, float, float, float]) -> None:
        """A link inside the document that belongs to the element and says in words where it leads."""
        name = f"link-{key}"
        annotation = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Annot"),
                "Subtype": pdfdoc.PDFName("Link"),
                "Rect": pdfdoc.PDFArray(self._absRect(area, 1)),
                "Border": pdfdoc.PDFArray([0, 0, 0]),
                "Dest": self._bookmarkReference(key),
                "Contents": pdfdoc.PDFString(words),
                "StructParent": _LINKS_FROM + len(self._links),
            }
        )
        self._addAnnotation(annotation, name)
        self._links.append((name, self.getPageNumber(), element))
        element.kids.append(name)

    def showPage(self) -> None:
        number = self.getPageNumber()
        super().showPage()
        page = self._doc.idToObject[f"Page{number}"]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._marks_of_pages)
        page.Tabs = pdfdoc.PDFName("S")
        self._marks_of_pages.append(self._marks)
        self._marks = []

    def save(self) -> None:
        self._write_tree()
        super().save()

    def _write_tree(self) -> None:
        document = self._doc
        elements = list(_from_the_root(self.root))
        for number, element in enumerate(elements, start=document.objectcounter + 1):
            element.number = number
        number_of = document.idToObjectNumberAndVersion
        pages = [number_of[f"Page{page + 1}"][0] for page in range(len(self._marks_of_pages))]
        links = {name: (number_of[f"Annot.{name}"][0], pages[page - 1]) for name, page, _element in self._links}
        root = document.objectcounter + len(elements) + 1
        for element in elements:
            document.Reference(_written(element, root, pages, links), f"element-{element.number}")
        document.Reference(self._tree_root(), "tree")
        catalog = document.Catalog
        catalog.StructTreeRoot = pdfdoc.PDFObjectReference("tree")
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": b"true"})

    def _tree_root(self) -> bytes:
        numbers = [
            f"{key}[{' '.join(f'{element.number} 0 R' for element in marks)}]"
            for key, marks in enumerate(self._marks_of_pages)
        ]
        numbers += [f"{_LINKS_FROM + key} {link[2].number} 0 R" for key, link in enumerate(self._links)]
        tree = "\n".join(numbers)
        following = _LINKS_FROM + len(self._links)
        return (
            f"<</Type/StructTreeRoot/K {self.root.number} 0 R\n"
            f"/ParentTree<</Nums[{tree}]>>\n/ParentTreeNextKey {following}>>"
        ).encode("ascii")


def canvas_of(flowable: Flowable) -> TaggedCanvas:
    return cast(TaggedCanvas, flowable.canv)


def alternative(text: str) -> str:
    """The words that stand for a picture."""
    encoded = codecs.BOM_UTF16_BE + text.encode("utf-16-be", errors="replace")
    return f"/Alt<{encoded.hex()}>"


def _from_the_root(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(kid for kid in reversed(element.kids) if isinstance(kid, Element))


def _written(element: Element, root: int, pages: list[int], links: dict[str, tuple[int, int]]) -> bytes:
    parent = element.parent.number if element.parent is not None else root
    first_page = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), 0)
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(f"{kid.number} 0 R")
        elif isinstance(kid, str):
            number, page = links[kid]
            kids.append(f"<</Type/OBJR/Obj {number} 0 R/Pg {page} 0 R>>")
        elif kid[0] == first_page:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid[0] - 1]} 0 R/MCID {kid[1]}>>")
    on = f"/Pg {pages[first_page - 1]} 0 R" if first_page else ""
    return f"<</S/{element.role}/P {parent} 0 R{on}/K[{' '.join(kids)}]{element.extra}>>".encode("ascii")
