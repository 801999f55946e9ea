"""A census file's header and children as values, read as far as they can be read.

Every value that cannot be taken is left empty: what is wrong with it is said by `structure` and the rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from sightline.intake.cells import ISO, SLASHED, Problem, date_of, doubt_about
from sightline.intake.declaration import RawRecord
from sightline.intake.formats.cin_census import codes
from sightline.intake.reading.markup import TEXT, elements
from sightline.intake.sources import Source
from sightline.vocabulary.findings import Place
from sightline.vocabulary.periods import Period, financial_year

COLLECTION_YEAR = "@collection-year"
"""Where each raw child carries the year of its file: checks over several children see no header."""

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Census:
    """One collection: the year in which it ends, and its twelve months."""

    year: int

    @property
    def period(self) -> Period:
        return financial_year(self.year - 1)

    @property
    def first(self) -> date:
        return date(self.year - 1, 4, 1)

    @property
    def last(self) -> date:
        """The reference date."""
        return date(self.year, 3, 31)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A date that is written well and cannot be believed; it was left out."""

    where: str
    sentence: str


@dataclass(frozen=True, slots=True, repr=False)
class Assessment:
    started: date | None
    review_due: date | None
    authorised: date | None
    factors: tuple[str, ...]
    has_factors_module: bool


@dataclass(frozen=True, slots=True, repr=False)
class NeedPlan:
    started: date | None
    ended: date | None


@dataclass(frozen=True, slots=True, repr=False)
class Enquiry:
    """A section 47 enquiry. It is finished by its conference, or by none being required."""

    started: date | None
    target: date | None
    conference: date | None
    not_required: bool | None

    @property
    def is_open(self) -> bool:
        return self.conference is None and not self.not_required


@dataclass(frozen=True, slots=True, repr=False)
class ProtectionPlan:
    started: date | None
    ended: date | None
    category_at_first: str
    category: str
    plans_before: int | None
    reviews: tuple[date, ...]


@dataclass(frozen=True, slots=True, repr=False)
class PreProceedings:
    started: date | None
    letter_sent: date | None
    meeting_offered: bool | None
    meeting_held: bool | None
    first_meeting: date | None
    review_meetings: int | None
    decided: date | None
    outcome: str
    applied_to_court: date | None
    letter_of_issue: date | None


@dataclass(frozen=True, slots=True, repr=False)
class Episode:
    referred: date | None
    source: str
    need: str
    closed: date | None
    reason: str
    conference: date | None
    no_further_action: bool | None
    assessments: tuple[Assessment, ...]
    need_plans: tuple[NeedPlan, ...]
    enquiries: tuple[Enquiry, ...]
    protection_plans: tuple[ProtectionPlan, ...]
    pre_proceedings: tuple[PreProceedings, ...]

    @property
    def conferences(self) -> tuple[tuple[str, date], ...]:
        """Every initial conference of the episode, with the module that has it."""
        days = (
            ("CINdetails", self.conference),
            *(("Section47", enquiry.conference) for enquiry in self.enquiries),
        )
        return tuple((module, day) for module, day in days if day)


@dataclass(frozen=True, repr=False)
class Child:
    record_id: str
    upn: str
    former_upn: str
    upn_unknown: str
    born: date | None
    expected: date | None
    died: date | None
    sex_code: str
    ethnicity: str
    disabilities: tuple[str, ...]
    episodes: tuple[Episode, ...]
    has_expected: bool = False  # whatever is written there
    has_born: bool = False
    doubts: tuple[Doubt, ...] = field(default=(), compare=False)

    @cached_property
    def goes_on_to_action(self) -> bool:
        """Whether a referral led, or may have led, further than to no further action."""
        return any(episode.no_further_action is False for episode in self.episodes)

    @cached_property
    def assessments(self) -> tuple[tuple[Episode, Assessment], ...]:
        return tuple((episode, each) for episode in self.episodes for each in episode.assessments)

    @cached_property
    def need_plans(self) -> tuple[tuple[Episode, NeedPlan], ...]:
        return tuple((episode, each) for episode in self.episodes for each in episode.need_plans)

    @cached_property
    def enquiries(self) -> tuple[tuple[Episode, Enquiry], ...]:
        return tuple((episode, each) for episode in self.episodes for each in episode.enquiries)

    @cached_property
    def protection_plans(self) -> tuple[tuple[Episode, ProtectionPlan], ...]:
        return tuple((episode, each) for episode in self.episodes for each in episode.protection_plans)

    @cached_property
    def pre_proceedings(self) -> tuple[tuple[Episode, PreProceedings], ...]:
        return tuple((episode, each) for episode in self.episodes for each in episode.pre_proceedings)


_MAY_LIE_AHEAD = frozenset(
    ("ExpectedPersonBirthDate", "InitialCPCtarget", "AssessmentInternalReviewDate", "CINPlanEndDate")
)


class _Reader:
    """Reads one child; collects the dates that it does not believe."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.doubts: list[Doubt] = []

    def day(self, content: Content, name: str, module: str) -> date | None:
        return self._day(text_of(content, name), name, module)

    def _day(self, text: str, name: str, module: str) -> date | None:
        day = date_of(text, (ISO, SLASHED))
        if day is None or isinstance(day, Problem):
            return None
        doubt = doubt_about(day, as_of=self.as_of, may_lie_ahead=name in _MAY_LIE_AHEAD)
        if doubt is None:
            return day
        self.doubts.append(Doubt(f"{module}/{name}", doubt.sentence))
        return None

    def child(self, content: Content) -> Child:
        who = _merged(content, "ChildIdentifiers")
        what = _merged(content, "ChildCharacteristics")
        disabilities = (
            text for module in _modules(what, "Disabilities") for text in texts_of(module, "Disability")
        )
        return Child(
            record_id=text_of(who, "LAchildID"),
            upn=text_of(who, "UPN"),
            former_upn=text_of(who, "FormerUPN"),
            upn_unknown=text_of(who, "UPNunknown").upper(),
            born=self.day(who, "PersonBirthDate", "ChildIdentifiers"),
            expected=self.day(who, "ExpectedPersonBirthDate", "ChildIdentifiers"),
            died=self.day(who, "PersonDeathDate", "ChildIdentifiers"),
            sex_code=(text_of(who, "Sex") or text_of(who, "GenderCurrent")).upper(),
            ethnicity=text_of(what, "Ethnicity").upper(),
            disabilities=tuple(text.upper() for text in disabilities if text),
            episodes=tuple(self._episode(each) for each in _modules(content, "CINdetails")),
            has_born=bool(text_of(who, "PersonBirthDate")),
            has_expected=bool(text_of(who, "ExpectedPersonBirthDate")),
            doubts=tuple(self.doubts),
        )

    def _episode(self, content: Content) -> Episode:
        module = "CINdetails"
        return Episode(
            referred=self.day(content, "CINreferralDate", module),
            source=text_of(content, "ReferralSource").upper(),
            need=text_of(content, "PrimaryNeedCode").upper(),
            closed=self.day(content, "CINclosureDate", module),
            reason=text_of(content, "ReasonForClosure").upper(),
            conference=self.day(content, "DateOfInitialCPC", module),
            no_further_action=_yes_no(content, "ReferralNFA"),
            assessments=tuple(self._assessment(each) for each in _modules(content, "Assessments")),
            need_plans=tuple(self._need_plan(each) for each in _modules(content, "CINPlanDates")),
            enquiries=tuple(self._enquiry(each) for each in _modules(content, "Section47")),
            protection_plans=tuple(
                self._protection_plan(each) for each in _modules(content, "ChildProtectionPlans")
            ),
            pre_proceedings=tuple(
                self._pre_proceedings(each) for each in _modules(content, "PreProceedingsandFGDM")
            ),
        )

    def _assessment(self, content: Content) -> Assessment:
        module = "Assessments"
        factors = (
            text
            for each in _modules(content, "FactorsIdentifiedAtAssessment")
            for text in texts_of(each, "AssessmentFactors")
        )
        return Assessment(
            started=self.day(content, "AssessmentActualStartDate", module),
            review_due=self.day(content, "AssessmentInternalReviewDate", module),
            authorised=self.day(content, "AssessmentAuthorisationDate", module),
            factors=tuple(text.upper() for text in factors if text),
            has_factors_module="FactorsIdentifiedAtAssessment" in content,
        )

    def _need_plan(self, content: Content) -> NeedPlan:
        return NeedPlan(
            started=self.day(content, "CINPlanStartDate", "CINPlanDates"),
            ended=self.day(content, "CINPlanEndDate", "CINPlanDates"),
        )

    def _enquiry(self, content: Content) -> Enquiry:
        module = "Section47"
        return Enquiry(
            started=self.day(content, "S47ActualStartDate", module),
            target=self.day(content, "InitialCPCtarget", module),
            conference=self.day(content, "DateOfInitialCPC", module),
            not_required=_yes_no(content, "ICPCnotRequired"),
        )

    def _protection_plan(self, content: Content) -> ProtectionPlan:
        module = "ChildProtectionPlans"
        reviews = (
            self._day(text, "CPPreviewDate", "Reviews")
            for each in _modules(content, "Reviews")
            for text in texts_of(each, "CPPreviewDate")
        )
        return ProtectionPlan(
            started=self.day(content, "CPPstartDate", module),
            ended=self.day(content, "CPPendDate", module),
            category_at_first=text_of(content, "InitialCategoryOfAbuse").upper(),
            category=text_of(content, "LatestCategoryOfAbuse").upper(),
            plans_before=_count(content, "NumberOfPreviousCPP"),
            reviews=tuple(day for day in reviews if day),
        )

    def _pre_proceedings(self, content: Content) -> PreProceedings:
        module = "PreProceedingsandFGDM"
        return PreProceedings(
            started=self.day(content, "PPStartDate", module),
            letter_sent=self.day(content, "LBPSentDate", module),
            meeting_offered=_yes_no(content, "FGDMMeetingOffer"),
            meeting_held=_yes_no(content, "FGDMMeetingFac"),
            first_meeting=self.day(content, "InitialPPMeetingDate", module),
            review_meetings=_count(content, "ReviewMeetingsCount"),
            decided=self.day(content, "StepDecisionDate", module),
            outcome=text_of(content, "PPOutcome").upper(),
            applied_to_court=self.day(content, "CourtAppDate", module),
            letter_of_issue=self.day(content, "LetterInitCPDate", module),
        )


def child_in(content: Content, as_of: date) -> Child:
    return _Reader(as_of).child(content)


def children(source: Source) -> Iterator[RawRecord]:
    """The file's children, each with the collection year of the file."""
    year = ""
    for raw in elements(source, ("Header", "Child")):
        if raw.table == "Header":
            census, _ = census_of(raw.content)
            year = str(census.year) if census else ""
        else:
            yield replace(raw, content={COLLECTION_YEAR: [year], **raw.content})


def header_of(source: Source) -> tuple[Content, Place]:
    """The content of the header and where it stands; empty where the file begins with a child."""
    raw = next(elements(source, ("Header", "Child")), None)
    if raw is None or raw.table != "Header":
        return {}, Place(source.name)
    return raw.content, raw.place


def census_of(header: Content) -> tuple[Census | None, date | None]:
    """The collection and the reference date as given.

    Where the year and the reference date are at odds, a reference date of 31 March is believed: every other
    date of the file is measured by it.
    """
    details = _merged(header, "CollectionDetails")
    reference = date_of(text_of(details, "ReferenceDate"), (ISO, SLASHED))
    day = reference if isinstance(reference, date) else None
    if day and (day.month, day.day) == (3, 31):
        return Census(day.year), day
    year = text_of(details, "Year")
    if len(year) == 4 and year.isascii() and year.isdigit() and int(year) > 1900:
        return Census(int(year)), day
    return (Census(day.year), day) if day else (None, None)


def census_at(day: date) -> Census:
    """The latest collection whose reference date lies on or before the day."""
    return Census(day.year if (day.month, day.day) >= (3, 31) else day.year - 1)


def text_of(content: Content, name: str) -> str:
    """The first text under this name; empty where there is none."""
    for text in texts_of(content, name):
        if text:
            return text
    return ""


def texts_of(content: Content, name: str) -> list[str]:
    return [
        (value if isinstance(value, str) else str(value.get(TEXT, [""])[0])).strip()
        for value in content.get(name, ())
    ]


def _modules(content: Content, name: str) -> list[Content]:
    """Every module of this name, an empty or garbled one as a module without elements."""
    return [value if isinstance(value, Mapping) else {} for value in content.get(name, ())]


def _merged(content: Content, name: str) -> Content:
    """A module that may be there once. Where it is there twice, nothing that either says is lost."""
    modules = _modules(content, name)
    if len(modules) == 1:
        return modules[0]
    merged: dict[str, list[Any]] = {}
    for module in modules:
        for key, values in module.items():
            merged.setdefault(key, []).extend(values)
    return merged


def _yes_no(content: Content, name: str) -> bool | None:
    return codes.YES_NO_READ.get(text_of(content, name).lower())


def _count(content: Content, name: str) -> int | None:
    text = text_of(content, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None
