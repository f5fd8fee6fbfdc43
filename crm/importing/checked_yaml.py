"""A YAML file whose every wrong value is named with its line, before anything is made of it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

import yaml
from django.utils.translation import gettext as _

from crm.importing.refusal import Fault, Refused
from crm.values.periods import FIRST_YEAR, LAST_YEAR

E = TypeVar("E", bound=StrEnum)
LARGEST = 2 * 1024 * 1024


class _Loader(yaml.SafeLoader):
    """Only true and false are truths: the YAML 1.1 habit of reading `on`, `yes` and `no` as such spoils keys."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            # A date such as 2023-02-30: without its mark nobody finds the line.
            raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from error

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        # Merge keys of merge keys grow without bounds, and no file of ours needs one.
        for key, _value in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise yaml.constructor.ConstructorError(None, None, _("is not known here"), key.start_mark)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


class CheckedYaml:
    """Reads values by path (`outcomes[2].kind`), keeps every fault with its line. `refuse` raises them together."""

    def __init__(self, content: bytes) -> None:
        if len(content) > LARGEST:
            raise Refused([Fault(_("line %d") % 1, _("the file is larger than 2 MB"))])
        self.faults: list[Fault] = []
        self._lines: dict[str, int] = {"": 1}
        try:
            node = yaml.compose(content, Loader=_Loader)
            if node is not None:
                self._note_lines(node, "", set())
            self.root: Any = yaml.load(content, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise Refused([Fault(_("line %d") % line, str(error.problem or error))]) from error
        except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
            raise Refused([Fault(_("line %d") % 1, str(error).splitlines()[0])]) from error
        if not isinstance(self.root, dict):
            raise Refused([Fault(_("line %d") % 1, _("the file is not a mapping of sections"))])

    def _note_lines(self, node: yaml.Node, path: str, seen: set[int]) -> None:
        self._lines[path] = node.start_mark.line + 1
        if id(node) in seen:
            return
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            names: set[str] = set()
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise yaml.MarkedYAMLError(problem=_("must be text"), problem_mark=key.start_mark)
                if key.value in names:
                    self._lines[f"{path}.{key.value}"] = key.start_mark.line + 1
                    self.fault(f"{path}.{key.value}".lstrip("."), _("stands here twice"))
                names.add(key.value)
                self._note_lines(value, f"{path}.{key.value}".lstrip("."), seen)
        elif isinstance(node, yaml.SequenceNode):
            for i, value in enumerate(node.value):
                self._note_lines(value, f"{path}[{i}]", seen)

    def fault(self, path: str, reason: str) -> None:
        known = path
        while known and known not in self._lines:
            known = known[: max(known.rfind("."), known.rfind("["), 0)]
        self.faults.append(Fault(_("line %d") % self._lines[known] + f" ({path})", reason))

    def refuse(self) -> None:
        """Raises Refused where there was any fault, in the order of their lines."""
        if self.faults:
            raise Refused(self.faults)

    def rows(self, section: str, allowed: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
        """The mappings of a section that is a list, each with its path. Unknown keys are faults."""
        given = self.root.get(section) or []
        if not isinstance(given, list):
            self.fault(section, _("must be a list"))
            return []
        found = []
        for i, row in enumerate(given):
            path = f"{section}[{i}]"
            if self.mapping(row, path, allowed):
                found.append((path, row))
        return found

    def mapping(self, value: Any, path: str, allowed: Iterable[str]) -> bool:
        if not isinstance(value, dict):
            self.fault(path, _("must be a mapping"))
            return False
        for key in value:
            if key not in set(allowed):
                self.fault(f"{path}.{key}", _("is not known here"))
        return True

    def text(self, row: Mapping[str, Any], path: str, key: str, *, required: bool = False) -> str:
        value = row.get(key)
        if value is None:
            if required:
                self.fault(f"{path}.{key}", _("is missing"))
            return ""
        if isinstance(value, bool | dict | list):
            self.fault(f"{path}.{key}", _("must be text"))
            return ""
        try:
            return str(value)
        except ValueError:  # a number of thousands of digits
            self.fault(f"{path}.{key}", _("must be text"))
            return ""

    def items(self, row: Mapping[str, Any], path: str, key: str) -> list[Any]:
        value = row.get(key) or []
        if not isinstance(value, list):
            self.fault(f"{path}.{key}", _("must be a list"))
            return []
        return value

    def texts(self, row: Mapping[str, Any], path: str, key: str) -> list[str]:
        value = row.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(f"{path}.{key}", _("must be a list of texts"))
            return []
        return value

    def day(self, row: Mapping[str, Any], path: str, key: str, *, required: bool = False) -> date | None:
        value = row.get(key)
        if isinstance(value, date) and not isinstance(value, datetime) and FIRST_YEAR <= value.year <= LAST_YEAR:
            return value
        if value is not None or required:
            self.fault(f"{path}.{key}", _("is missing") if value is None else _("must be a date like 2023-01-06"))
        return None

    def whole(self, row: Mapping[str, Any], path: str, key: str) -> int | None:
        value = row.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
            return value
        self.fault(f"{path}.{key}", _("must be a whole number above zero"))
        return None

    def truth(self, row: Mapping[str, Any], path: str, key: str) -> bool | None:
        value = row.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.fault(f"{path}.{key}", _("must be true or false"))
        return None

    def exact(self, row: Mapping[str, Any], path: str, key: str) -> Decimal:
        value = row.get(key)
        try:
            if isinstance(value, bool | float) or value is None:
                raise InvalidOperation
            number = Decimal(str(value))
            if not number.is_finite():
                raise InvalidOperation
            return number
        except (InvalidOperation, ValueError):
            self.fault(f"{path}.{key}", _("must be an exact number, written without a decimal point or in quotes"))
            return Decimal(1)

    def one_of(self, row: Mapping[str, Any], path: str, key: str, vocabulary: type[E], default: E | None = None) -> E:
        value = row.get(key)
        if value is None and default is not None:
            return default
        if value in [member.value for member in vocabulary]:
            return vocabulary(value)
        known = ", ".join(member.value for member in vocabulary)
        self.fault(f"{path}.{key}", _("must be one of: %(known)s") % {"known": known})
        return default or next(iter(vocabulary))
