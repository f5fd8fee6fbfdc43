"""A report in both languages at once: of two reports of the same figures one, each text beside its translation."""

from collections.abc import Sequence
from dataclasses import fields, replace

from reports.figures.listing import Listing
from reports.report import (
    Chart,
    ChartSeries,
    Column,
    Labels,
    Note,
    Report,
    Row,
    Section,
    SummaryLine,
    Table,
    Value,
)


def side_by_side(korean: Report, english: Report) -> Report:
    """Raises ValueError where the two are not of the same figures."""
    sections = zip(korean.sections, english.sections, strict=True)
    return replace(
        korean,
        language="both",
        title=_said(korean.title, english.title),
        period_label=_said(korean.period_label, english.period_label),
        labels=_labels(korean.labels, english.labels),
        summary=tuple(_line(*pair) for pair in zip(korean.summary, english.summary, strict=True)),
        sections=tuple(_section(*pair) for pair in sections),
        notes=tuple(_note(*pair) for pair in zip(korean.notes, english.notes, strict=True)),
        outcomes=_table(korean.outcomes, english.outcomes),
        entries=_table(korean.entries, english.entries),
        definitions=_table(korean.definitions, english.definitions),
        filters=_texts(korean.filters, english.filters),
    )


def _said(korean: str, english: str) -> str:
    return korean if korean == english else f"{korean} / {english}"


def _texts(korean: Sequence[str], english: Sequence[str]) -> tuple[str, ...]:
    """Sentences one after the other: both would be too long on one line."""
    pairs = zip(korean, english, strict=True)
    return tuple(text for one, other in pairs for text in ((one,) if one == other else (one, other)))


def _labels(korean: Labels, english: Labels) -> Labels:
    return Labels(**{f.name: _said(getattr(korean, f.name), getattr(english, f.name)) for f in fields(Labels)})


def _line(korean: SummaryLine, english: SummaryLine) -> SummaryLine:
    return SummaryLine(_said(korean.label, english.label), _said(korean.text, english.text))


def _note(korean: Note, english: Note) -> Note:
    return Note(_said(korean.heading, english.heading), _texts(korean.lines, english.lines))


def _section(korean: Section, english: Section) -> Section:
    return replace(
        korean,
        heading=_heading(korean.heading, english.heading),
        paragraphs=_texts(korean.paragraphs, english.paragraphs),
        tables=tuple(_table(*pair) for pair in zip(korean.tables, english.tables, strict=True)),
        charts=tuple(_chart(*pair) for pair in zip(korean.charts, english.charts, strict=True)),
    )


def _heading(korean: str, english: str) -> str:
    """Its numeral once."""
    numeral, dot, rest = english.partition(". ")
    return _said(korean, rest if dot and korean.startswith(f"{numeral}. ") else english)


def _table(korean: Table, english: Table) -> Table:
    columns = zip(korean.columns, english.columns, strict=True)
    return replace(
        korean,
        caption=_said(korean.caption, english.caption),
        columns=tuple(_column(*pair) for pair in columns),
        rows=_rows(korean.rows, english.rows),
        unit=_said(korean.unit, english.unit),
        footnotes=_texts(korean.footnotes, english.footnotes),
        empty=_said(korean.empty, english.empty),
    )


def _column(korean: Column, english: Column) -> Column:
    return replace(korean, label=_said(korean.label, english.label))


def _rows(korean: Sequence[Row], english: Sequence[Row]) -> Sequence[Row]:
    if isinstance(korean, Listing) and isinstance(english, Listing):
        ours, theirs = korean, english
        keys = list(zip(ours.keys, theirs.keys, strict=True))
        return Listing(keys, lambda some: _paired(ours.read([k for k, _e in some]), theirs.read([e for _k, e in some])))
    return tuple(_paired(korean, english))


def _paired(korean: Sequence[Row], english: Sequence[Row]) -> list[Row]:
    return [_row(*pair) for pair in zip(korean, english, strict=True)]


def _row(korean: Row, english: Row) -> Row:
    return replace(korean, values=tuple(_value(*pair) for pair in zip(korean.values, english.values, strict=True)))


def _value(korean: Value, english: Value) -> Value:
    if isinstance(korean, str) and isinstance(english, str):
        return _said(korean, english)
    if korean != english:
        raise ValueError(f"two reports of different figures: {korean} and {english}")
    return korean


def _chart(korean: Chart, english: Chart) -> Chart:
    series = zip(korean.series, english.series, strict=True)
    return replace(
        korean,
        title=_said(korean.title, english.title),
        unit=_said(korean.unit, english.unit),
        categories=tuple(_said(*pair) for pair in zip(korean.categories, english.categories, strict=True)),
        series=tuple(_series(*pair) for pair in series),
    )


def _series(korean: ChartSeries, english: ChartSeries) -> ChartSeries:
    return replace(korean, name=_said(korean.name, english.name))
