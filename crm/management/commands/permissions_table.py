"""Writes who may do what as a document: `manage.py permissions_table > docs/permissions.md`."""

from typing import Any

from django.core.management.base import BaseCommand

from crm.permissions import ANY, TABLE, VERBS, Relation, Relations
from crm.values.measures import Role

_ROLES = {
    Role.OFFICER: "담당자 officer",
    Role.TEAM_LEAD: "팀장 team lead",
    Role.DIVISION_HEAD: "과장 division head",
    Role.BUREAU_HEAD: "국장 bureau head",
    Role.LEADERSHIP: "간부 leadership",
    Role.ADMINISTRATOR: "관리자 administrator",
    Role.API_CLIENT: "연계 시스템 API client",
}
_RELATIONS = {
    Relation.LEAD: "L",
    Relation.COOPERATING: "C",
    Relation.COMMON: "M",
    Relation.OWN: "O",
    Relation.OTHER: "X",
}
_HEAD = """# 권한 · Who may do what

This page is written by `manage.py permissions_table` from the table in `crm/permissions.py`; a test compares the two.

A cell names the relations to a record at which the role has the verb; `●` is every record, `–` none.

- **L 주관** the account's unit, a unit above or below it, or one that it succeeded leads the record.
- **C 협조** such a unit cooperates in the outcome, was asked about it, or is the site of the demonstration.
- **M 공동** no unit leads the record. Events, organisations, consultations and pitches are everybody's who works.
- **O 본인** a follow-up that the account or its unit has to do.

## 공개 수준 · Reading

| 공개 Disclosure | L · C | 간부·관리자 | others |
|---|---|---|---|
| 공개 open | everything | everything | everything |
| 일부 공개 partly | everything | everything | title, kind, parties, dates, stage, follow-ups |
| 비공개 closed | everything | everything | nothing: not listed, not found, masked in reports |

What cannot be seen cannot be changed. A closed record that no unit leads is seen by leadership and administrators
until a unit leads it. Totals of reports are the city's and the same for everybody; single lines are masked. An action
inside another stands on what the outer one was allowed. Whose answer or decision it is (`concurrence.answer`,
`approval.review`, `approval.decide`) is asked of unit, rank and delegation besides: `crm/queries/authority.py`.
Personal data is shown to those with `personal_data.disclose`, over the API with the scope `personal`, and every showing
is logged. Accounts that are not active get no session and no token.

## 역할과 권한 · Roles and verbs

"""


def document() -> str:
    head = f"| | {' | '.join(_ROLES.values())} |\n|{'---|' * (len(_ROLES) + 1)}\n"
    rows = [f"| `{verb}` | {' | '.join(_cell(TABLE[role].get(verb)) for role in _ROLES)} |" for verb in VERBS]
    return _HEAD + head + "\n".join(rows) + "\n"


def _cell(allowed: Relations | None) -> str:
    if allowed is None:
        return "–"
    return "●" if allowed == ANY else " ".join(_RELATIONS[r] for r in Relation if r in allowed)


class Command(BaseCommand):
    help = "Write the table of who may do what."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")
