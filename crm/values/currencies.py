"""The currencies of ISO 4217 in use, with their minor units, and the words people write for the common ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_TWO = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
    COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
    MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
    STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"

_MINOR_UNITS: Final[dict[str, int]] = {
    code: places for places, codes in ((2, _TWO), (0, _NONE), (3, _THREE), (4, _FOUR)) for code in codes.split()
}
CODES: Final[frozenset[str]] = frozenset(_MINOR_UNITS)


def is_currency(code: str) -> bool:
    """Whether `code` is an active ISO 4217 code in capitals. Metals, test codes and withdrawn codes are not."""
    return code in _MINOR_UNITS


def minor_units(code: str) -> int:
    """The decimal places of the currency's smallest unit: 2 for USD, 0 for KRW. KeyError for an unknown code."""
    return _MINOR_UNITS[code]


@dataclass(frozen=True, slots=True)
class CurrencyWord:
    """What a written word may stand for. `alone`: what it means when nothing else names a currency; None where that
    would be a guess."""

    codes: frozenset[str]
    alone: str | None


# The first word is the Korean name that we print; the others are only read. Lower case throughout.
_WORDS: Final[dict[str, str]] = {
    "KRW": "원|원화|₩|won|korean won",
    "USD": "달러|미 달러|미국 달러|미화|미불|us$|us $|us dollar|us dollars|u.s. dollars|american dollars",
    "EUR": "유로|유로화|€|euro|euros",
    "JPY": "엔|엔화|일본 엔|yen|japanese yen|jp¥",
    "CNY": "위안|위안화|중국 위안|인민폐|yuan|renminbi|rmb|cn¥",
    "GBP": "파운드|파운드화|영국 파운드|£|pound|pounds|pounds sterling",
    "IDR": "루피아|인도네시아 루피아|rupiah|rp",
    "VND": "동|베트남 동|₫|dong",
    "INR": "루피|인도 루피|₹|rupee|rupees|indian rupees",
    "THB": "바트|태국 바트|฿|baht",
    "MYR": "링깃|말레이시아 링깃|ringgit|rm",
    "PHP": "필리핀 페소|₱|philippine pesos",
    "AED": "디르함|uae 디르함|dirham|dirhams",
    "SAR": "사우디 리얄|saudi riyal|saudi riyals",
    "QAR": "카타르 리얄|qatari riyal|qatari riyals",
    "CHF": "스위스 프랑|swiss franc|swiss francs",
    "RUB": "루블|러시아 루블|₽|rouble|roubles|ruble|rubles",
    "TRY": "튀르키예 리라|터키 리라|₺|turkish lira",
    "BRL": "헤알|브라질 헤알|r$|reais",
    "MXN": "멕시코 페소|mexican pesos",
    "KZT": "텡게|₸|tenge",
    "UZS": "우즈베키스탄 숨",
    "MNT": "투그릭|₮|tugrik",
    "ILS": "이스라엘 셰켈|₪|shekel|shekels",
    "PLN": "즈워티|zloty",
    "SEK": "스웨덴 크로나",
    "NOK": "노르웨이 크로네",
    "DKK": "덴마크 크로네",
    "HKD": "홍콩 달러|hk$|hong kong dollars",
    "TWD": "대만 달러|nt$|taiwan dollars",
    "SGD": "싱가포르 달러|s$|singapore dollars",
    "AUD": "호주 달러|a$|au$|australian dollars",
    "CAD": "캐나다 달러|c$|ca$|canadian dollars",
    "NZD": "뉴질랜드 달러|nz$|new zealand dollars",
}
# A bare dollar is American unless a code beside it says otherwise (`CAD $5m`).
_DOLLAR = CurrencyWord(
    frozenset(
        "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD".split()
        + "ARS CLP COP MXN UYU".split()
    ),
    alone="USD",
)
# Yen and yuan share a sign and differ twentyfold: the sign alone is no answer.
_YEN_OR_YUAN = CurrencyWord(frozenset({"JPY", "CNY"}), alone=None)

KOREAN_NAMES: Final[dict[str, str]] = {code: words.split("|")[0] for code, words in _WORDS.items()}


def only(code: str) -> CurrencyWord:
    """The word that can mean nothing but this currency."""
    return CurrencyWord(frozenset({code}), alone=code)


def currency_words() -> Iterator[tuple[str, CurrencyWord]]:
    """Every word for a currency except the codes, in lower case, with its meaning."""
    for code, words in _WORDS.items():
        for word in words.split("|"):
            yield word, _DOLLAR if word == "달러" else only(code)
    for word in ("불", "$", "dollar", "dollars"):
        yield word, _DOLLAR
    yield "¥", _YEN_OR_YUAN
