"""Compiles locale/*/LC_MESSAGES/django.po where it is newer than its .mo, without GNU gettext."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def compile_stale(root: Path = ROOT) -> list[str]:
    """Compiles what needs it and returns the complaints, one line each; a file with a complaint is left as it was."""
    complaints = []
    for source in sorted(root.glob("locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            complaints += _compile(source, target)
    return complaints


def _compile(source: Path, target: Path) -> list[str]:
    # Imported late: nearly every start finds nothing to compile.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3], abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        return [f"{source}: {error}"]
    complaints = [f"{source}:{m.lineno}: {error}" for m, errors in catalog.check() for error in errors]
    if complaints:
        return complaints
    # Written beside and put in place: a reader never sees half a catalogue.
    half = target.with_suffix(".mo.new")
    with half.open("wb") as output:
        write_mo(output, catalog)
    os.replace(half, target)
    return []


if __name__ == "__main__":
    sys.exit("\n".join(compile_stale()) or None)
