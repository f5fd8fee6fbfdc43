"""The report as an A4 PDF: cover, summary and contents, chapters, and as annexes outcomes, ledger entries and notes."""

from collections.abc import Iterator
from io import BytesIO
from itertools import count

from reportlab import rl_config
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, NextPageTemplate, PageBreak, Spacer

from reports.charts import draw, printable, register_fonts
from reports.documents.pdf_pages import ChapterRule, ContentsLine, Picture, ReportPages
from reports.documents.pdf_styles import HEADING, NOTE, STEPS, SUBHEADING, TEXT_WIDTH, WIDE_TEXT_WIDTH, step, words
from reports.documents.pdf_tables import REGULAR_TYPE, SMALL_TYPE, natural_width, summary_box, table_flowables
from reports.documents.pdf_tags import Element
from reports.documents.text import UNKNOWN, as_text
from reports.report import Chart, Report, Section, Table

CHART_HEIGHT = 175.0
# What a chapter's heading needs below it, so that it never stands alone at the foot of a page.
HEADING_AND_FIRST_ROWS = 170.0

# Words are escaped before they reach a paragraph; should one slip through, nothing may be fetched.
rl_config.trustedHosts = []
rl_config.trustedSchemes = []
# Pages in plain compressed bytes: as text they would be a quarter larger, and take longer to write.
rl_config.useA85 = 0


def render_pdf(report: Report) -> bytes:
    """The PDF's bytes; raises FontMissing where the Korean font isn't installed."""
    register_fonts()
    target = BytesIO()
    pages = ReportPages(target, report)
    pages.build(_Story(report).told(), canvasmaker=pages.canvas_for)
    return target.getvalue()


class _Story:
    """The flowables of one report, in their order; tables and figures are numbered through."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.labels = report.labels
        self.tables: Iterator[int] = count(1)
        self.figures: Iterator[int] = count(1)
        self.annexes = self._annexes()

    def _annexes(self) -> dict[str, str]:
        """The heading of each annex that there is: outcomes, entries, notes."""
        named = {}
        if self.report.outcomes.columns:
            named["outcomes"] = self.labels.outcomes
        if self.report.entries.columns:
            named["entries"] = self.labels.entries
        if self.report.notes:
            named["notes"] = self.labels.notes
        numbers = {key: self.labels.annex.replace("{number}", str(n)) for n, key in enumerate(named, start=1)}
        return {key: f"{numbers[key]} {title}" for key, title in named.items()}

    def told(self) -> list[Flowable]:
        report = self.report
        story: list[Flowable] = [Spacer(1, 1), NextPageTemplate("portrait"), PageBreak()]
        story += [*self._summary(), *self._contents()]
        if report.sections:
            story.append(PageBreak())
        for number, section in enumerate(report.sections):
            story += self._section(f"section-{number}", section)
        story += self._listing("outcomes", report.outcomes)
        story += self._listing("entries", report.entries)
        return story + self._notes() if report.notes else story

    def _summary(self) -> list[Flowable]:
        head = _chapter("summary", self.labels.summary)
        if not self.report.summary:
            return [*head, words(self.labels.no_data, STEPS["□"], bullet="□")]
        filters = [words(f"※ {line}", NOTE) for line in self.report.filters]
        return [*head, summary_box(self.report.summary, TEXT_WIDTH), Spacer(1, 6), *filters, Spacer(1, 18)]

    def _contents(self) -> list[Flowable]:
        chapters = {f"section-{number}": section.heading for number, section in enumerate(self.report.sections)}
        tree: list[Element] = []
        lines = [ContentsLine(key, title, tree) for key, title in (chapters | self.annexes).items()]
        return [KeepTogether([words(self.labels.contents, SUBHEADING, "H2"), *lines])]

    def _section(self, key: str, section: Section) -> list[Flowable]:
        flowables = [CondPageBreak(HEADING_AND_FIRST_ROWS), *_chapter(key, section.heading)]
        flowables += [step(text) for text in section.paragraphs]
        charts = list(section.charts)
        for table in section.tables:
            flowables += table_flowables(table, next(self.tables), TEXT_WIDTH, self.labels)
            for chart in [chart for chart in charts if chart.table == table.key]:
                charts.remove(chart)
                flowables += self._chart(chart)
        for chart in charts:
            flowables += self._chart(chart)
        return [*flowables, Spacer(1, 6)]

    def _chart(self, chart: Chart) -> list[Flowable]:
        number = self.labels.figure.replace("{number}", str(next(self.figures)))
        drawing = draw(chart, TEXT_WIDTH, CHART_HEIGHT, number)
        return [KeepTogether([Picture(drawing, _told(chart)), Spacer(1, 14)])]

    def _listing(self, key: str, table: Table) -> list[Flowable]:
        """A listing on pages of its own: landscape where its columns would be cramped upright."""
        if not table.columns:
            return []
        is_wide = natural_width(table) > TEXT_WIDTH
        width = WIDE_TEXT_WIDTH if is_wide else TEXT_WIDTH
        type_ = SMALL_TYPE if is_wide or len(table.columns) > 6 else REGULAR_TYPE
        return [
            NextPageTemplate("landscape" if is_wide else "portrait"),
            PageBreak(),
            *_chapter(key, self.annexes[key]),
            *table_flowables(table, next(self.tables), width, self.labels, type_, fills_pages=True),
        ]

    def _notes(self) -> list[Flowable]:
        story: list[Flowable] = [NextPageTemplate("portrait"), PageBreak(), *_chapter("notes", self.annexes["notes"])]
        for number, note in enumerate(self.report.notes, start=1):
            story.append(words(f"{number}. {note.heading}", SUBHEADING, "H2"))
            lines: list[Element] = []
            story += [step(line, "○", lines) for line in note.lines]
        return story


def _chapter(key: str, title: str) -> list[Flowable]:
    heading = words(title, HEADING, "H1")
    heading.chapter = (key, " ".join(printable(title).split("\n")))
    return [heading, ChapterRule()]


def _told(chart: Chart) -> str:
    """The chart in words: its title, and each series with its values."""
    told = [f"{chart.title} ({chart.unit})" if chart.unit else chart.title]
    for series in chart.series:
        values = zip(chart.categories, series.values, strict=True)
        told.append(
            f"{series.name}: "
            + ", ".join(f"{name} {UNKNOWN if v is None else as_text(v, 'number')}" for name, v in values)
        )
    return ". ".join(told)
