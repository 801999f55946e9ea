"""Register layout 1 as data: its files, their columns, types, codes, keys and references.

Everything that reads, checks, stores or writes a register goes by this table, and
`docs/reference/register-layout.md` is printed from it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from sightline.coding.codebook import CODEBOOKS
from sightline.vocabulary import codes
from sightline.vocabulary.areas import AUTHORITIES


class Kind(Enum):
    """What a cell holds. An identifier or a text is kept to the letter; the others are read."""

    IDENTIFIER = "identifier"
    TEXT = "free text"
    DATE = "date"
    WHOLE_NUMBER = "whole number"
    CODE = "code"
    AUTHORITY = "authority code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`longest` is in bytes. `refers_to` names the file whose first column holds the same identifier."""

    name: str
    kind: Kind
    is_required: bool = False
    codes: tuple[str, ...] = ()
    refers_to: str = ""
    longest: int = 40
    is_as_notified: bool = False
    holds: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One CSV file. `key` tells its rows apart; an empty cell counts as a value of its own.

    Where a correction can change the key itself, `corrected_within` names the columns that stay: a row
    that is gone and one that is new with these the same are one row corrected.
    """

    name: str
    row_is: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    corrected_within: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        return f"{self.name}.csv"

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def of_kind(self, *kinds: Kind) -> Iterator[Column]:
        return (column for column in self.columns if column.kind in kinds)


LONGEST_IDENTIFIER = 100
LONGEST_TEXT = 4_000
CODERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
SINGLE_ANSWER_KEY = ("review_id", "child_ref", "variable", "coder", "codebook_version")
"""Tells the answers of codings.csv apart, but for variables that take many: there `value` is one more."""
_QUESTIONS = tuple(variable for book in CODEBOOKS.values() for variable in book.values())
VARIABLES = tuple(dict.fromkeys(variable.name for variable in _QUESTIONS))
VARIABLES_OF_MANY = tuple(dict.fromkeys(variable.name for variable in _QUESTIONS if variable.many))
_GIVEN = (code for variable in _QUESTIONS for code in variable.values.codes())
ANSWERS = tuple(dict.fromkeys((*_GIVEN, *codes.NoAnswer.codes())))


def _identifier(name: str, holds: str) -> Column:
    return Column(name=name, kind=Kind.IDENTIFIER, is_required=True, longest=LONGEST_IDENTIFIER, holds=holds)


def _reference(name: str, to: str, holds: str, *, required: bool = True, notified: bool = False) -> Column:
    return Column(
        name=name,
        kind=Kind.IDENTIFIER,
        is_required=required,
        refers_to=to,
        longest=LONGEST_IDENTIFIER,
        is_as_notified=notified,
        holds=holds,
    )


def _code(
    name: str,
    code_set: type[codes.Code],
    holds: str,
    *,
    required: bool = False,
    notified: bool = False,
) -> Column:
    return Column(
        name=name,
        kind=Kind.CODE,
        is_required=required,
        codes=code_set.codes(),
        is_as_notified=notified,
        holds=holds,
    )


def _date(name: str, holds: str, *, required: bool = False, notified: bool = False) -> Column:
    return Column(name=name, kind=Kind.DATE, is_required=required, is_as_notified=notified, holds=holds)


def _number(name: str, holds: str, *, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.WHOLE_NUMBER, is_required=required, holds=holds)


def _authority(name: str, holds: str, *, notified: bool = False) -> Column:
    return Column(
        name=name,
        kind=Kind.AUTHORITY,
        codes=tuple(AUTHORITIES),
        is_as_notified=notified,
        holds=holds,
    )


def _text(name: str, holds: str) -> Column:
    return Column(name=name, kind=Kind.TEXT, longest=LONGEST_TEXT, holds=holds)


_INCIDENTS = File(
    name="incidents",
    row_is="an incident, whether or not it was notified once or several times",
    key=("incident_id",),
    columns=(
        _identifier("incident_id", "the incident's reference"),
        _date("occurred_on", "the day it happened, or the first day of the month or year it happened in"),
        _code("occurred_precision", codes.OccurredPrecision, "how exact occurred_on is"),
        _authority("incident_la_code", "where it happened; empty outside England"),
        _code("outside_england", codes.YesNo, "whether it happened outside England"),
        _text("place_type", "the kind of place"),
        _code("abuse_or_neglect", codes.AbuseOrNeglect, "whether abuse or neglect is known or suspected"),
    ),
)

_CHILDREN = File(
    name="children",
    row_is="a child in an incident",
    key=("child_ref",),
    columns=(
        _identifier("child_ref", "the child's reference in this incident"),
        _reference("incident_id", "incidents", "the incident"),
        _number(
            "position", "1 is the first listed child, the index child in the Panel's counting", required=True
        ),
        _code("role", codes.Role, "what the child was in the incident"),
        _date("date_of_birth", "date of birth"),
        _number("age_in_months", "completed months at the incident, where no date of birth is given"),
        _code("sex", codes.Sex, "sex; transgender in older returns only"),
        _code("ethnicity_code", codes.Ethnicity, "the department's ethnicity code"),
        _code("disability", codes.YesNoNotKnown, "whether the child is disabled"),
        _authority("residence_la_code", "where the child lived"),
        _code("placement_type", codes.PlacementType, "where the child was placed or living"),
        _code("looked_after", codes.PlanStatus, "whether the child is or was looked after"),
        _code("child_protection_plan", codes.PlanStatus, "child protection plan"),
        _code("child_in_need_plan", codes.PlanStatus, "child in need plan"),
        _code("known_to_agencies", codes.YesNoNotKnown, "whether any agency knew the child"),
    ),
)

_NOTIFICATIONS = File(
    name="notifications",
    row_is="one serious incident notification",
    key=("notification_id",),
    columns=(
        _identifier("notification_id", "the notification's reference"),
        _reference("incident_id", "incidents", "the incident"),
        _reference(
            "index_child_ref",
            "children",
            "the index child in the department's counting",
            required=False,
            notified=True,
        ),
        _code("route", codes.Route, "the duty it was made under", required=True, notified=True),
        _code("nature", codes.Nature, "the nature as notified", required=True, notified=True),
        _authority("notifying_la_code", "the authority that notified", notified=True),
        _date("aware_on", "when the authority became aware", notified=True),
        _date("notified_on", "when it was sent", required=True, notified=True),
        _date("withdrawn_on", "when it was withdrawn"),
        _text("withdrawn_reason", "why it was withdrawn"),
    ),
)

_RAPID_REVIEWS = File(
    name="rapid_reviews",
    row_is="one rapid review",
    key=("review_id",),
    columns=(
        _identifier("review_id", "the rapid review's reference"),
        _reference("notification_id", "notifications", "the notification it hangs on"),
        _text("partnership", "the safeguarding partnership that held it"),
        _date("received_on", "when the national body received it"),
        _code("nature", codes.Nature, "the nature as the national body coded it"),
        _code("lcspr_decision", codes.LcsprDecision, "whether a local review is to be held"),
        _code("national_review_potential", codes.NationalReviewPotential, "potential for a national review"),
    ),
)

_PANEL_RESPONSES = File(
    name="panel_responses",
    row_is="one outcome of a reply of the national panel to a rapid review",
    key=("review_id", "responded_on", "outcome"),
    corrected_within=("review_id",),
    columns=(
        _reference("review_id", "rapid_reviews", "the rapid review"),
        _date("responded_on", "the date of the reply", required=True),
        _code("outcome", codes.PanelOutcome, "what the panel said", required=True),
        _code(
            "agrees_with_lcspr_decision", codes.YesNo, "whether it agrees with the decision on a local review"
        ),
    ),
)

_LOCAL_REVIEWS = File(
    name="local_reviews",
    row_is="one local child safeguarding practice review",
    key=("local_review_id",),
    columns=(
        _identifier("local_review_id", "the local review's reference"),
        _reference("review_id", "rapid_reviews", "the rapid review it follows"),
        _date("decided_on", "when it was decided to hold it"),
        _date("published_on", "when it was published"),
        _code("publication", codes.Publication, "what was published"),
        _code("delay_cause", codes.DelayCause, "what delays it"),
    ),
)

_CODINGS = File(
    name="codings",
    row_is="one coded answer about a review or about one child in it",
    key=(*SINGLE_ANSWER_KEY, "value"),
    corrected_within=SINGLE_ANSWER_KEY,
    columns=(
        _reference("review_id", "rapid_reviews", "the rapid review"),
        _reference("child_ref", "children", "the child; empty for a whole-review variable", required=False),
        Column(
            name="variable",
            kind=Kind.CODE,
            is_required=True,
            codes=VARIABLES,
            holds="the codebook's variable",
        ),
        Column(
            name="value",
            kind=Kind.CODE,
            is_required=True,
            codes=ANSWERS,
            holds="one of the variable's codes, or one of the three kinds of no answer",
        ),
        _code("certainty", codes.Certainty, "how certain the coder is; empty where there is no answer"),
        Column(name="coder", kind=Kind.CODE, is_required=True, codes=CODERS, holds="the coder's letter"),
        _date("coded_on", "when it was coded"),
        _number("codebook_version", "the codebook's version", required=True),
    ),
)

_RECOMMENDATIONS = File(
    name="recommendations",
    row_is="one recommendation of a local review",
    key=("recommendation_id",),
    columns=(
        _identifier("recommendation_id", "the recommendation's reference"),
        _reference("source_review_id", "local_reviews", "the local review that made it"),
        _code("level", codes.RecommendationLevel, "whom it is addressed to, in kind"),
        _text("addressee", "whom it is addressed to"),
        _code("theme", codes.PracticeTheme, "the practice theme it is about"),
        _date("made_on", "when it was made"),
        _code("accepted", codes.Accepted, "whether it was accepted"),
        _date("due_on", "when it is due"),
        _code("status", codes.RecommendationStatus, "where it stands"),
        _date("closed_on", "when it was closed"),
    ),
)

LAYOUT_1: Mapping[str, File] = MappingProxyType(
    {
        file.name: file
        for file in (
            _INCIDENTS,
            _CHILDREN,
            _NOTIFICATIONS,
            _RAPID_REVIEWS,
            _PANEL_RESPONSES,
            _LOCAL_REVIEWS,
            _CODINGS,
            _RECOMMENDATIONS,
        )
    }
)
"""By name, each file after those it refers to, so that this is also the order to store them in."""

COMPANIONS = ("EXPECTED.csv",)
"""Files that may lie beside a register and are no part of it: the figures it is known to give."""
