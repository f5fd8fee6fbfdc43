"""Names: how they are cleaned, matched, sorted and found by their initials."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm.values.names import (
    alike_among,
    clean,
    company_key,
    folded,
    folded_lines,
    has_syllables,
    initial_lines,
    initials,
    is_initials,
    jamo,
    may_be_same,
    runs_as_formula,
    similarity,
    sort_key,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  ㈜벤텍  프런티어\n", "㈜벤텍 프런티어"),
        ("a\u00a0\u3000\tb\u2028c", "a b c"),
        (unicodedata.normalize("NFD", "벤텍"), "벤텍"),
        ("abc\u202egnp.exe\u2066", "abcgnp.exe"),
        ("a\x00b\x07c\x7f", "abc"),
        ("솔\u200b\ufeff\u00ad", "솔"),
        ("\u3164\u115f", ""),
        ("\ud800a", "a"),
        ("नमस्\u200dते", "नमस्\u200dते"),
        ("", ""),
    ],
)
def test_cleaning(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "name",
    [
        "㈜솔",
        "(주)솔",
        "( 주 ) 솔",
        "솔(주)",
        "주식회사 솔",
        "솔 주식회사",
        "솔주식회사",
        "유한회사 솔",
        "(유)솔",
        "솔, Inc.",
        "솔 Co.,Ltd.",
        "  솔  ",
    ],
)
def test_spellings_of_one_company_meet(name: str) -> None:
    assert company_key(name) == "솔"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ventech Frontier Co., Ltd.", "ventechfrontier"),
        ("VENTECH-FRONTIER LLC", "ventechfrontier"),
        ("Ventech Corp. Korea", "ventechkorea"),
        ("Ventech L.L.C.", "ventech"),
        ("ＮＶＩＤＩＡ Corporation", "nvidia"),
        ("Straße GmbH", "strassegmbh"),
        ("한국ㆍ전자 · 부품", "한국전자부품"),
        ("벤텍™", "벤텍"),
        ("LG U+", "lgu+"),
        ("Incheon Coffee", "incheoncoffee"),
        ("주식회사솔 광주", "솔광주"),
        ("(광주)솔", "광주솔"),
    ],
)
def test_keys(name: str, key: str) -> None:
    assert company_key(name) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [("주식회사", "주식회사"), ("㈜", "주"), ("Co., Ltd.", "coltd"), ("Inc.", "inc"), ("!!!", "!!!"), ("", "")],
)
def test_a_name_that_is_only_a_legal_form_keeps_itself(name: str, key: str) -> None:
    assert company_key(name) == key


@given(st.text())
def test_only_an_empty_name_has_an_empty_key(name: str) -> None:
    assert bool(company_key(name)) == bool(clean(name).translate(dict.fromkeys(map(ord, "™℠®©ㆍᆞ "))))


def test_names_sort_by_their_key() -> None:
    names = ["주식회사 하늘", "㈜솔", "가온", "솔라", "솔"]
    assert sorted(names, key=sort_key) == ["가온", "㈜솔", "솔", "솔라", "주식회사 하늘"]


def test_syllables_come_apart_into_their_letters() -> None:
    assert jamo("벤텍") == "ㅂㅔㄴㅌㅔㄱ"
    assert jamo("값 A1") == "ㄱㅏㅄ A1"
    assert jamo("가힣") == "ㄱㅏㅎㅣㅎ"
    assert jamo(unicodedata.normalize("NFD", "벤텍")) == "ㅂㅔㄴㅌㅔㄱ"


@given(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
def test_letters_are_those_of_unicode(syllable: str) -> None:
    parts = unicodedata.normalize("NFD", syllable)
    names = [unicodedata.name(part).rpartition(" ")[2] for part in parts]
    assert [unicodedata.name(letter).rpartition(" ")[2] for letter in jamo(syllable)] == names


def test_initials() -> None:
    assert initials("벤텍프런티어") == "ㅂㅌㅍㄹㅌㅇ"
    assert initials("LG 전자 2호점") == "lgㅈㅈ2ㅎㅈ"
    assert initials("바이러스·엑스") == "ㅂㅇㄹㅅㅇㅅ"
    assert "ㅂㅌㅍㄹ" in initials("벤텍프런티어")


def test_initials_line_by_line() -> None:
    assert initial_lines(folded_lines("㈜벤텍 공기-살균기", "Air MOU", "ㅋㅋ 2호")) == "ㅈㅂㅌㄱㄱㅅㄱㄱ\nㅋㅋ2ㅎ"


_WRITTEN = st.text(st.sampled_from("가각힣한글 ㄱㄳㅏㅋ㈜·-().,Ab1ßé①Ａ각한가"), min_size=1, max_size=12)


@given(_WRITTEN, _WRITTEN, _WRITTEN)
def test_the_initials_of_a_part_stand_in_those_of_the_whole(before: str, word: str, after: str) -> None:
    """So a word with a syllable need be looked for only where its initials are."""
    whole = folded_lines(before + word + after)
    looked_for = folded(word).replace(" ", "")
    if has_syllables(looked_for) and looked_for in whole.replace(" ", ""):
        assert initials(looked_for) in initial_lines(whole)


@pytest.mark.parametrize(
    "query", ["ㅂㅌㅍㄹ", "ㅂ", " ㅂ ㅌ ", "ㄲ", unicodedata.normalize("NFKC", "ㅂㅌ"), "ㄳ", "lgㅈㅈ"]
)
def test_what_asks_for_initials(query: str) -> None:
    assert is_initials(query)


@pytest.mark.parametrize("query", ["", " ", "벤텍", "벤ㅌ", "ㅏ", "ㅂㅏ", "abc", "12"])
def test_what_does_not_ask_for_initials(query: str) -> None:
    assert not is_initials(query)


def test_consonants_find_the_name_however_they_were_typed() -> None:
    assert initials(unicodedata.normalize("NFKC", "ㅂㅌ")) == "ㅂㅌ"
    # The keyboard makes one letter of ㄱ and ㅅ, which begin 구성.
    assert initials("ㄳ") == initials("구성")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("벤텍프런티어", "벤텍프론티어"),
        ("㈜벤텍프런티어", "벤텍 프론티어"),
        ("Ventech Frontier", "Ventec Frontier Co., Ltd."),
        ("㈜솔", "솔"),
        ("삼성", "(주)삼성"),
    ],
)
def test_names_a_person_should_compare(a: str, b: str) -> None:
    assert may_be_same(a, b)
    assert may_be_same(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("솔", "쏠"),
        ("삼성", "사성"),
        ("솔", "솔라"),
        ("삼성전자", "삼성전기"),
        ("광주창업펀드 1호", "광주창업펀드 2호"),
        ("벤텍", "바이러스엑스버스터"),
        ("", ""),
        ("", "솔"),
    ],
)
def test_names_of_different_companies(a: str, b: str) -> None:
    assert not may_be_same(a, b)
    assert not may_be_same(b, a)


def test_names_with_different_numbers_are_not_among_those_alike() -> None:
    spelled = [
        jamo(company_key(name)) for name in ("빛고을펀드 2호", "빛고을펀드 1호", "빛고을팬드 1호", "빛고을펀드호")
    ]
    assert set(alike_among(company_key("빛고을펀드 1호"), spelled)) == {1, 2, 3}


def test_similarity_of_one_vowel_in_fifteen_letters() -> None:
    assert similarity("벤텍프런티어", "벤텍프론티어") == pytest.approx(14 / 15)


@given(st.text(max_size=20), st.text(max_size=20))
@example("abc", "cac")
def test_similarity_is_a_share_and_the_same_either_way(a: str, b: str) -> None:
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, b) == similarity(b, a)
    assert similarity(a, a) == 1


@pytest.mark.parametrize(
    "name",
    ["=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","솔")', "＝SUM(A1)", "@SUM(1+1)*cmd|' /C calc'!A0", "+A1!B2",
     "-2+3+cmd|' /C calc'!A0", "＋hyperlink(1)", "\u200b=1"],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_no_name(name: str) -> None:
    assert runs_as_formula(name)


@pytest.mark.parametrize(
    "name",
    ["㈜솔", "E=mc2 랩스", "+82 컴퍼니", "@솔", "@Lab(주)", "@lab㈜", "-196℃ 냉동", "@솔!", "솔(SOL)", "A=SUM(B1)", "",
     "+ (유)하늘"],
)  # fmt: skip
def test_names_that_only_look_a_little_like_one_are_names(name: str) -> None:
    assert not runs_as_formula(name)
