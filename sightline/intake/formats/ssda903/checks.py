"""What a check of the return is, and how checks are run over a child's rows.

A check of one row is asked row by row. A check between rows needs all rows of a child at hand: the XML form
has them together; in the CSV form those of one table are brought together when the file ends.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from string import Formatter

from sightline.intake.declaration import Rule
from sightline.intake.formats.ssda903.rows import Child, Row
from sightline.vocabulary.findings import Finding, Severity

BORN = "born"
"""In `needs`: the date of birth, which the CSV table of episodes does not have."""

YEAR = "year"
"""In `needs`: the collection year."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule, what it needs to know, and what breaks it."""

    rule: Rule
    column: str
    needs: frozenset[str]
    is_between_rows: bool
    finds: Callable[[Child], Iterable[Row]]
    first: int
    last: int
    slots: tuple[str, ...]

    def finding(self, row: Row) -> Finding:
        return self.rule.at(row.at(self.column), **{slot: row.shown(slot) for slot in self.slots})

    def applies(self, known: frozenset[str], year: int | None) -> bool:
        """A rule that came or went with a year is asked only where the year is known."""
        if not self.needs <= known:
            return False
        if year is None:
            return (self.first, self.last) == (0, 9999)
        return self.first <= year <= self.last


def rule_of(number: str, sentence: str, *, since: int = 2023) -> Rule:
    """Every rule warns: the record is of use in a chronology whatever the department would do with it."""
    return Rule(
        f"ssda903.{number.lower()}",
        Severity.WARNING,
        sentence,
        department=number,
        source=f"Validation rules, looked-after return {since - 1} to {since}, Department for Education",
    )


def own_rule(name: str, sentence: str, severity: Severity = Severity.WARNING) -> Rule:
    return Rule(f"ssda903.{name}", severity, sentence, source="Sightline's own")


def each(
    number: str,
    table: str,
    column: str,
    sentence: str,
    breaks: Callable[[Row, Child], bool],
    *,
    needs: tuple[str, ...] = (),
    years: tuple[int, int] = (0, 9999),
    since: int = 2023,
) -> Check:
    """A check of one row, which may look at the child's other tables if it needs them."""
    needed = frozenset({table, *needs})

    def finds(child: Child) -> Iterable[Row]:
        return [row for row in child.all(table) if breaks(row, child)]

    return _check(number, column, sentence, finds, needed, len(needed - {BORN, YEAR}) > 1, years, since)


def between(
    number: str,
    table: str,
    column: str,
    sentence: str,
    finds: Callable[[Child], Iterable[Row]],
    *,
    needs: tuple[str, ...] = (),
    years: tuple[int, int] = (0, 9999),
    since: int = 2023,
) -> Check:
    """A check that sets rows of a child beside one another; `finds` gives the rows to be mended."""
    return _check(number, column, sentence, finds, frozenset({table, *needs}), True, years, since)


def _check(
    number: str,
    column: str,
    sentence: str,
    finds: Callable[[Child], Iterable[Row]],
    needs: frozenset[str],
    is_between_rows: bool,
    years: tuple[int, int],
    since: int,
) -> Check:
    slots = tuple({name for _, name, _, _ in Formatter().parse(sentence) if name})
    rule = rule_of(number, sentence, since=since)
    return Check(rule, column, needs, is_between_rows, finds, years[0], years[1], slots)


def known_of(child: Child) -> frozenset[str]:
    has_born = any(row.born for rows in child.rows.values() for row in rows)
    return child.known | ({BORN} if has_born else set()) | ({YEAR} if child.year else set())


class Checks:
    """A set of checks, and which of them apply to what is known: asked for every record, so remembered."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self.all = tuple(checks)
        self._applying: dict[tuple[frozenset[str], int | None], tuple[Check, ...]] = {}

    def run(self, child: Child) -> tuple[Finding, ...]:
        key = known_of(child), child.year.ends_in if child.year else None
        if key not in self._applying:
            self._applying[key] = tuple(check for check in self.all if check.applies(*key))
        return tuple(check.finding(row) for check in self._applying[key] for row in check.finds(child))
