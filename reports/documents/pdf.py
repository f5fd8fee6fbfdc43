"""The report as an A4 PDF: cover, summary and contents, chapters, outcomes, ledger entries, notes."""

from dataclasses import replace
from io import BytesIO

from reportlab import rl_config
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, NextPageTemplate, PageBreak, Spacer
from reportlab.platypus import Table as Grid

from reports.charts import draw, register_fonts
from reports.documents.pdf_pages import ChapterRule, ContentsLine, ReportPages
from reports.documents.pdf_styles import (
    BODY,
    BULLET,
    HEADER_FILL,
    HEADING,
    NOTE,
    RULE,
    SUBHEADING,
    SUMMARY_LABEL,
    SUMMARY_TEXT,
    TEXT_WIDTH,
    WIDE_TEXT_WIDTH,
    paragraph,
)
from reports.documents.pdf_tables import REGULAR_TYPE, SMALL_TYPE, natural_width, table_flowables
from reports.report import Chart, Report, Section, Table

CHART_HEIGHT = 175.0
# What a chapter's heading needs below it, so that it never stands alone at the foot of a page.
HEADING_AND_FIRST_ROWS = 170.0

# Words are escaped before they reach a paragraph; should one slip through, nothing may be fetched.
rl_config.trustedHosts = []
rl_config.trustedSchemes = []


def render_pdf(report: Report) -> bytes:
    """The PDF's bytes; raises FontMissing where the Korean font isn't installed."""
    register_fonts()
    target = BytesIO()
    pages = ReportPages(target, report)
    pages.build(_story(report), canvasmaker=pages.canvas_for)
    return target.getvalue()


def _story(report: Report) -> list[Flowable]:
    story: list[Flowable] = [Spacer(1, 1), NextPageTemplate("portrait"), PageBreak()]
    story += _summary(report)
    story += _contents(report)
    if report.sections:
        story.append(PageBreak())
    for number, section in enumerate(report.sections):
        story += _section(_section_key(number), section, report)
    story += _wide_table("outcomes", report.labels.outcomes, report.outcomes, report)
    story += _wide_table("entries", report.labels.entries, report.entries, report)
    if report.notes:
        story += [NextPageTemplate("portrait"), PageBreak(), *_chapter("notes", report.labels.notes)]
    for note in report.notes:
        story.append(paragraph(note.heading, SUBHEADING))
        story += [paragraph(line, BULLET, bullet="·") for line in note.lines]
    return story


def _chapter(key: str, title: str) -> list[Flowable]:
    return [paragraph(title, HEADING), ChapterRule(key, title)]


def _summary(report: Report) -> list[Flowable]:
    rows = [[paragraph(line.label, SUMMARY_LABEL), paragraph(line.text, SUMMARY_TEXT)] for line in report.summary]
    head = _chapter("summary", report.labels.summary)
    if not rows:
        return [*head, paragraph(report.labels.no_data, BODY)]
    label_width = 0.24 * TEXT_WIDTH
    box = Grid(
        rows,
        colWidths=[label_width, TEXT_WIDTH - label_width],
        style=[
            ("BOX", (0, 0), (-1, -1), 0.9, RULE),
            ("LINEBELOW", (0, 0), (-1, -2), 0.3, RULE),
            ("BACKGROUND", (0, 0), (0, -1), HEADER_FILL),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 9),
            ("TOPPADDING", (0, 0), (-1, -1), 6.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ],
        splitInRow=1,
    )
    filters = [paragraph(f"※ {line}", NOTE) for line in report.filters]
    return [*head, box, Spacer(1, 6), *filters, Spacer(1, 18)]


def _contents(report: Report) -> list[Flowable]:
    labels = report.labels
    lines = [ContentsLine(_section_key(number), section.heading) for number, section in enumerate(report.sections)]
    lines += [ContentsLine("outcomes", labels.outcomes), ContentsLine("entries", labels.entries)]
    if report.notes:
        lines.append(ContentsLine("notes", labels.notes))
    return [KeepTogether([paragraph(labels.contents, SUBHEADING), *lines])]


def _section_key(number: int) -> str:
    return f"section-{number}"


def _section(key: str, section: Section, report: Report) -> list[Flowable]:
    flowables = [CondPageBreak(HEADING_AND_FIRST_ROWS), *_chapter(key, section.heading)]
    flowables += [paragraph(text, BODY) for text in section.paragraphs]
    charts = list(section.charts)
    for table in section.tables:
        flowables += table_flowables(table, TEXT_WIDTH, report.labels.no_data)
        for chart in [chart for chart in charts if chart.table == table.key]:
            charts.remove(chart)
            flowables += _chart(chart)
    for chart in charts:
        flowables += _chart(chart)
    return [*flowables, Spacer(1, 6)]


def _chart(chart: Chart) -> list[Flowable]:
    return [KeepTogether([draw(chart, TEXT_WIDTH, CHART_HEIGHT), Spacer(1, 14)])]


def _wide_table(key: str, title: str, table: Table, report: Report) -> list[Flowable]:
    """A listing on pages of its own: landscape where its columns would be cramped upright."""
    is_wide = natural_width(table) > TEXT_WIDTH
    width = WIDE_TEXT_WIDTH if is_wide else TEXT_WIDTH
    type_ = SMALL_TYPE if is_wide or len(table.columns) > 6 else REGULAR_TYPE
    return [
        NextPageTemplate("landscape" if is_wide else "portrait"),
        PageBreak(),
        *_chapter(key, title),
        *table_flowables(
            replace(table, caption="" if table.caption == title else table.caption),
            width,
            report.labels.no_data,
            type_,
            fills_pages=True,
        ),
    ]
