"""By keyboard alone, what else is put on record: companies and their people, events with their exhibitors, claims and
costs, pitch competitions, demonstrations, what came of what."""

import pytest
from playwright.sync_api import Page, expect

from crm.models import (
    ChainLink,
    Contact,
    Demonstration,
    Directive,
    Event,
    EventClaim,
    EventCost,
    FollowUp,
    LedgerEntry,
    Organisation,
    OrganisationAlias,
    Outcome,
    Participation,
    PitchEntry,
)
from crm.models.pitches import PitchScore
from crm.values.measures import Measure
from tests.browser.keyboard import Keyboard
from tests.builders import make_organisation


@pytest.fixture
def keys(page: Page, site: str) -> Keyboard:
    return Keyboard(page, site)


def test_an_organisation_with_another_name_and_a_contact(keys: Keyboard) -> None:
    keys.sign_in("officer", "/organisations/", "기업·기관")
    keys.skip_to_content()
    keys.follow("기업·기관 기록")
    keys.lands_on("기업·기관 기록")
    keys.fill({"이름": "새벽별반도체", "국가": "대한민국", "업종": "반도체", "사업자등록번호": "123-45-67890"})
    keys.refused("저장")  # the number's last digit is wrong
    keys.follow("사업자등록번호")  # from what is said to the field
    keys.write("사업자등록번호", "123-45-67892", here=True)
    keys.refused("저장")
    keys.fill({"이름": "㈜새벽별반도체", "사업자등록번호": "", "다른 이름": "Dawnstar"})
    keys.saved("저장", "㈜새벽별반도체")
    made = Organisation.objects.get(name="㈜새벽별반도체")
    assert (made.country, made.sector, made.aliases.get().name) == ("KR", "반도체", "Dawnstar")

    keys.follow("수정")
    keys.lands_on("기업·기관 수정")
    keys.fill({"지역": "광주광역시"})
    keys.saved("저장", made.name)
    keys.follow("다른 이름 추가")
    keys.lands_on("다른 이름 추가")
    keys.fill({"다른 이름": "새벽별", "언어": "ko"})
    keys.saved("저장", made.name)
    keys.follow("연락처 추가")
    keys.lands_on("연락처 추가")
    keys.fill({"이름": "대외협력 담당", "전화": "062-613-1234", "처리 근거": "동의", "보존 기한": "12312090"})
    keys.saved("저장", made.name)
    made.refresh_from_db()
    assert made.region == "광주광역시" and OrganisationAlias.objects.filter(organisation=made).count() == 2
    assert Contact.objects.get(organisation=made).legal_basis == "동의"

    keys.follow("연락처 보기")
    keys.lands_on("연락처 보기")
    keys.write("열람 목적", "후속조치 연락")
    keys.deed("연락처 보기")
    expect(keys.page.locator("main")).to_contain_text("대외협력 담당")


def test_a_briefing_with_a_claim_a_cost_an_exhibitor_and_a_directive(keys: Keyboard) -> None:
    make_organisation("Virus Xbuster")
    keys.sign_in("admin", "/events/", "행사")
    keys.skip_to_content()
    keys.follow("행사 기록")
    keys.lands_on("행사 기록")
    keys.fill({"유형": "보고회", "이름": "MWC 광주세일즈 보고회", "시작일": "02292024", "종료일": "02262024"})
    keys.refused("저장")  # it ends before it begins
    keys.fill({"시작일": "02262024", "종료일": "02292024"})
    keys.saved("저장", "MWC 광주세일즈 보고회")
    event = Event.objects.get(name="MWC 광주세일즈 보고회")
    keys.follow("수정")
    keys.lands_on("행사 수정")
    keys.fill({"도시": "바르셀로나"})
    keys.saved("저장", "MWC 광주세일즈 보고회")

    keys.follow("발표 내용 추가")
    keys.lands_on("발표 내용 추가")
    keys.fill({"발표 항목": "방문객", "값": "10만 명", "출처": "주최 측 발표"})
    keys.saved("저장", "MWC 광주세일즈 보고회")
    keys.follow("이것으로 확인", "button")
    expect(keys.page.locator(".messages")).to_be_focused()
    assert EventClaim.objects.get(event=event).status == "confirmed"

    keys.follow("비용 추가")
    keys.lands_on("비용 추가")
    keys.fill({"항목": "전시관 임차", "금액": "3억원", "출처": "예산서"})
    keys.saved("저장", "MWC 광주세일즈 보고회")
    keys.follow("전시관 임차")
    keys.lands_on("비용 수정")
    keys.fill({"금액": "4억원"})
    keys.saved("저장", "MWC 광주세일즈 보고회")
    assert EventCost.objects.get(event=event).amount == 400_000_000

    keys.follow("참가 기록")
    keys.lands_on("참가 기록")
    keys.fill({"기업·기관": "㈜솔", "전시관": "공동관", "시 지원": "예", "지원 금액": "3백만원"})
    keys.saved("저장", "MWC 광주세일즈 보고회")
    assert Participation.objects.get(event=event).support_amount == 3_000_000

    keys.follow("상담 기록")
    keys.lands_on("상담 기록")
    keys.fill({"참가기업": "㈜솔", "바이어": "Virus Xbuster", "상담일": "02272024", "상담액": "약 5천 달러"})
    keys.refused("저장")  # nobody says so
    keys.fill({"출처": "상담일지"})
    keys.saved("저장", "MWC 광주세일즈 보고회")
    assert LedgerEntry.objects.get(consultation__event=event, measure=Measure.MONEY).value == 5000

    keys.follow("지시사항 기록")
    keys.lands_on("지시사항 기록")
    keys.fill({"지시 내용": "참가기업 사후관리 방안", "지시일": "03042024"})
    keys.saved("저장", "MWC 광주세일즈 보고회")
    assert Directive.objects.get(event=event).text == "참가기업 사후관리 방안"
    event.refresh_from_db()
    assert event.city == "바르셀로나"

    keys.send_form("후속조치 추가", {"할 일": "사후관리 계획 수립", "기한": "12312090"}, "MWC 광주세일즈 보고회")
    assert FollowUp.objects.get(title="사후관리 계획 수립").directive is not None


def back_at_the_competition(keys: Keyboard, next_thing: str) -> None:
    """The form was sent; the page comes at the section it is about, and the next Tab goes on from there."""
    keys.deed("저장")
    keys.lands_on("광주 IR 2024")
    expect(keys.page.locator(".messages .success")).to_be_attached()
    keys.to(next_thing, "link", most=10)


def test_a_competition_from_its_criteria_to_a_decision(keys: Keyboard) -> None:
    keys.sign_in("admin", "/pitches/", "IR 대회")
    keys.skip_to_content()
    keys.follow("대회 등록")
    keys.lands_on("행사 기록")
    keys.fill({"유형": "IR 대회", "이름": "광주 IR 2024", "시작일": "05022024"})
    keys.saved("저장", "광주 IR 2024")
    keys.follow("심사항목 설정")
    keys.lands_on("심사항목 설정")
    keys.fill({"심사항목": "사업성", "배점 (%)": "60"})
    keys.refused("저장")  # the weights have to add to 100
    keys.fill({"심사항목": "사업성", "배점 (%)": "100"})
    back_at_the_competition(keys, "출품 등록")
    keys.press("Enter")
    keys.lands_on("출품 등록")
    keys.fill({"신청기업": "㈜솔", "제목": "바이오센서"})
    keys.saved("저장", "바이오센서")
    keys.follow("광주 IR 2024")
    keys.lands_on("광주 IR 2024")
    keys.follow("심사위원 추가")
    keys.lands_on("심사위원 추가")
    keys.fill({"심사위원": "심사위원 가"})
    back_at_the_competition(keys, "심사위원 추가")
    keys.press("Enter")
    keys.lands_on("심사위원 추가")
    keys.fill({"심사위원": "심사위원 나"})
    back_at_the_competition(keys, "채점: 서류심사")
    keys.press("Enter")
    keys.lands_on("채점")
    keys.fill({"바이오센서: 사업성": "85"})
    back_at_the_competition(keys, "심사위원 추가")
    assert PitchScore.objects.get().points == 85

    keys.sign_in("admin", "/pitches/", "IR 대회")
    keys.skip_to_content()
    keys.follow("바이오센서")
    keys.lands_on("바이오센서")
    keys.send_form("이해충돌 등록", {"심사위원": "심사위원 나", "이해충돌 내용": "신청기업의 전 직원"}, "바이오센서")
    keys.follow("진행·결정")
    keys.lands_on("진행·결정")
    keys.fill({"라운드": "본선"})
    keys.refused("저장")  # a round was left out: why?
    keys.fill({"사유": "단일 출품으로 본선 직행"})
    keys.saved("저장", "바이오센서")
    keys.follow("진행·결정")
    keys.lands_on("진행·결정")
    keys.fill({"결정": "탈락"})
    keys.refused("저장")
    keys.fill({"사유": "신청기업의 자격 미달"})
    keys.saved("저장", "바이오센서")
    pitch = PitchEntry.objects.get()
    assert (pitch.round, pitch.status) == ("finals", "out") and pitch.conflicts.count() == 1


def test_a_demonstration_and_what_came_of_it(keys: Keyboard) -> None:
    keys.sign_in("officer", "/demonstrations/", "실증")
    keys.skip_to_content()
    keys.follow("실증 등록")
    keys.lands_on("실증 등록")
    keys.fill({"제목": "충전 로봇 실증", "신청기업": "㈜솔", "기술": "로봇", "시작일": "03022024", "시비": "1억원"})
    keys.saved("저장", "충전 로봇 실증")
    made = Demonstration.objects.get()
    keys.follow("설정·측정")
    keys.lands_on("성능지표")
    keys.fill({"측정 항목": "충전 시간", "단위": "분", "목표값": "30", "낮을수록 좋음": True})
    keys.saved("저장", "충전 로봇 실증")
    keys.follow("단계 변경")
    keys.lands_on("단계 변경")
    keys.pick("실증 중")
    keys.day("단계 변경일", "03032024")
    keys.refused("단계 변경 기록")  # where it runs is not said yet
    keys.back_to("충전 로봇 실증", "link")
    keys.press("Enter")
    keys.lands_on("충전 로봇 실증")
    keys.follow("수정")
    keys.lands_on("실증 수정")
    keys.fill({"테스트베드": "첨단지구", "테스트베드 운영부서": "인공지능산업실"})
    keys.saved("저장", "충전 로봇 실증")
    keys.follow("단계 변경")
    keys.lands_on("단계 변경")
    keys.pick("실증 중")
    keys.day("단계 변경일", "03032024")
    keys.saved("단계 변경 기록", "충전 로봇 실증")
    made.refresh_from_db()
    assert (made.stage, made.testbed_site, made.cost_city) == ("running", "첨단지구", 100_000_000)
    assert made.kpis.get().lower_is_better

    outcome = Outcome.objects.get(code="o3-ventech")
    keys.follow("후속 성과 연결")
    keys.lands_on("후속 성과 연결")
    keys.fill({"기록": str(outcome), "비고": "실증 후 납품"})
    keys.saved("저장", "충전 로봇 실증")
    assert ChainLink.objects.get(archived_at=None).note == "실증 후 납품"
    keys.follow("연결 해제")
    keys.lands_on("연결 해제")
    keys.fill({"사유": "다른 실증의 성과임"})
    keys.saved("연결 해제", outcome.title)
    assert not ChainLink.objects.filter(archived_at=None).exists()
