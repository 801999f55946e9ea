"""What only several rows of a table show: a number given twice, a person told twice, an NHS number of two."""

from dataclasses import replace

from sightline.intake.declaration import Judged, RawRecord
from sightline.intake.formats.safeguarding_dataset import rules
from sightline.intake.formats.safeguarding_dataset.tables import PERSON, row_number_column
from sightline.vocabulary.findings import Finding


class AcrossRows:
    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._nhs_numbers: dict[str, tuple[str, int]] = {}

    def see(self, raw: RawRecord, judged: Judged) -> tuple[Finding, ...]:
        found: list[Finding] = []
        column, line = row_number_column(raw.table), raw.place.line
        number = str(raw.content.get(column) or "").strip() if column else ""
        if number and (first := self._numbers.setdefault(number, line)) != line:
            rule = rules.PERSON_TWICE if raw.table == PERSON else rules.ROW_TWICE
            found.append(rule.at(replace(raw.place, column=column), line=first))
        for person in judged.people:
            if not person.nhs_number:
                continue
            record_id, first = self._nhs_numbers.setdefault(person.nhs_number, (person.record_id, line))
            if record_id != person.record_id:
                found.append(rules.NHS_NUMBER_OF_TWO.at(raw.place, line=first))
        return tuple(found)

    def end(self) -> tuple[Finding, ...]:
        return ()
