"""Rules about assessments, their factors, section 47 enquiries and initial conferences."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sightline.intake.formats.cin_census import codes
from sightline.intake.formats.cin_census.reading import Census, Child
from sightline.intake.formats.cin_census.rules import WHERE, Breach, Checks, is_before, is_outside, lies_in
from sightline.vocabulary.working_days import working_day_after

CHECKS = Checks()


@lru_cache(maxsize=64)
def _days_before_end(census: Census, count: int) -> date:
    return working_day_after(census.last, -count)


@CHECKS.rule(
    "1103",
    "Assessments/AssessmentActualStartDate",
    "The assessment started on {started}, before the referral on {referred}.",
)
def assessment_before_referral(child: Child, census: Census) -> Iterable[Breach]:
    for episode, assessment in child.assessments:
        if is_before(assessment.started, episode.referred):
            yield {"started": assessment.started, "referred": episode.referred}


@CHECKS.rule(
    "8608",
    "Assessments/AssessmentActualStartDate",
    "The assessment started on {started}, after it was ended on {ended}.",
)
def assessment_ends_first(child: Child, census: Census) -> Iterable[Breach]:
    for _, assessment in child.assessments:
        if is_before(assessment.authorised, assessment.started):
            yield {"started": assessment.started, "ended": assessment.authorised}


@CHECKS.rule(
    "8614",
    "Assessments/FactorsIdentifiedAtAssessment",
    "Factors are given for the assessment that started on {started} and has not ended. Give its end, "
    "or leave "
    "the factors to its end.",
)
def factors_before_end(child: Child, census: Census) -> Iterable[Breach]:
    for _, assessment in child.assessments:
        if assessment.factors and assessment.authorised is None:
            yield {"started": assessment.started}


@CHECKS.rule(
    "8897Q",
    "Assessments/FactorsIdentifiedAtAssessment",
    "The assessment that ended on {ended} gives no factors. Give each, or 21 where there were none.",
)
def factors_missing(child: Child, census: Census) -> Iterable[Breach]:
    for _, assessment in child.assessments:
        if assessment.authorised and not assessment.factors:
            yield {"ended": assessment.authorised}


@CHECKS.rule(
    "8898",
    "FactorsIdentifiedAtAssessment/AssessmentFactors",
    "The assessment that started on {started} gives the factor {code} more than once.",
)
def factor_twice(child: Child, census: Census) -> Iterable[Breach]:
    for _, assessment in child.assessments:
        given = assessment.factors
        if len(set(given)) < len(given):
            for code in codes.FACTOR.words:
                if given.count(code) > 1:
                    yield {"started": assessment.started, "code": code}


@CHECKS.rule(
    "8869",
    "FactorsIdentifiedAtAssessment/AssessmentFactors",
    "The assessment that started on {started} gives 21 (no factors) beside other factors. Take out "
    "one or the "
    "other.",
)
def no_factors_beside_others(child: Child, census: Census) -> Iterable[Breach]:
    for _, assessment in child.assessments:
        if codes.NO_FACTORS in assessment.factors and len(set(assessment.factors)) > 1:
            yield {"started": assessment.started}


@CHECKS.rule(
    "8873Q",
    "CINdetails/ReasonForClosure",
    "The only assessment of the episode referred on {referred} found no factors (21), so closure with RC8 or "
    "RC9 was to be expected. Check both.",
)
def no_factors_and_not_closed(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if len(episode.assessments) == 1 and codes.NO_FACTORS in episode.assessments[0].factors:
            completed = episode.assessments[0].authorised is not None
            if completed and episode.reason not in (codes.NO_FURTHER_ACTION, codes.EARLY_HELP):
                yield {"referred": episode.referred}


@CHECKS.rule(
    "8945Q",
    "FactorsIdentifiedAtAssessment/AssessmentFactors",
    "Factor 18A does not say who abused. Give 18B (a child) or 18C (an adult), or both.",
    since=2025,
)
def physical_abuse_by_whom(child: Child, census: Census) -> Iterable[Breach]:
    for _, assessment in child.assessments:
        if "18A" in assessment.factors:
            yield {}


@CHECKS.rule(
    "8950Q",
    "FactorsIdentifiedAtAssessment/AssessmentFactors",
    "Factor 19A does not say who abused. Give 19B (a child) or 19C (an adult), or both.",
    since=2025,
)
def sexual_abuse_by_whom(child: Child, census: Census) -> Iterable[Breach]:
    for _, assessment in child.assessments:
        if "19A" in assessment.factors:
            yield {}


@CHECKS.rule(
    "8670Q",
    "Assessments/AssessmentAuthorisationDate",
    "The assessment that started on {started} was open for more than 45 working days when the census year "
    "ended. Has it ended since?",
)
def assessment_long_open(child: Child, census: Census) -> Iterable[Breach]:
    for _, assessment in child.assessments:
        if assessment.authorised is None and is_before(assessment.started, _days_before_end(census, 45)):
            yield {"started": assessment.started}


@CHECKS.rule(
    "8696",
    "Assessments/AssessmentAuthorisationDate",
    "The assessment ended on {ended}, outside the census year.",
)
def assessment_ends_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for _, assessment in child.assessments:
        if is_outside(assessment.authorised, census):
            yield {"ended": assessment.authorised}


@CHECKS.rule(
    "8736",
    "Assessments/AssessmentActualStartDate",
    "The assessment has not ended and started on {started}, outside the census year. Give its end, or check "
    "the start.",
)
def open_assessment_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for _, assessment in child.assessments:
        if assessment.authorised is None and is_outside(assessment.started, census):
            yield {"started": assessment.started}


@CHECKS.rule(
    "8863Q",
    "Assessments/AssessmentActualStartDate",
    "The assessment of {started} started while another of the same episode, from {other}, was going on.",
)
def assessments_overlap(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        spans = [(each.started, each.authorised or census.last) for each in episode.assessments]
        yield from _overlapping(spans)


def _overlapping(spans: list[tuple[date | None, date]]) -> Iterable[Breach]:
    """Each start that lies in another span. Of two that start together, the later one in the file."""
    for index, (start, _) in enumerate(spans):
        for other_index, (other, end) in enumerate(spans):
            if start is None or index == other_index or (start == other and index < other_index):
                continue
            if lies_in(start, other, end):
                yield {"started": start, "other": other}


@CHECKS.rule(
    "8896",
    "Assessments/AssessmentAuthorisationDate",
    "{count} assessments of the episode referred on {referred} are open at once.",
)
def several_open_assessments(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        count = sum(each.authorised is None for each in episode.assessments)
        if count > 1:
            yield {"count": count, "referred": episode.referred}


@CHECKS.rule(
    "2889",
    "Section47/S47ActualStartDate",
    "The section 47 enquiry started on {started}, before the referral on {referred}.",
)
def enquiry_before_referral(child: Child, census: Census) -> Iterable[Breach]:
    for episode, enquiry in child.enquiries:
        if is_before(enquiry.started, episode.referred):
            yield {"started": enquiry.started, "referred": episode.referred}


def _of(module: str, **values: object) -> Breach:
    """A breach by a conference, which two modules may hold."""
    return {WHERE: f"{module}/DateOfInitialCPC", **values}


@CHECKS.rule(
    "1104",
    "CINdetails/DateOfInitialCPC",
    "The initial conference was on {conference}, before the referral on {referred}.",
)
def conference_before_referral(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        for module, conference in episode.conferences:
            if is_before(conference, episode.referred):
                yield _of(module, conference=conference, referred=episode.referred)


@CHECKS.rule(
    "2884",
    "Section47/DateOfInitialCPC",
    "The initial conference on {conference} is given in Section47 and again in CINdetails. Give it once.",
)
def conference_twice(child: Child, census: Census) -> Iterable[Breach]:
    in_details = {episode.conference for episode in child.episodes if episode.conference}
    if in_details:
        for _, enquiry in child.enquiries:
            if enquiry.conference in in_details:
                yield {"conference": enquiry.conference}


@CHECKS.rule(
    "8615",
    "Section47/S47ActualStartDate",
    "The section 47 enquiry started on {started}, after its initial conference on {conference}.",
)
def enquiry_after_conference(child: Child, census: Census) -> Iterable[Breach]:
    for _, enquiry in child.enquiries:
        if is_before(enquiry.conference, enquiry.started):
            yield {"started": enquiry.started, "conference": enquiry.conference}


@CHECKS.rule(
    "8675Q",
    "Section47/DateOfInitialCPC",
    "The section 47 enquiry that started on {started} was open for more than 15 working days when the census "
    "year ended. Was there a conference, or was none required?",
)
def enquiry_long_open(child: Child, census: Census) -> Iterable[Breach]:
    for _, enquiry in child.enquiries:
        if enquiry.is_open and is_before(enquiry.started, _days_before_end(census, 15)):
            yield {"started": enquiry.started}


@CHECKS.rule(
    "8715",
    "CINdetails/DateOfInitialCPC",
    "The initial conference was on {conference}, outside the census year.",
)
def conference_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        for module, conference in episode.conferences:
            if is_outside(conference, census):
                yield _of(module, conference=conference)


@CHECKS.rule(
    "8740",
    "Section47/S47ActualStartDate",
    "The section 47 enquiry has no conference and started on {started}, outside the census year.",
)
def open_enquiry_in_year(child: Child, census: Census) -> Iterable[Breach]:
    for _, enquiry in child.enquiries:
        if enquiry.is_open and is_outside(enquiry.started, census):
            yield {"started": enquiry.started}


@CHECKS.rule(
    "8839",
    "Section47/DateOfInitialCPC",
    "{count} section 47 enquiries of the episode referred on {referred} are open at once.",
)
def several_open_enquiries(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        count = sum(each.is_open for each in episode.enquiries)
        if count > 1:
            yield {"count": count, "referred": episode.referred}


@CHECKS.rule(
    "8870Q",
    "Section47/InitialCPCtarget",
    "The target date of the initial conference, {target}, is a Saturday or Sunday.",
)
def target_at_weekend(child: Child, census: Census) -> Iterable[Breach]:
    for _, enquiry in child.enquiries:
        if enquiry.target and enquiry.target.weekday() >= 5:
            yield {"target": enquiry.target}


@CHECKS.rule(
    "8875",
    "CINdetails/DateOfInitialCPC",
    "The initial conference on {conference} was on a Saturday or Sunday.",
)
def conference_at_weekend(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        for module, conference in episode.conferences:
            if conference.weekday() >= 5:
                yield _of(module, conference=conference)


@CHECKS.rule(
    "8890",
    "Section47/S47ActualStartDate",
    "The section 47 enquiry of {started} started while another of the same episode, from {other}, "
    "was going on.",
)
def enquiries_overlap(child: Child, census: Census) -> Iterable[Breach]:
    for episode in child.episodes:
        if len(episode.enquiries) > 1:
            # Without a conference none can be said to have ended on a day, unless none was required.
            ongoing = [each for each in episode.enquiries if each.conference or not each.not_required]
            yield from _overlapping([(each.started, each.conference or census.last) for each in ongoing])
