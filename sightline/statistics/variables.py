"""What can be said of a counted row: each variable, its values in the order they are printed, their labels.

The values of a variable are a partition: every row of the facts has exactly one of them, and each kind of
nothing is a value of its own (design.md, decision 2). That is what makes parts sum to wholes everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sightline.vocabulary import codes
from sightline.vocabulary.areas import AUTHORITIES, Region
from sightline.vocabulary.codes import Code

NOT_SUPPLIED = "not_supplied"
NOT_CODED = "not_coded"
UNKNOWN = "unknown"

NOTHING = MappingProxyType(
    {
        "not_mentioned": "Not mentioned",
        "not_known": "Not known",
        "not_applicable": "Not applicable",
        NOT_CODED: "Not coded",
        NOT_SUPPLIED: "Not supplied",
        UNKNOWN: "Unknown",
    }
)
"""The kinds of nothing and how each is printed. `not_coded`: nobody has answered the question for this
review; `not_supplied`: the sender left the cell empty."""

_MISSING = frozenset(NOTHING) - {"not_applicable"}


@dataclass(frozen=True, slots=True)
class Variable:
    """`values` maps each value to its label; empty for a variable whose values the register decides
    (month, quarter, age in years). `phrase` continues “… by” in a sentence; `label` heads a table."""

    name: str
    label: str
    phrase: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """The values that mean that the text or the sender is silent."""
        return tuple(value for value in self.values if value in _MISSING)

    def others(self, *counted: str) -> tuple[str, ...]:
        return tuple(value for value in self.values if value not in counted)


def _supplied(code_set: type[Code]) -> dict[str, str]:
    """A column of the register: its codes, or an empty cell."""
    return code_set.labels() | {NOT_SUPPLIED: NOTHING[NOT_SUPPLIED]}


def _coded(code_set: type[Code]) -> dict[str, str]:
    """A question of the codebook: its answers, the three answers that are none, or nobody's answer."""
    return code_set.labels() | codes.NoAnswer.labels() | {NOT_CODED: NOTHING[NOT_CODED]}


_IN_TIME = {"in_time": "In time", "late": "Late", NOT_SUPPLIED: NOTHING[NOT_SUPPLIED]}
_YES_NO = codes.YesNo.labels()
_YES_NO_UNKNOWN = _YES_NO | {UNKNOWN: NOTHING[UNKNOWN]}

_AUTHORITIES = {code: each.name for code, each in AUTHORITIES.items()} | {NOT_SUPPLIED: NOTHING[NOT_SUPPLIED]}
_POLICE_FORCES = {each.police_force_code: each.police_force for each in AUTHORITIES.values()} | {
    NOT_SUPPLIED: NOTHING[NOT_SUPPLIED]
}

THEMES = codes.PracticeTheme.labels() | codes.NoAnswer.labels()
"""The practice themes, and the answers that no theme was found: each is a question of its own, because a
review may raise several."""


def theme_variable(theme: str) -> str:
    return f"practice_theme_{theme}"


_VARIABLES = (
    Variable("nature", "Nature of the incident", "nature of the incident", _supplied(codes.Nature)),
    Variable("age_band", "Age at the incident", "age at the incident", codes.AgeBand.labels()),
    Variable("age_years", "Age in completed years", "age in completed years at the incident"),
    Variable("school_age", "Of school age", "being of school age (5 to 15) at the incident", _YES_NO_UNKNOWN),
    Variable("aged_11_to_17", "Aged 11 to 17", "being 11 to 17 at the incident", _YES_NO_UNKNOWN),
    Variable("sex", "Sex", "sex", _supplied(codes.Sex)),
    Variable("ethnicity", "Ethnic group", "ethnic group", codes.EthnicityGroup.labels()),
    Variable("disability", "Disability", "disability", _supplied(codes.YesNoNotKnown)),
    Variable(
        "placement_type", "Where the child lived", "where the child lived", _supplied(codes.PlacementType)
    ),
    Variable("looked_after", "Looked after", "looked-after status", _supplied(codes.PlanStatus)),
    Variable(
        "child_protection_plan",
        "Child protection plan",
        "child protection plan status",
        _supplied(codes.PlanStatus),
    ),
    Variable(
        "child_in_need_plan", "Child in need plan", "child in need plan status", _supplied(codes.PlanStatus)
    ),
    Variable(
        "known_to_agencies",
        "Known to agencies",
        "whether the child was known to agencies",
        _supplied(codes.YesNoNotKnown),
    ),
    Variable("role", "Role in the incident", "the child's role in the incident", _supplied(codes.Role)),
    Variable(
        "region",
        "Region",
        "region of the notifying authority",
        Region.labels() | {NOT_SUPPLIED: NOTHING[NOT_SUPPLIED]},
    ),
    Variable(
        "police_force", "Police force area", "police force area of the notifying authority", _POLICE_FORCES
    ),
    Variable("authority", "Local authority", "notifying authority", _AUTHORITIES),
    Variable("quarter", "Quarter", "quarter of the period"),
    Variable("month", "Month", "calendar month"),
    Variable("route", "Route", "route of the notification", _supplied(codes.Route)),
    Variable(
        "abuse_or_neglect",
        "Abuse or neglect",
        "abuse or neglect as notified",
        _supplied(codes.AbuseOrNeglect),
    ),
    Variable("outside_england", "Outside England", "being outside England", _supplied(codes.YesNo)),
    Variable(
        "incident_la_and_residence_la",
        "Authority of the incident and of residence",
        "whether the incident was in the authority where the child lived",
        {"same": "The same", "different": "Different", NOT_SUPPLIED: NOTHING[NOT_SUPPLIED]},
    ),
    Variable(
        "notified_in_time", "Notified within 5 working days", "timeliness of the notification", _IN_TIME
    ),
    Variable(
        "rapid_review_in_time",
        "Rapid review within 15 working days",
        "timeliness of the rapid review",
        _IN_TIME,
    ),
    Variable(
        "lcspr_decision",
        "Decision on a local review",
        "decision on a local review",
        _supplied(codes.LcsprDecision),
    ),
    Variable(
        "national_review_potential",
        "Potential for a national review",
        "potential for a national review",
        _supplied(codes.NationalReviewPotential),
    ),
    Variable(
        "panel_outcome", "Outcome of the Panel's reply", "the Panel's outcome", _supplied(codes.PanelOutcome)
    ),
    Variable(
        "panel_agrees_with_lcspr_decision",
        "Panel agrees with the decision on a local review",
        "whether the Panel agreed with the decision on a local review",
        _supplied(codes.YesNo),
    ),
    Variable(
        "first_notified",
        "First notified",
        "when it was first notified",
        {
            "by_the_last_day": "By the last day of the period",
            "after_the_period": "Only after the period",
        },
    ),
    Variable("a_child_is_1_to_5", "A child in the incident is 1 to 5", "having a child aged 1 to 5", _YES_NO),
    Variable("index_child", "Index child", "being the first listed child", _YES_NO),
    Variable("listed_index_child", "Has an index child", "having a listed child", _YES_NO),
    Variable("withdrawn", "Withdrawn", "withdrawal", _YES_NO),
    Variable("rapid_review", "Rapid review on the incident", "having a rapid review", _YES_NO),
    Variable(
        "occurred",
        "When the incident occurred",
        "when the incident occurred",
        {
            "before_the_period": "Before the period",
            "in_the_period_or_after": "In the period or after it",
            NOT_SUPPLIED: NOTHING[NOT_SUPPLIED],
        },
    ),
    Variable(
        "left_out_because",
        "Left out because",
        "reason for being left out",
        {
            "withdrawn": "Withdrawn",
            "care_leaver_death": "Death of a care leaver",
        },
    ),
    # Coded answers. The child's variables are the index child's in a row that is an incident.
    Variable("neglect_experienced", "Child experienced neglect", "neglect of the child", _coded(codes.YesNo)),
    Variable(
        "neglect_experienced_by_any_child",
        "A child experienced neglect",
        "neglect of at least one child",
        _YES_NO,
    ),
    Variable("education_status", "Education status", "education status", _coded(codes.EducationStatus)),
    Variable(
        "looked_after_ever",
        "Looked after, now or before",
        "ever having been looked after",
        _coded(codes.YesNo),
    ),
    Variable(
        "child_protection_plan_ever",
        "Child protection plan, now or before",
        "ever having had a child protection plan",
        _coded(codes.YesNo),
    ),
    Variable(
        "child_mental_health_condition",
        "Child's mental health condition",
        "the child's mental health condition",
        _coded(codes.YesNo),
    ),
    Variable(
        "child_health_condition",
        "Child's health condition",
        "the child's health condition",
        _coded(codes.YesNo),
    ),
    Variable(
        "family_known_to_social_care",
        "Family known to children's social care",
        "the family being known to children's social care",
        _coded(codes.YesNo),
    ),
    Variable("domestic_abuse", "Domestic abuse", "domestic abuse", _coded(codes.YesNo)),
    Variable(
        "parental_mental_health",
        "Parental mental health",
        "a parent's mental health",
        _coded(codes.YesNo),
    ),
    Variable(
        "parental_substance_misuse",
        "Parental substance misuse",
        "a parent's substance misuse",
        _coded(codes.YesNo),
    ),
    Variable(
        "likely_cause_primary", "Likely cause of death", "likely cause of death", _coded(codes.LikelyCause)
    ),
    Variable("harm_primary", "Main type of harm", "main type of harm", _coded(codes.HarmType)),
    *(
        Variable(
            theme_variable(theme),
            label,
            f"the practice theme “{label.lower()}”",
            {"yes": "Yes", "no": "No", NOT_CODED: NOTHING[NOT_CODED]},
        )
        for theme, label in THEMES.items()
    ),
    # Local reviews, recommendations and pairs of answers.
    Variable("published", "Published", "publication", _YES_NO),
    Variable(
        "published_in_time",
        "Published within 6 months",
        "timeliness of publication",
        {
            "in_time": "Within 6 months",
            "late": "Later",
            "not_published": "Not published",
            NOT_SUPPLIED: NOTHING[NOT_SUPPLIED],
        },
    ),
    Variable("publication", "Publication", "form of publication", _supplied(codes.Publication)),
    Variable("delay_cause", "Cause of delay", "cause of delay", _supplied(codes.DelayCause)),
    Variable("status", "Status", "status", _supplied(codes.RecommendationStatus)),
    Variable("level", "Level", "level", _supplied(codes.RecommendationLevel)),
    Variable("accepted", "Accepted", "acceptance", _supplied(codes.Accepted)),
    Variable("theme", "Theme", "theme", _supplied(codes.PracticeTheme)),
    Variable("coded_twice", "Coded twice", "double coding", _YES_NO),
    Variable(
        "live_notifications",
        "Live notifications",
        "number of live notifications",
        {
            "none": "None",
            "one": "One",
            "two_or_more": "Two or more",
        },
    ),
    Variable("coders_agree", "Both coders agree", "agreement of the two coders", _YES_NO),
)

VARIABLES: Mapping[str, Variable] = MappingProxyType({variable.name: variable for variable in _VARIABLES})
