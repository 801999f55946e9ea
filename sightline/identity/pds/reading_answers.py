"""What PDS sent, read as untrusted: an answer that is not what its specification says is a failure.

A 404 without the words of PDS is a wrong address, not an absent patient. Of a patient only what
`FoundPatient` holds is read.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sightline.identity.pds.outcomes import Answer, FoundPatient, Reply
from sightline.vocabulary.identifiers import NHSNumber

REDACTED = "REDACTED"
HIDDEN = frozenset(("R", "V", REDACTED))
MALFORMED = "malformed_answer"


class Malformed(Exception):
    """The answer is not what PDS's specification says. Its text never repeats what was sent."""


def reply_to_search(status: int, body: bytes) -> Reply:
    if status != 200:
        return _refusal(status, body)
    try:
        resource = _object(body)
        if resource.get("resourceType") == "OperationOutcome":
            return _many_or_failed(_code(resource))
        return _only_patient(resource)
    except Malformed:
        return Reply(Answer.FAILED, detail=MALFORMED)


def reply_to_retrieval(status: int, body: bytes) -> Reply:
    if status == 404:
        return _absent(body)
    if status != 200:
        return _refusal(status, body)
    try:
        resource = _object(body)
        if REDACTED in _security(resource):
            return Reply(Answer.INVALIDATED, detail=REDACTED)
        return Reply(Answer.ONE, patient_of(resource))
    except Malformed:
        return Reply(Answer.FAILED, detail=MALFORMED)


def _many_or_failed(code: str) -> Reply:
    return Reply(Answer.MANY if code == "TOO_MANY_MATCHES" else Answer.FAILED, detail=code or MALFORMED)


def _absent(body: bytes) -> Reply:
    try:
        code = _code(_object(body))
    except Malformed:
        code = ""
    answers = {"RESOURCE_NOT_FOUND": Answer.NONE, "INVALIDATED_RESOURCE": Answer.INVALIDATED}
    return Reply(answers.get(code, Answer.FAILED), detail=code or "not_the_service")


def _refusal(status: int, body: bytes) -> Reply:
    try:
        code = _code(_object(body))
    except Malformed:
        code = ""
    answer = Answer.NOT_ALLOWED if status in (401, 403) else Answer.FAILED
    return Reply(answer, detail=code or f"http_{status}")


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(found, dict):
        raise Malformed
    return found


def _code(outcome: Mapping[str, Any]) -> str:
    """The error code of an OperationOutcome: capitals, or nothing. Its diagnostics repeat what was asked."""
    for issue in _dicts(outcome.get("issue")):
        details = issue.get("details")
        for coding in _dicts(details.get("coding") if isinstance(details, dict) else None):
            code = coding.get("code")
            if isinstance(code, str) and code.isascii() and code.replace("_", "").isupper():
                return code[:60]
    return ""


def _only_patient(bundle: Mapping[str, Any]) -> Reply:
    entries, total = bundle.get("entry", []), bundle.get("total", 0)
    if bundle.get("resourceType") != "Bundle" or not isinstance(entries, list):
        raise Malformed
    if not isinstance(total, int) or isinstance(total, bool) or total < 0:
        raise Malformed
    if max(total, len(entries)) > 1:
        return Reply(Answer.MANY)
    if total != len(entries):
        raise Malformed
    return _scored(entries[0]) if entries else Reply(Answer.NONE)


def _scored(entry: object) -> Reply:
    if not isinstance(entry, dict) or not isinstance(entry.get("search"), dict):
        raise Malformed
    score = entry["search"].get("score")
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1:
        raise Malformed
    resource = entry.get("resource")
    if not isinstance(resource, dict) or REDACTED in _security(resource):
        raise Malformed
    return Reply(Answer.ONE, patient_of(resource), score=float(score))


def patient_of(resource: Mapping[str, Any]) -> FoundPatient:
    if resource.get("resourceType") != "Patient":
        raise Malformed
    try:
        number = NHSNumber(str(resource.get("id", ""))).text
    except ValueError:
        raise Malformed from None
    names = _dicts(resource.get("name"))
    return FoundPatient(
        nhs_number=number,
        given=tuple(filter(None, (" ".join(_texts(each.get("given"))) for each in names))),
        family=tuple(text for each in names if (text := _text(each.get("family")))),
        born_on=_day(resource.get("birthDate")),
        gender=_text(resource.get("gender")),
        birth_order=_order(resource.get("multipleBirthInteger")),
        has_died=bool(resource.get("deceasedDateTime") or resource.get("deceasedBoolean") is True),
        is_restricted=bool(HIDDEN & _security(resource)),
    )


def _security(resource: Mapping[str, Any]) -> frozenset[str]:
    """The codes of confidentiality. One that we do not know is taken for restricted."""
    meta = resource.get("meta")
    labels = _dicts(meta.get("security") if isinstance(meta, dict) else None)
    codes = {_text(each.get("code")).upper() for each in labels}
    return frozenset("R" if code not in {"U", "N", "L", *HIDDEN} else code for code in codes)


def _dicts(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [text for each in value if (text := _text(each))] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _day(value: object) -> str:
    try:
        return date.fromisoformat(_text(value)).isoformat()
    except ValueError:
        return ""


def _order(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 9 else 0
