"""A report table as PDF flowables: columns that fit, a caption with number, trace code and unit, and footnotes."""

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable, KeepTogether, Spacer

from reports.charts import BOLD, REGULAR, printable, text_width, wrap
from reports.documents.pdf_grid import PADDING, Align, Caption, Frame, GridPart, GridRow, Type
from reports.documents.pdf_styles import NOTE, words
from reports.documents.text import as_text, is_numeric
from reports.report import Column, Labels, SummaryLine, Table

MAX_ROW_LINES: Final = 24  # a taller row continues in a further row, so that it always fits a page
MAX_HEAD_LINES: Final = 8
MAX_CAPTION_LINES: Final = 4
SHORT_TABLE: Final = 14
REGULAR_TYPE: Final = Type(8.5, 12.0)
SMALL_TYPE: Final = Type(7.5, 10.5)
SUMMARY_TYPE: Final = Type(10, 16.0, 5.0)
SAMPLE: Final = 200  # rows that are looked at for the width of a column of words


def table_flowables(
    table: Table, number: int, width: float, labels: Labels, type_: Type = REGULAR_TYPE, *, fills_pages: bool = False
) -> list[Flowable]:
    """Caption, table and footnotes; a short table stays on one page with its footnotes, unless it has pages of its own
    to fill. `number` is the table's in the report."""
    texts, emphases = [], []
    for row in table.rows:  # once: of a long table they are read where they are needed
        cells = zip(table.columns, row.values, strict=True)
        texts.append([printable(as_text(value, column.kind)) for column, value in cells])
        emphases.append(row.emphasis)
    widths = column_widths(table.columns, texts, width, type_)
    rows = [
        part
        for cells, emphasis in zip(texts, emphases, strict=True)
        for part in _fitted_rows(cells, widths, type_, emphasis)
    ]
    if not rows:
        message = wrap(printable(table.empty or labels.no_data), REGULAR, type_.size, width - 2 * PADDING)
        rows.append(GridRow((message,), is_message=True))
    title = _one_line(f"{labels.table.replace('{number}', str(number))} {table.caption}")
    frame = Frame(
        widths,
        type_,
        [_align(column) for column in table.columns],
        _head(table, widths, type_),
        rows,
        _caption(title, table, width, labels),
        outline=(f"table-{number}", title),
    )
    notes: list[Flowable] = [words(f"※ {footnote}", NOTE, "Note") for footnote in table.footnotes]
    parts: list[Flowable] = [GridPart(frame), *([Spacer(1, 3), *notes] if notes else [])]
    if fills_pages:
        return parts
    if len(rows) <= SHORT_TABLE:
        parts = [KeepTogether(parts)]
    return [*parts, Spacer(1, 12)]


def summary_box(lines: Sequence[SummaryLine], width: float) -> Flowable:
    """The box of the summary: what is told on the left, in words on the right."""
    widths = [0.24 * width, 0.76 * width]
    rows = [
        part
        for line in lines
        for part in _fitted_rows([printable(line.label), printable(line.text)], widths, SUMMARY_TYPE, False)
    ]
    caption = Caption([], "", "", "", False)
    return GridPart(Frame(widths, SUMMARY_TYPE, ["left", "left"], (), rows, caption, first_is_label=True))


def _caption(title: str, table: Table, width: float, labels: Labels) -> Caption:
    unit = printable(f"({table.unit})") if table.unit else ""
    code = f"{printable(labels.trace_code)} {table.code}" if table.code else ""
    room = max(width - text_width(unit, REGULAR, 8) - 10, width / 2)
    lines = wrap(title, BOLD, 9.5, room - text_width(f" {labels.continued}", BOLD, 9.5))
    if len(lines) > MAX_CAPTION_LINES:
        lines = [*lines[: MAX_CAPTION_LINES - 1], lines[MAX_CAPTION_LINES - 1][:-1] + "…"]
    last = f"{lines[-1]} {labels.continued}"
    below = text_width(last, BOLD, 9.5) + 8 + text_width(code, REGULAR, 7) > room
    return Caption(lines, code, unit, printable(labels.continued), bool(code) and below)


def _head(table: Table, widths: Sequence[float], type_: Type) -> tuple[list[str], ...]:
    return tuple(
        wrap(printable(column.label), BOLD, type_.size, width - 2 * PADDING)[:MAX_HEAD_LINES]
        for column, width in zip(table.columns, widths, strict=True)
    )


def _fitted_rows(cells: Sequence[str], widths: Sequence[float], type_: Type, is_bold: bool) -> list[GridRow]:
    """The row with its texts in lines that fit their columns, in as many parts as it needs."""
    font = BOLD if is_bold else REGULAR
    size = type_.size
    fitted = []
    for text, width in zip(cells, widths, strict=True):
        room = width - 2 * PADDING
        if "\n" not in text and text_width(text, BOLD, size) <= room:
            fitted.append([text])
        else:
            fitted.append(wrap(text, font, size, room))
    tallest = max(map(len, fitted))
    if tallest <= MAX_ROW_LINES:
        return [GridRow(tuple(fitted), is_bold)]
    return [
        GridRow(tuple(lines[start : start + MAX_ROW_LINES] for lines in fitted), is_bold, continues=start > 0)
        for start in range(0, tallest, MAX_ROW_LINES)
    ]


def _one_line(text: str) -> str:
    return " ".join(printable(text).split("\n"))


def natural_width(table: Table, type_: Type = SMALL_TYPE, widest_text: float = 110.0) -> float:
    """How wide the table would like to be; more than a portrait page asks for a landscape one."""
    total = 0.0
    first = table.rows[:SAMPLE]
    for index, column in enumerate(table.columns):
        texts = [printable(as_text(row.values[index], column.kind)) for row in first]
        limit = float("inf") if _keeps_in_one_line(column) else widest_text
        total += min(_widest([*texts, printable(column.label)], type_) + 2 * PADDING, limit)
    return total


def column_widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], width: float, type_: Type) -> list[float]:
    """Shares by weight where everything fits in one line; else numbers and dates first get what they need, their labels
    in several lines, and texts share what is left."""
    weights = [max(column.weight, 0.01) for column in columns]
    shares = [width * weight / sum(weights) for weight in weights]
    wishes: list[float] = []
    needs: list[float] = []
    for index, column in enumerate(columns):
        label = printable(column.label)
        values = [row[index] for row in texts]
        wish = _widest([label, *values], type_)
        need = _widest(label.split(" "), type_)
        if _keeps_in_one_line(column):
            need = max(need, _widest(values, type_))
        else:  # a word is not broken unless it is a very long one
            need = max(need, min(_widest([w for text in values[:SAMPLE] for w in text.split()], type_), width / 8))
        wishes.append(wish + 2 * PADDING + 1)
        needs.append(min(need + 2 * PADDING + 1, width / 2))
    if all(share >= wish for share, wish in zip(shares, wishes, strict=True)):
        return shares
    if sum(needs) >= width:
        return [need * width / sum(needs) for need in needs]
    return _filled(needs, wishes, weights, width)


def _filled(needs: list[float], wishes: list[float], weights: list[float], width: float) -> list[float]:
    """Pour what the needs leave over into the columns that wish for more, by weight; the rest goes to all."""
    widths = list(needs)
    hungry = [index for index, wish in enumerate(wishes) if wish > widths[index]]
    while hungry and (left := width - sum(widths)) > 0.01:
        total = sum(weights[index] for index in hungry)
        for index in hungry:
            widths[index] = min(wishes[index], widths[index] + left * weights[index] / total)
        hungry = [index for index in hungry if wishes[index] - widths[index] > 0.01]
    left = max(width - sum(widths), 0.0)
    return [current + left * weight / sum(weights) for current, weight in zip(widths, weights, strict=True)]


def _keeps_in_one_line(column: Column) -> bool:
    return column.kind != "text"


def _align(column: Column) -> Align:
    if is_numeric(column.kind):
        return "right"
    return "left" if column.kind == "text" else "centre"


def _widest(texts: Sequence[str], type_: Type) -> float:
    return max((text_width(line, BOLD, type_.size) for text in texts for line in text.split("\n")), default=0.0)
