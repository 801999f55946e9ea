"""A format's declaration as a JSON Schema (2020-12), by which senders check before they send."""

from collections.abc import Mapping
from typing import Any

from sightline.intake.declaration import Column, Table

_DATE = r"^\d{4}-\d{2}-\d{2}$"
_MOMENT = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$"
_POSTCODE = r"^[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}$"
_OF_FORM: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "code": {"type": "string"},
    "date": {"type": "string", "pattern": _DATE},
    "date, may lie ahead": {"type": "string", "pattern": _DATE},
    "date or moment": {"type": "string", "pattern": _MOMENT},
    "yes or no": {"type": "boolean"},
    "number": {"type": "number"},
    "postcode": {"type": "string", "pattern": _POSTCODE},
    "NHS number": {"type": "string", "pattern": r"^[0-9]{10}$"},
    "UPN": {"type": "string", "pattern": r"^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$"},
    "sex": {"enum": ["M", "F", "U"]},
}


def schema_of(tables: Mapping[str, Table], root: str, *, title: str, about: str) -> dict[str, Any]:
    """The schema of one object of the table `root`. A member that is not required may be null or left out."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": about,
        **_object(tables[root]),
        "$defs": {name: _object(table) for name, table in tables.items() if name != root},
    }


def _object(table: Table) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "object",
        "description": table.about,
        "properties": {column.name: _member(column) for column in table.columns},
        "additionalProperties": False,
    }
    if required := [column.name for column in table.columns if column.is_required]:
        made["required"] = required
    return made


def _member(column: Column) -> dict[str, Any]:
    kind, _, inner = column.form.partition(" of ")
    member: dict[str, Any] = {"description": column.meaning}
    if kind == "list":
        items = _OF_FORM["text"] if inner == "text" else {"$ref": f"#/$defs/{inner}"}
        member |= {"type": "array", "items": items} | ({"minItems": 1} if column.is_required else {})
    elif kind == "object":
        return member | {"$ref": f"#/$defs/{inner}"}
    elif column.codes:
        member |= {"enum": list(column.codes)}
    else:
        member |= _OF_FORM[column.form]
        if column.is_required and column.form == "text":
            member["minLength"] = 1
    return member if column.is_required else _or_null(member)


def _or_null(member: dict[str, Any]) -> dict[str, Any]:
    if "enum" in member:
        return member | {"enum": [*member["enum"], None]}
    return member | {"type": [member["type"], "null"]}
