"""Every text of the program has its Korean one: what is missing would be shown in English, and nobody would be told."""

import ast
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
CATALOGUE = ROOT / "locale/ko/LC_MESSAGES/django.po"
PACKAGES = ("api", "config", "crm", "reports")
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
IN_TEMPLATES = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

Said = tuple[str, str | None]


def in_code(source: str) -> Iterator[Said]:
    """The texts in a module, those inside of f-strings too, with the context of each."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if node.func.id in PLAIN and words:
            yield words[0], None
        elif node.func.id in IN_CONTEXT and len(words) > 1:
            yield words[1], words[0]


def in_template(source: str) -> Iterator[Said]:
    program = "\n".join(line.strip() for line in templatize(source).splitlines())
    for _line, message, _comments, context in extract("python", io.BytesIO(program.encode()), keywords=IN_TEMPLATES):
        yield message[0] if isinstance(message, tuple) else message, context


def texts() -> Iterator[tuple[Path, Said]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix == ".py":
                yield from ((path, said) for said in in_code(path.read_text()))
            elif path.suffix in (".html", ".txt") and "templates" in path.parts:
                yield from ((path, said) for said in in_template(path.read_text()))


def is_translated(korean: Catalog, said: Said) -> bool:
    found = korean.get(*said)
    told = found.string if found and not found.fuzzy else ""
    return all(told) if isinstance(told, (tuple, list)) else bool(told)


def test_every_text_has_its_korean_one() -> None:
    with (ROOT / "locale/ko/LC_MESSAGES/django.po").open("rb") as file:
        korean = read_po(file)
    found = list(texts())
    assert len(found) > 2000
    missing = {f"{path.relative_to(ROOT)}: {said[0]}" for path, said in found if not is_translated(korean, said)}
    assert not missing, "\n".join(sorted(missing))


def test_a_text_is_found_wherever_it_stands() -> None:
    assert set(in_code("f\"[{_('deep')}]\"\nngettext('one', 'many', n)\npgettext_lazy('so', 'word')")) == {
        ("deep", None),
        ("one", None),
        ("word", "so"),
    }
    page = (
        '{% load i18n %}{% translate "Find" context "code" %}{% blocktranslate %}All of {{ n }}{% endblocktranslate %}'
    )
    assert list(in_template(page)) == [("Find", "code"), ("All of %(n)s", None)]


def test_no_text_is_translated_twice() -> None:
    """Of two entries for one text one wins, and nobody can tell which."""
    text = CATALOGUE.read_text(encoding="utf-8")
    keys = re.findall(r"^((?:msgctxt .*\n)?msgid (?:.*\n)(?:\".*\n)*)", text, re.MULTILINE)
    twice = [key for key, count in Counter(keys).items() if count > 1]
    assert len(keys) > 1000
    assert twice == []
