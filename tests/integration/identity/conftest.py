"""Records as intake holds them, and a stand-in for the science: who has one NHS number is one child."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
import pytest
from held_records import a_person, an_extract

from sightline.identity import actions, lookups, runs
from sightline.identity.linking import Linking
from sightline.intake.models import Agency, Extract, HeldPerson

AS_OF = date(2026, 1, 5)


@dataclass
class Science:
    """What the stand-in asks a person about: pairs of places in the order of the records."""

    asked: tuple[tuple[int, int], ...] = ()
    runs: int = 0

    def link(self, people, *, agencies, weights, rulings, progress):
        self.runs += 1
        cluster = np.arange(people.height)
        joined = []

        def join(one, other, bits):
            a, b = cluster[one], cluster[other]
            apart = any({cluster[x], cluster[y]} == {a, b} for x, y in rulings.never)
            if a != b and not apart:
                cluster[cluster == max(a, b)] = min(a, b)
                if bits:
                    joined.append((one, other, bits))

        for one, other in rulings.same:
            join(one, other, 0)
        numbers, closed = people["nhs_number"].to_list(), people["is_restricted"].to_list()
        for one in range(people.height):
            for other in range(one):
                if numbers[one] and numbers[one] == numbers[other] and not (closed[one] or closed[other]):
                    join(one, other, 10.0 + other)
        schema = {"row_a": pl.Int64, "row_b": pl.Int64, "bits": pl.Float64}
        asked = [(one, other, 1.5, "doubtful") for one, other in self.asked if cluster[one] != cluster[other]]
        return Linking(
            cluster,
            pl.DataFrame(joined, schema=schema, orient="row"),
            pl.DataFrame(asked, schema={**schema, "reason": pl.String}, orient="row"),
            0,
        )


@pytest.fixture
def science(monkeypatch):
    stand_in = Science()
    monkeypatch.setattr(runs, "link", stand_in.link)
    return stand_in


class Records:
    """Records by name “H1”, whose first letter is their agency."""

    AGENCIES = {"H": "health", "E": "education", "P": "police"}

    def __init__(self) -> None:
        self.extracts: dict[str, Extract] = {}

    def record(self, name: str) -> tuple[str, str]:
        return self.AGENCIES[name[0]], name

    def hold(self, numbers: str, **differing: object) -> None:
        """“H1=9 P1=9 E1=”: records with their NHS numbers."""
        for told in numbers.split():
            name, _, number = told.partition("=")
            a_person(self._extract(name), name, nhs_number=number, **differing)

    def change(self, name: str, **changes: object) -> None:
        assert HeldPerson.objects.filter(record_id=name).update(**changes) == 1

    def remove(self, name: str) -> None:
        HeldPerson.objects.filter(record_id=name).delete()

    def _extract(self, name: str) -> Extract:
        code = self.AGENCIES[name[0]]
        if code not in self.extracts:
            agency = Agency.objects.create(code=code, name=code, kind="other")
            self.extracts[code] = an_extract(agency, form="plain")
        return self.extracts[code]

    def link(self):
        return actions.run_link(by="A. Linker", as_of=AS_OF)

    def rule(self, one: str, other: str, answer, *, why: str = "both seen", by: str = "A. Worker"):
        return actions.rule(
            by=by,
            record_a=self.record(one),
            record_b=self.record(other),
            answer=answer,
            why=why,
            as_of=AS_OF,
        )

    def undo(self, ruling: int):
        return actions.undo_ruling(by="A. Worker", ruling=ruling, why="a mistake", as_of=AS_OF)

    def together(self) -> dict[str, str]:
        """Each identity with the names of its records."""
        found: dict[str, list[str]] = {}
        for _, name, child in lookups.export_rows().rows():
            found.setdefault(child, []).append(name)
        return {child: " ".join(sorted(names)) for child, names in sorted(found.items())}


@pytest.fixture
def held(db, science):
    return Records()
