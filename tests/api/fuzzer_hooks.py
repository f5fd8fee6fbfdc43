"""What the fuzzer is told about bodies, in its own process (SCHEMATHESIS_HOOKS). Whose an id is, and which fields go together,
no schema can say: at random an id is nobody's, and no record is ever made."""

import json
import os
import re
from pathlib import Path
from typing import Any
from zlib import crc32

import schemathesis

# What `fuzzer_world.py` found in the database: bodies that make a record, by the address, and ids by the name of the field.
WORLD: dict[str, dict[str, Any]] = json.loads(Path(os.environ["FUZZER_WORLD"]).read_text())
UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
AS_MADE_UP, OWN_ID = 4, 8


@schemathesis.hook
def map_case(context: schemathesis.HookContext, case: schemathesis.Case) -> schemathesis.Case:
    """Of the bodies that are right, most become one that makes a record, with one field of the fuzzer's; every id in them
    becomes that of a record. Of those that are wrong on purpose the ids alone: what is wrong stays wrong."""
    if not isinstance(case.body, dict):
        return case
    address, body = case.path.removeprefix("/api/v1/"), case.body
    lot = crc32(json.dumps(body, sort_keys=True).encode())
    if case.method == "POST" and address in WORLD["bodies"] and case.meta.generation.mode.is_positive:
        body = _with_one_field(body, WORLD["bodies"][address], lot)
    case.body = _named(body, lot, {**WORLD["ids"], **WORLD["of"].get(address.partition("/")[0], {})})
    return case


def _with_one_field(made_up: dict[str, Any], makes_one: dict[str, Any], lot: int) -> dict[str, Any]:
    """An id of its own only now and then: the fuzzer likes to give a new record one that it has read, and is told 409."""
    own = {key: value for key, value in made_up.items() if key != "id" or lot % OWN_ID == 0}
    if not own or lot % AS_MADE_UP == 0:
        return own
    chosen = sorted(own)[lot // AS_MADE_UP % len(own)]
    return makes_one | {chosen: own[chosen]}


def _named(part: Any, lot: int, ids: dict[str, list[str]], name: str = "") -> Any:
    if isinstance(part, list):
        return [_named(each, lot, ids, name) for each in part]
    if isinstance(part, dict):
        return {key: _named(value, lot, ids, key) for key, value in part.items()}
    if name in ids and isinstance(part, str) and UUID.match(part):
        return ids[name][(lot + crc32(part.encode())) % len(ids[name])]
    return part
