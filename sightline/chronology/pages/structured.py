"""A chronology as JSON, for programs: all of it, in the words of `entries`."""

import json
from typing import Any

from sightline.chronology.entries import Account, Chronology, Entry


def as_json(chronology: Chronology) -> str:
    return json.dumps(_chronology(chronology), indent=1, ensure_ascii=False, default=str) + "\n"


def _chronology(whole: Chronology) -> dict[str, Any]:
    return {
        "child": whole.child,
        "as_of": whole.as_of,
        "places_withheld": whole.is_protected,
        "shown": {"from": whole.shown.first, "to": whole.shown.last, "agency": whole.shown.agency or None},
        "coverage": [
            {
                "agency": line.agency or None,
                "name": line.agency_name,
                "kind": line.agency_kind,
                "asked": line.was_asked,
                "nothing": line.nothing,
                "events": line.events,
                "records": line.records,
                "told_to": line.told_to,
                "sentence": line.sentence,
            }
            for line in whole.coverage
        ],
        "facts": [
            {
                "question": fact.question,
                "answer": fact.answer,
                "value": fact.value or None,
                "because": fact.because,
                "as_of": fact.as_of,
                "rests_on": fact.rests_on,
            }
            for fact in whole.facts
        ],
        "gaps": [
            {
                "from": gap.first,
                "to": gap.last,
                "days": gap.days,
                "agency": gap.agency or None,
                "rule": gap.rule,
                "why": gap.why,
            }
            for gap in whole.gaps
        ],
        "entries": [_entry(entry) for entry in whole.entries],
        "notes": [
            {
                "entry": note.entry or None,
                "kind": note.kind,
                "column": note.column,
                "words": note.words,
                "by": note.by,
                "on": note.on,
            }
            for note in whole.notes
        ],
        "reviewers_entries": [
            {"entry": own.number, "cells": dict(own.cells), "by": own.by, "on": own.on}
            for own in whole.reviewers_entries
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry.number,
        "kind": entry.kind,
        "on": entry.on,
        "precision": entry.precision,
        "until": entry.until,
        "is_open": entry.is_open,
        "time": entry.time or None,
        "order": entry.order,
        "when": entry.when,
        "age": entry.age or None,
        "accounts": [_account(account) for account in entry.accounts],
        "differences": [
            {
                "about": each.about,
                "said": [{"account": number, "words": words} for number, words in each.said],
            }
            for each in entry.differences
        ],
        "same_by": entry.same_by,
        "may_be": entry.may_be,
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "account": account.number,
        "agency": account.agency,
        "agency_name": account.agency_name,
        "agency_kind": account.agency_kind,
        "record": account.record_id,
        "collection": account.source,
        "extract_made_on": account.made_on,
        "kind": account.kind,
        "on": account.on,
        "precision": account.precision,
        "until": account.until,
        "is_open": account.is_open,
        "time": account.time or None,
        "statement": account.statement,
        "sensitivity": account.sensitivity,
        "where_withheld": account.where_withheld,
        "summary": account.summary,
        "text": account.text or None,
        "details": dict(account.details),
    }
