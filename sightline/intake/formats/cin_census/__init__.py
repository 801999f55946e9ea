"""The children in need census: the XML file that every local authority in England sends each year.

schema       our declaration of each collection year, and what departs from it
reading      header and children as values
structure    departures as findings, under the department's numbers where it has them
rules        how a rule is written; `rules_*` hold them by subject
telling      who the child is and what happened
not_covered  the department's rules that are not checked, and why
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

from sightline.intake.declaration import (
    Column,
    Delivery,
    Format,
    Header,
    Judged,
    RawRecord,
    Rule,
    Table,
)
from sightline.intake.formats.cin_census import (
    reading,
    rules_assessment,
    rules_child,
    rules_episode,
    rules_file,
    rules_plans,
    rules_pre_proceedings,
    schema,
    structure,
    telling,
)
from sightline.intake.formats.cin_census.not_covered import NOT_COVERED
from sightline.intake.formats.cin_census.rules import Check
from sightline.intake.sources import Source
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.findings import Finding, Place

CHECKS: tuple[Check, ...] = (
    *rules_child.CHECKS.all,
    *rules_episode.CHECKS.all,
    *rules_assessment.CHECKS.all,
    *rules_plans.CHECKS.all,
    *rules_pre_proceedings.CHECKS.all,
)


def recognises(source: Source) -> bool:
    """Other returns are a Message with a Header too, so the collection's own names decide."""
    start = source.xml_start()
    if not start or start[0] != "Message":
        return False
    head = source.head_text
    return "CINdetails" in head or "".join(head.split()).find("<Collection>CIN</Collection>") >= 0


def header(source: Source) -> Header:
    return rules_file.header_from(*reading.header_of(source))


def judge(raw: RawRecord, header: Header, as_of: date) -> Judged:
    """One child. Only a child without a number is refused: everything else can be told as far as it goes."""
    census = reading.Census(int(header.collection)) if header.collection else reading.census_at(as_of)
    child = reading.child_in(raw.content, as_of)
    has_id = bool(child.record_id)
    faults = schema.faults_in(raw.content, census.year)
    findings = list(structure.findings_of(faults, census, raw.place, has_record_id=has_id))
    if not has_id:
        return Judged(findings=_refusal(findings, raw.place))
    findings += structure.findings_of_doubts(child.doubts, raw.place)
    for module, checks in _by_module(census.year):
        if not module or getattr(child, module):
            for check in checks:
                for breach in check.finds(child, census):
                    findings.append(check.finding(breach, raw.place))
    return Judged(
        people=(telling.person_of(child, header.sender, census),),
        events=telling.events_of(child, census),
        findings=tuple(dict.fromkeys(findings)),  # what several modules break in the same words is said once
    )


def _refusal(findings: list[Finding], place: Place) -> tuple[Finding, ...]:
    if not any(finding.is_error for finding in findings):
        where = Place(place.file, place.line, "ChildIdentifiers/LAchildID")
        findings.append(structure.NO_RECORD_ID.at(where))
    return tuple(findings)


@cache
def checks_in(year: int) -> tuple[Check, ...]:
    """Those that hold for a collection; a year before or after those declared is taken as the nearest."""
    known = min(max(year, schema.FIRST_YEAR), schema.LAST_YEAR)
    return tuple(check for check in CHECKS if check.since <= known <= check.until)


@cache
def _by_module(year: int) -> tuple[tuple[str, tuple[Check, ...]], ...]:
    """A year's checks by the module without which they find nothing; most children lack most modules."""
    checks = checks_in(year)
    modules = dict.fromkeys(check.module for check in checks)
    return tuple((module, tuple(each for each in checks if each.module == module)) for module in modules)


def _tables(module: schema.Module) -> Iterator[Table]:
    items = [part for part in module.parts if isinstance(part, schema.Item)]
    if items:
        yield Table(module.name, tuple(_column(item) for item in items), module.meaning)
    for part in module.parts:
        if isinstance(part, schema.Module):
            yield from _tables(part)


def _column(item: schema.Item) -> Column:
    years = ""
    if item.since > schema.FIRST_YEAR:
        years = f", from {item.since}"
    elif item.until < schema.LAST_YEAR:
        years = f", until {item.until}"
    return Column(
        name=item.name,
        meaning=f"{item.meaning[0].upper()}{item.meaning[1:]}{years}.",
        form=item.form.label,
        is_required=item.is_required,
        codes=item.code_set.words if item.code_set else {},
    )


def _all_rules() -> tuple[Rule, ...]:
    """Each once, by name: several places may speak for one rule."""
    rules = (
        *structure.structural_rules(),
        *(check.rule for check in CHECKS),
        *rules_file.HEADER_RULES,
        *rules_file.ACROSS_RULES,
    )
    return tuple({rule.name: rule for rule in rules}.values())


FORMAT = Format(
    name="cin-census",
    title="Children in need census (XML), 2021 to 2026",
    about=(
        "Every local authority in England sends it to the Department for Education once a year, for the "
        "twelve "
        "months to 31 March, out of its case management system. It has one Child for each child referred, "
        "assessed or in need in that year, with referrals, assessments, section 47 enquiries, plans and, "
        "from "
        "2026, pre-proceedings. It holds pupil numbers and dates of birth, but no names and no addresses."
    ),
    kinds=(AgencyKind.SOCIAL_CARE,),
    unit="child",
    delivery=Delivery.WHOLE,
    tables=tuple(_tables(schema.CHILD)),
    rules=_all_rules(),
    not_covered=NOT_COVERED,
    sources=(
        "https://www.gov.uk/guidance/children-in-need-census",
        "https://github.com/SocialFinanceDigitalLabs/liia-tools-pipeline",
        "https://github.com/data-to-insight/csc-validator-be-cin",
    ),
    recognises=recognises,
    header=header,
    records=reading.children,
    judge=judge,
    across=rules_file.AcrossChildren,
)
