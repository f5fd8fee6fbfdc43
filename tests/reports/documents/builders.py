"""Report objects for the document tests: the founding case as it would be reported, and one full of hostile words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

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

AS_OF = datetime(2023, 3, 31, 14, 59, 59, tzinfo=UTC)  # 23:59:59 in Seoul
NASTY = (
    "<b>굵게",
    "A & B <i>",
    '=HYPERLINK("http://x","눌러")',
    "<img src=http://x/y.png>",
    "+82-62-613-0000",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "가" * 500,
    "W" * 500,
    "😀 웃음",
    "韓國 光州",
    "ᄒᆞᆫ글",
    "끊긴\x00제어\x0b문자",
    "반쪽\ud800글자",
    "#REF!",
    "긴 글 " * 9_000,
)

KOREAN = Labels(
    summary="요약",
    contents="목차",
    notes="산출 기준 및 유의사항",
    page="{page} / {pages}",
    as_of="기준 시점",
    period="대상 기간",
    generated_from="산출 기준",
    overview="총괄",
    outcomes="성과 목록",
    entries="원장 기재",
    no_data="자료 없음",
    unit="단위",
    demo="시연용 자료",
    table="〈표 {number}〉",
    figure="〈그림 {number}〉",
    annex="붙임 {number}.",
    continued="(계속)",
    trace_code="추적 코드",
    definitions="용어 정의",
    names="수식용 이름",
    name="이름",
    stands_for="뜻",
    cells="셀",
    counts_for="집계 구분",
    path="이음 화면",
)


def column(key: str, label: str, kind: str = "text", weight: float = 1.0) -> Column:
    return Column(key, label, kind, weight)  # type: ignore[arg-type]


def one_cell(value: Value, kind: str = "text", key: str = "cells") -> Table:
    return Table(key, "한 칸", (column("value", "값", kind),), (Row((value,)),))


def counts() -> Table:
    return Table(
        "counts",
        "성과 유형별 건수",
        (
            column("kind", "구분", weight=2.4),
            column("confirmed", "확정", "integer"),
            column("provisional", "잠정", "integer"),
            column("unconfirmed", "미확인", "integer"),
            column("target", "목표", "integer"),
            column("rate", "달성률(%)", "percent"),
            column("previous", "전년 동기", "integer"),
        ),
        (
            Row(("수출계약", 1, 0, 0, None, None, None), link="/outcomes?kind=export_contract"),
            Row(("투자협약", 1, 0, 0, None, None, None)),
            Row(("업무협약", 1, 0, 1, None, None, None)),
            Row(("논의 기약", 2, 0, 0, None, None, None)),
            Row(("공동관 운영", 1, 0, 0, 1, Decimal("100"), None)),
        ),
        unit="단위: 건",
        footnotes=(
            "논의 기약은 협약 또는 금액으로 집계하지 않으며, 별도로 표시함",
            "서로 다른 단계의 건수는 합산하지 않음",
        ),
    )


def money() -> Table:
    return Table(
        "money",
        "확정 금액 (계열별)",
        (
            column("series", "구분", weight=2),
            column("annual", "연간 금액", "money"),
            column("total", "총액", "money"),
            column("krw", "원화 환산 (연간)", "money"),
            column("rate", "매매기준율", "number"),
            column("rate_date", "환율 기준일", "date"),
        ),
        (
            Row(
                (
                    "수출계약 (구속력 있음)",
                    Decimal("1000"),
                    None,
                    Decimal("124.68"),
                    Decimal("1246.80"),
                    date(2023, 1, 5),
                )
            ),
            Row(("투자협약 (발표)", None, None, None, None, None)),
            Row(("합계", Decimal("1000"), None, Decimal("124.68"), None, None), emphasis=True),
        ),
        unit="단위: 만달러, 억원",
        footnotes=("연간 1천만 달러는 계약 기간이 명시되지 않아 총액을 알 수 없음: 총액 합계에서 제외함",),
    )


def jobs() -> Table:
    return Table(
        "jobs",
        "고용 창출 계획",
        (column("org", "기업", weight=2), column("jobs", "계획", "integer"), column("note", "비고", weight=3)),
        (
            Row(
                ("㈜솔", 20, "원문 “20여 명”: 근사값. 서울 소재 기업이므로 국내 투자로 분류하며 외국인 직접투자가 아님")
            ),
        ),
        unit="단위: 명",
    )


def chart() -> Chart:
    return Chart(
        "counts",
        "성과 유형별 건수",
        "단위: 건",
        ("수출계약", "투자협약", "업무협약", "논의 기약", "공동관 운영"),
        (
            ChartSeries("확정", (1, 1, 1, 2, 1)),
            ChartSeries("미확인", (None, None, 1, None, None)),
        ),
        table="counts",
    )


def outcomes() -> Table:
    rows: list[tuple[Value, ...]] = [
        (
            "공동관 운영",
            "광주 공동브랜드 홍보관(GIEL) 첫 운영",
            "광주테크노파크",
            None,
            "인공지능산업국",
            None,
            None,
            "확정",
        ),
        ("투자협약", "AI 바이오 연구소 광주 설립", "㈜솔", date(2023, 1, 7), "인공지능산업국", None, 20, "확정"),
        (
            "수출계약",
            "공기살균기 수출계약 (연간 1천만 달러)",
            "㈜벤텍프런티어 → 바이러스엑스버스터",
            None,
            "경제창업실",
            Decimal("10000000"),
            None,
            "확정",
        ),
        ("업무협약", "세계 e스포츠 대회 공동 개최", "ESTV", date(2023, 1, 4), "문화관광체육실", None, None, "확정"),
        ("논의 기약", "AI 2단계 사업 추가 논의", "구글", None, "인공지능산업국", None, None, "확정"),
        ("논의 기약", "AI 2단계 사업 추가 논의", "엔비디아", None, "인공지능산업국", None, None, "확정"),
        ("업무협약", "창업기업 투자 협력", "라이징타이드펀드", None, "경제창업실", None, None, "미확인"),
    ]
    return Table(
        "outcomes",
        "성과 목록",
        (
            column("kind", "유형", weight=1.1),
            column("title", "성과명", weight=2.6),
            column("parties", "상대", weight=2),
            column("signed_on", "체결일", "date"),
            column("lead_unit", "주관부서", weight=1.4),
            column("annual_usd", "연간 금액 (USD)", "money", 1.2),
            column("jobs", "고용 (명)", "integer", 0.8),
            column("standing", "상태", weight=0.8),
        ),
        tuple(Row(values) for values in rows),
        footnotes=("체결일이 –인 성과는 체결일을 밝힌 자료가 없음",),
    )


def entries(count: int = 6) -> Table:
    recorded = datetime(2023, 2, 7, 1, 0, tzinfo=UTC)
    cycle: list[tuple[Value, ...]] = [
        ("수출계약", "건수", "확정", 1, None, None, None, date(2023, 1, 5), recorded, "시 발표", "경제창업실 보고", "최초"),
        ("수출계약", "금액", "확정", Decimal("10000000"), "USD", Decimal("12468000000"), Decimal("1246.80"),
         date(2023, 1, 5), recorded, "시 발표", "CES 광주세일즈 보고회 자료", "최초"),
        ("투자협약", "고용", "발표", 20, None, None, None, date(2023, 1, 7), recorded, "시 발표", "CES 광주세일즈 보고회 자료", "최초"),
    ]  # fmt: skip
    rows = [Row((f"L-{number + 1:05d}", *cycle[number % 3])) for number in range(count)]
    keys = "no kind measure series value currency krw rate value_date recorded_at evidence source cause".split()
    heads = "번호 성과유형 측정 계열 값 통화 원화(원) 환율 기준일 기록시각 증빙등급 출처 사유".split()
    kinds = "text text text text number text money number date datetime text text text".split()
    return Table(
        "entries",
        "원장 기재",
        tuple(column(*parts) for parts in zip(keys, heads, kinds, strict=True)),
        tuple(rows),
        footnotes=("값은 반올림하지 않은 원자료임",),
    )


def ces_report() -> Report:
    """The founding case, first quarter of 2023, as of the end of the quarter."""
    return Report(
        key="quarterly",
        title="해외 전시·투자유치 분기 실적보고",
        organisation="광주광역시",
        period="2023Q1",
        period_label="2023년 1분기 (2023. 1. 1. ~ 3. 31.)",
        as_of=AS_OF,
        language="ko",
        definition_version="quarterly/1",
        labels=KOREAN,
        summary=(
            SummaryLine("수출계약", "1건 · 연간 USD 10,000,000 (총액 미상)"),
            SummaryLine("투자협약", "1건 · 고용 20명 (근사값)"),
            SummaryLine("업무협약", "확정 1건 · 미확인 1건"),
            SummaryLine("논의 기약", "2건 (협약·금액으로 집계하지 않음)"),
            SummaryLine("협조 현황", "협조 요청 3건 중 회신 2건 (66.7 %), 평균 2.5일"),
        ),
        sections=(
            Section(
                "outline",
                "Ⅰ. 추진개요",
                (
                    "□ 행사명: CES 2023 (2023. 1. 5. ~ 1. 8., 미국 라스베이거스)",
                    "○ 광주 공동관(GIEL, 지엘) 첫 운영: 참가기업 9개사, 전시제품 15종. 방문단은 2023. 1. 4.부터 "
                    "1. 12.까지 라스베이거스·로스앤젤레스·실리콘밸리를 방문하여 투자유치와 수출 상담을 진행함.",
                ),
            ),
            Section("results", "Ⅱ. 분기 실적", (), (counts(), money(), jobs()), (chart(),)),
            Section("delays", "Ⅲ. 문제점 및 개선방안", (), (Table("delays", "부진 사유", (column("a", "구분"), column("b", "사유")), ()),)),
        ),
        outcomes=outcomes(),
        entries=entries(),
        notes=(
            Note("집계 기준", ("단계가 다른 수치는 합산하지 않음", "연간 금액은 총액에 포함하지 않음")),
            Note("환율", ("서울외국환중개 매매기준율을 체결일 기준으로 적용하고, 고시가 없는 날은 직전 고시 환율을 적용함",)),
            Note("증빙", ("증빙 등급별 기재 건수: 시 발표 6건",)),
        ),
        is_demo=True,
        filters=("주관부서: 전체",),
    )  # fmt: skip


def nasty_report() -> Report:
    """Every hostile text in every place that carries words."""
    table = Table(
        "nasty",
        NASTY[0],
        (column("a", NASTY[1]), column("b", NASTY[2]), column("n", "수", "number")),
        tuple(Row((text, text, Decimal("1.5"))) for text in NASTY),
        unit=NASTY[3],
        footnotes=NASTY,
    )
    bars = Chart("nasty", NASTY[3], NASTY[1], NASTY[:4], (ChartSeries(NASTY[0], (1, None, 3, 4)),), "nasty")
    return replace(
        ces_report(),
        title=NASTY[8] + NASTY[0],
        organisation=NASTY[3],
        period_label=NASTY[1],
        summary=tuple(SummaryLine(text[:40], text) for text in NASTY),
        sections=(Section("nasty", NASTY[0], NASTY, (table,), (bars,)),),
        outcomes=replace(table, key="outcomes"),
        entries=replace(table, key="entries"),
        notes=(Note(NASTY[2], NASTY),),
        filters=NASTY,
    )


def with_outcomes(table: Table) -> Report:
    return replace(ces_report(), outcomes=table)


def with_entries(table: Table) -> Report:
    return replace(ces_report(), entries=table)
