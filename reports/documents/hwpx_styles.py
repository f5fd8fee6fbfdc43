"""How a Hangul document looks: `Contents/header.xml` with its fonts, frames and named styles.

A style is its letters and its paragraph in one: style, character shape and paragraph shape share one number, so that
an officer changes the look of all chapters, captions or cells at once in the style list of the word processor.
"""

from dataclasses import dataclass, replace
from typing import Final
from xml.sax.saxutils import escape, quoteattr

POINT: Final = 100  # the format's unit is a hundredth of a point
HANCOM: Final = "http://www.hancom.co.kr"
XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# The word processor wants all of them on the root of header and sections, used or not.
_SPACES: Final = (
    ("ha", f"{HANCOM}/hwpml/2011/app"),
    ("hp", f"{HANCOM}/hwpml/2011/paragraph"),
    ("hp10", f"{HANCOM}/hwpml/2016/paragraph"),
    ("hs", f"{HANCOM}/hwpml/2011/section"),
    ("hc", f"{HANCOM}/hwpml/2011/core"),
    ("hh", f"{HANCOM}/hwpml/2011/head"),
    ("hhs", f"{HANCOM}/hwpml/2011/history"),
    ("hm", f"{HANCOM}/hwpml/2011/master-page"),
    ("hpf", f"{HANCOM}/schema/2011/hpf"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("opf", "http://www.idpf.org/2007/opf/"),
    ("ooxmlchart", f"{HANCOM}/hwpml/2016/ooxmlchart"),
    ("hwpunitchar", f"{HANCOM}/hwpml/2016/HwpUnitChar"),
    ("epub", "http://www.idpf.org/2007/ops"),
    ("config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
)
NAMESPACES: Final = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _SPACES)

# Numbers of the frames below; the format counts them from 1.
BARE, CELL, HEAD, RULES, UNDERLINE = 1, 2, 3, 4, 5

_INK, _MUTED, _WARNING = "#1E2124", "#58616A", "#BD2C0F"
_RULE, _ACCENT, _GREY = "#8A949E", "#256EF4", "#EEF1F4"
_LANGUAGES: Final = ("hangul", "latin", "hanja", "japanese", "other", "symbol", "user")
_SERIF, _SANS = 0, 1
_FONTS: Final = (("함초롬바탕", "FCAT_MYUNGJO"), ("함초롬돋움", "FCAT_GOTHIC"))  # come with every Hangul; none embedded


@dataclass(frozen=True, slots=True)
class Look:
    """One style. Sizes and distances in points; `hanging` is how far the first line stands left of the others."""

    name: str
    english: str
    size: float
    font: int = _SANS
    bold: bool = False
    colour: str = _INK
    align: str = "LEFT"
    left: float = 0
    hanging: float = 0
    before: float = 0
    after: float = 0
    spacing: int = 160
    keeps: bool = False  # on the page of what follows
    outline: bool = False  # a chapter in the outline and in a table of contents
    frame: int = BARE


def _cells() -> dict[str, Look]:
    """Cells: what is in them stands left, right or in the middle, plain or bold, in two sizes."""
    found: dict[str, Look] = {}
    for size, key, name in ((9.0, "", ""), (7.5, "small ", " 작게")):
        for align, korean in (("LEFT", "왼쪽"), ("RIGHT", "오른쪽"), ("CENTER", "가운데")):
            plain = Look(f"표 {korean}{name}", f"Cell {key}{align.title()}", size, align=align, spacing=130)
            found[f"{key}cell {align}"] = plain
            found[f"{key}cell {align} total"] = replace(
                plain, name=f"{plain.name} 합계", english=f"{plain.english} Total", bold=True
            )
        found[f"{key}head"] = Look(f"표 머리{name}", f"{key}Head".strip(), size, bold=True, align="CENTER", spacing=130)
    return found


LOOKS: Final[dict[str, Look]] = {
    "normal": Look("바탕글", "Normal", 10, font=_SERIF, align="JUSTIFY"),
    "body": Look("본문", "Body", 11, font=_SERIF, align="JUSTIFY", after=4),
    "square": Look("개조식 □", "Square", 11.5, font=_SERIF, bold=True, align="JUSTIFY", left=16, hanging=16, before=6),
    "circle": Look("개조식 ○", "Circle", 11, font=_SERIF, align="JUSTIFY", left=28, hanging=16, before=3),
    "dash": Look("개조식 -", "Dash", 11, font=_SERIF, align="JUSTIFY", left=36, hanging=9, before=2),
    "note": Look("참고 ※", "Note", 8.5, colour=_MUTED, left=12, hanging=12, before=1, spacing=140),
    "cover title": Look("표지 제목", "Cover Title", 26, bold=True, align="CENTER", spacing=150, frame=RULES),
    "cover period": Look("표지 기간", "Cover Period", 16, align="CENTER", before=24, after=8),
    "cover detail": Look("표지 내용", "Cover Detail", 11, colour=_MUTED, align="CENTER"),
    "cover organisation": Look("표지 기관", "Cover Organisation", 20, bold=True, align="CENTER", before=200),
    "demo": Look("시연 표시", "Demonstration", 11, bold=True, colour=_WARNING, align="RIGHT", after=100),
    "chapter": Look("장 제목", "Chapter", 15, bold=True, before=18, keeps=True, outline=True, frame=UNDERLINE),
    "caption": Look("표 제목", "Caption", 10, bold=True, before=8, keeps=True, spacing=130),
    "table": Look("표 자리", "Table", 5, spacing=100),
    "gap": Look("제목 아래", "Below Chapter", 5, spacing=100, keeps=True),
    "foot": Look("쪽 번호", "Page Number", 8, colour=_MUTED, align="CENTER", spacing=130),
    "label": Look("요약 구분", "Summary Label", 10.5, bold=True, align="CENTER", spacing=150),
    "summary": Look("요약 내용", "Summary Text", 10.5, spacing=150),
    **_cells(),
}
NUMBERS: Final[dict[str, int]] = {key: number for number, key in enumerate(LOOKS)}


def header_xml(sections: int) -> str:
    """The document's header for so many sections."""
    return (
        f'{XML}<hh:head {NAMESPACES} version="1.5" secCnt="{sections}">'
        '<hh:beginNum page="1" footnote="1" endnote="1" pic="1" tbl="1" equation="1"/>'
        f"<hh:refList>{_fonts()}{_frames()}{_letters()}"
        '<hh:tabProperties itemCnt="1"><hh:tabPr id="0" autoTabLeft="0" autoTabRight="0"/></hh:tabProperties>'
        f"{_numberings()}{_paragraphs()}{_styles()}</hh:refList>"
        '<hh:compatibleDocument targetProgram="HWP201X"><hh:layoutCompatibility/></hh:compatibleDocument>'
        '<hh:docOption><hh:linkinfo path="" pageInherit="0" footnoteInherit="0"/></hh:docOption>'
        '<hh:trackchageConfig flags="56"/></hh:head>'
    )


def _counted(tag: str, items: list[str]) -> str:
    return f'<hh:{tag} itemCnt="{len(items)}">{"".join(items)}</hh:{tag}>'


def _fonts() -> str:
    fonts = "".join(
        f'<hh:font id="{number}" face={quoteattr(face)} type="TTF" isEmbedded="0">'
        f'<hh:typeInfo familyType="{family}" weight="6" proportion="4" contrast="0" strokeVariation="1" armStyle="1"'
        ' letterform="1" midline="1" xHeight="1"/></hh:font>'
        for number, (face, family) in enumerate(_FONTS)
    )
    return _counted(
        "fontfaces",
        [f'<hh:fontface lang="{name.upper()}" fontCnt="{len(_FONTS)}">{fonts}</hh:fontface>' for name in _LANGUAGES],
    )


def _frames() -> str:
    line, rule = ("SOLID", "0.12 mm", _RULE), ("SOLID", "0.4 mm", _ACCENT)
    none = ("NONE", "0.1 mm", "#000000")
    sides = {  # left, right, top, bottom
        BARE: (none,) * 4,
        CELL: (line,) * 4,
        HEAD: (line,) * 4,
        RULES: (none, none, rule, rule),
        UNDERLINE: (none, none, none, rule),
    }
    return _counted("borderFills", [_frame(number, *lines) for number, lines in sides.items()])


def _frame(number: int, *lines: tuple[str, str, str]) -> str:
    names = ("leftBorder", "rightBorder", "topBorder", "bottomBorder")
    borders = "".join(
        f'<hh:{name} type="{kind}" width="{width}" color="{colour}"/>'
        for name, (kind, width, colour) in zip(names, lines, strict=True)
    )
    fill = f'<hc:winBrush faceColor="{_GREY}" hatchColor="#999999" alpha="0"/>' if number == HEAD else ""
    return (
        f'<hh:borderFill id="{number}" threeD="0" shadow="0" centerLine="NONE" breakCellSeparateLine="0">'
        '<hh:slash type="NONE" Crooked="0" isCounter="0"/><hh:backSlash type="NONE" Crooked="0" isCounter="0"/>'
        f'{borders}<hh:diagonal type="NONE" width="0.1 mm" color="#000000"/>'
        f"{f'<hc:fillBrush>{fill}</hc:fillBrush>' if fill else ''}</hh:borderFill>"
    )


def _each_language(value: int) -> str:
    return " ".join(f'{name}="{value}"' for name in _LANGUAGES)


def _letters() -> str:
    return _counted(
        "charProperties",
        [
            f'<hh:charPr id="{number}" height="{round(look.size * POINT)}" textColor="{look.colour}" shadeColor="none"'
            f' useFontSpace="0" useKerning="0" symMark="NONE" borderFillIDRef="{BARE}">'
            f"<hh:fontRef {_each_language(look.font)}/><hh:ratio {_each_language(100)}/>"
            f"<hh:spacing {_each_language(0)}/><hh:relSz {_each_language(100)}/><hh:offset {_each_language(0)}/>"
            f"{'<hh:bold/>' if look.bold else ''}"
            '<hh:underline type="NONE" shape="SOLID" color="#000000"/><hh:strikeout shape="NONE" color="#000000"/>'
            '<hh:outline type="NONE"/><hh:shadow type="NONE" color="#C0C0C0" offsetX="10" offsetY="10"/></hh:charPr>'
            for number, look in enumerate(LOOKS.values())
        ],
    )


def _numberings() -> str:
    """Chapters carry their own numerals: the outline adds none."""
    heads = "".join(
        f'<hh:paraHead start="1" level="{level}" align="LEFT" useInstWidth="1" autoIndent="1" widthAdjust="0"'
        ' textOffsetType="PERCENT" textOffset="50" numFormat="DIGIT" charPrIDRef="4294967295" checkable="0"/>'
        for level in range(1, 8)
    )
    return _counted("numberings", [f'<hh:numbering id="1" start="0">{heads}</hh:numbering>'])


def _paragraphs() -> str:
    return _counted("paraProperties", [_paragraph(number, look) for number, look in enumerate(LOOKS.values())])


def _paragraph(number: int, look: Look) -> str:
    heading = (
        '<hh:heading type="OUTLINE" idRef="0" level="0"/>'
        if look.outline
        else ('<hh:heading type="NONE" idRef="0" level="0"/>')
    )
    keeps = int(look.keeps)
    # A reader that does not know the newer unit takes the default, in which distances count twice.
    return (
        f'<hh:paraPr id="{number}" tabPrIDRef="0" condense="0" fontLineHeight="0" snapToGrid="0"'
        ' suppressLineNumbers="0" checked="0" textDir="LTR">'
        f'<hh:align horizontal="{look.align}" vertical="BASELINE"/>{heading}'
        '<hh:breakSetting breakLatinWord="BREAK_WORD" breakNonLatinWord="KEEP_WORD" widowOrphan="0"'
        f' keepWithNext="{keeps}" keepLines="0" pageBreakBefore="0" lineWrap="BREAK"/>'
        '<hh:autoSpacing eAsianEng="0" eAsianNum="0"/>'
        f'<hp:switch><hp:case hp:required-namespace="{HANCOM}/hwpml/2016/HwpUnitChar">{_distances(look, 1)}</hp:case>'
        f"<hp:default>{_distances(look, 2)}</hp:default></hp:switch>"
        f'<hh:border borderFillIDRef="{look.frame}" offsetLeft="0" offsetRight="0" offsetTop="0" offsetBottom="0"'
        ' connect="0" ignoreMargin="0"/></hh:paraPr>'
    )


def _distances(look: Look, times: int) -> str:
    sides = (
        ("intent", -look.hanging),
        ("left", look.left),
        ("right", 0),
        ("prev", look.before),
        ("next", look.after),
    )
    margin = "".join(f'<hc:{name} value="{round(v * POINT * times)}" unit="HWPUNIT"/>' for name, v in sides)
    return f'<hh:margin>{margin}</hh:margin><hh:lineSpacing type="PERCENT" value="{look.spacing}" unit="HWPUNIT"/>'


def _styles() -> str:
    return _counted(
        "styles",
        [
            f'<hh:style id="{number}" type="PARA" name="{escape(look.name)}" engName="{escape(look.english)}"'
            f' paraPrIDRef="{number}" charPrIDRef="{number}" nextStyleIDRef="{number}" langID="1042" lockForm="0"/>'
            for number, look in enumerate(LOOKS.values())
        ],
    )
