"""The Hangul package: a zip archive whose parts are written one after the other, each section as it comes."""

import zipfile
from datetime import UTC
from io import BytesIO, TextIOWrapper
from typing import Final, TextIO
from xml.sax.saxutils import escape, quoteattr

from reports.charts import legible
from reports.documents.archives import zip_entry
from reports.documents.hwpx_styles import HANCOM, NAMESPACES, XML, header_xml
from reports.documents.text import city_time, tongue
from reports.report import Report

MEDIA_TYPE: Final = "application/hwp+zip"
_CONTAINER: Final = "urn:oasis:names:tc:opendocument:xmlns:container"
_PARTS: Final = f"{HANCOM}/hwpml/2016/meta/pkg#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PREVIEW: Final = 2_000  # letters of the preview that a file manager shows


class Package:
    """`mimetype` comes first and uncompressed, then sections as they are written, then what names them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.sections = 0
        self._saved = BytesIO()
        self._archive = zipfile.ZipFile(self._saved, "w")
        self._put("mimetype", MEDIA_TYPE, zipfile.ZIP_STORED)

    def open_section(self) -> TextIO:
        """The next section's part; to be closed before anything else is written."""
        entry = zip_entry(_section_name(self.sections), self.report.as_of)
        self.sections += 1
        return TextIOWrapper(self._archive.open(entry, "w"), encoding="utf-8", newline="")

    def finished(self) -> bytes:
        """The whole package, once every section is written."""
        self._put("version.xml", _version_xml())
        self._put("settings.xml", _settings_xml())
        self._put("Contents/header.xml", header_xml(self.sections))
        self._put("Contents/content.hpf", _content_xml(self.report, self.sections))
        self._put("META-INF/container.xml", _container_xml())
        self._put("META-INF/container.rdf", _relations_xml(self.sections))
        self._put("META-INF/manifest.xml", _manifest_xml())
        self._put("Preview/PrvText.txt", _preview(self.report))
        self._archive.close()
        return self._saved.getvalue()

    def _put(self, name: str, text: str, compression: int = zipfile.ZIP_DEFLATED) -> None:
        self._archive.writestr(zip_entry(name, self.report.as_of, compression), text.encode("utf-8"))


def _section_name(number: int) -> str:
    return f"Contents/section{number}.xml"


def _version_xml() -> str:
    """The version of the format, by the names that the word processor looks for (`taget` is its own spelling)."""
    return (
        f'{XML}<hv:HCFVersion xmlns:hv="{HANCOM}/hwpml/2011/version" tagetApplication="WORDPROCESSOR" major="5"'
        ' minor="1" micro="1" buildNumber="0" os="1" xmlVersion="1.5" application="Ieum" appVersion="1"/>'
    )


def _settings_xml() -> str:
    return (
        f'{XML}<ha:HWPApplicationSetting xmlns:ha="{HANCOM}/hwpml/2011/app">'
        '<ha:CaretPosition listIDRef="0" paraIDRef="0" pos="0"/></ha:HWPApplicationSetting>'
    )


def _content_xml(report: Report, sections: int) -> str:
    moment = report.as_of if report.as_of.tzinfo else city_time(report.as_of)
    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    about = (
        ("creator", report.organisation),
        ("subject", report.period_label),
        ("description", report.definition_version),
        ("lastsaveby", report.organisation),
        ("CreatedDate", stamp),
        ("ModifiedDate", stamp),
        ("keyword", report.key),
    )
    metas = "".join(f'<opf:meta name="{name}" content="text">{_words(text)}</opf:meta>' for name, text in about)
    parts = [("header", "Contents/header.xml")]
    parts += [(f"section{number}", _section_name(number)) for number in range(sections)]
    listed = [*parts, ("settings", "settings.xml"), ("version", "version.xml")]
    items = "".join(f'<opf:item id="{key}" href="{href}" media-type="application/xml"/>' for key, href in listed)
    spine = "".join(f'<opf:itemref idref="{key}" linear="yes"/>' for key, _ in parts)
    return (
        f'{XML}<opf:package {NAMESPACES} version="" unique-identifier="" id=""><opf:metadata>'
        f"<opf:title>{_words(report.title)}</opf:title><opf:language>{tongue(report)}</opf:language>{metas}"
        f"</opf:metadata><opf:manifest>{items}</opf:manifest><opf:spine>{spine}</opf:spine></opf:package>"
    )


def _container_xml() -> str:
    roots = (
        ("Contents/content.hpf", "application/hwpml-package+xml"),
        ("Preview/PrvText.txt", "text/plain"),
        ("META-INF/container.rdf", "application/rdf+xml"),
    )
    files = "".join(f'<ocf:rootfile full-path="{path}" media-type="{kind}"/>' for path, kind in roots)
    return (
        f'{XML}<ocf:container xmlns:ocf="{_CONTAINER}" xmlns:hpf="{HANCOM}/schema/2011/hpf">'
        f"<ocf:rootfiles>{files}</ocf:rootfiles></ocf:container>"
    )


def _relations_xml(sections: int) -> str:
    parts = [("Contents/header.xml", "HeaderFile")]
    parts += [(_section_name(number), "SectionFile") for number in range(sections)]
    told = "".join(
        f'<rdf:Description rdf:about=""><pkg:hasPart rdf:resource={quoteattr(path)}/></rdf:Description>'
        f"<rdf:Description rdf:about={quoteattr(path)}><rdf:type rdf:resource={quoteattr(_PARTS + kind)}/>"
        "</rdf:Description>"
        for path, kind in parts
    )
    return (
        f'{XML}<rdf:RDF xmlns:rdf="{_RDF}" xmlns:pkg="{_PARTS}">{told}<rdf:Description rdf:about="">'
        f'<rdf:type rdf:resource="{_PARTS}Document"/></rdf:Description></rdf:RDF>'
    )


def _manifest_xml() -> str:
    return f'{XML}<odf:manifest xmlns:odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def _preview(report: Report) -> str:
    lines = [report.title, report.period_label, report.organisation]
    lines += [f"{line.label}: {line.text}" for line in report.summary]
    return "\r\n".join(" ".join(legible(line).split()) for line in lines)[:_PREVIEW]


def _words(text: str) -> str:
    return escape(legible(text))
