"""Which code of a set is the most common: computed, so that no sentence claims it of other data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sightline.disclosure_control.safe import SafeFigure
from sightline.vocabulary.areas import Region
from sightline.vocabulary.codes import (
    AgeBand,
    Code,
    HarmType,
    LikelyCause,
    PanelOutcome,
    PlacementType,
    PracticeTheme,
    RecommendationStatus,
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Figures named `<prefix>_<code>`, one a code. `without` leaves out codes that are no answer.

    `is_partition` says that the codes, those left out included, add up to the base.
    """

    prefix: str
    codes: type[Code]
    without: tuple[Code, ...] = ()
    phrases: Mapping[Code, str] = field(default_factory=dict)
    is_partition: bool = True

    def phrase(self, code: Code) -> str:
        """The code as it reads in the middle of a sentence."""
        return self.phrases.get(code) or code.label[0].lower() + code.label[1:]


RANKINGS = {
    "age": Ranking(
        "age",
        AgeBand,
        without=(AgeBand.UNKNOWN,),
        phrases={
            AgeBand.UNDER_1: "under 1",
            AgeBand.AGE_1_TO_5: "aged 1 to 5",
            AgeBand.AGE_6_TO_10: "aged 6 to 10",
            AgeBand.AGE_11_TO_15: "aged 11 to 15",
            AgeBand.AGE_16_AND_OVER: "aged 16 and over",
        },
    ),
    "likely_cause": Ranking("likely_cause", LikelyCause, without=(LikelyCause.NOT_YET_KNOWN,)),
    "harm": Ranking("harm", HarmType, without=(HarmType.OTHER,)),
    "practice_theme": Ranking(
        "practice_theme",
        PracticeTheme,
        phrases={
            PracticeTheme.VOICE_OF_THE_CHILD: "the voice of the child",
            PracticeTheme.RACE_ETHNICITY_CULTURE: "race, ethnicity and culture",
        },
        is_partition=False,
    ),
    "panel_outcome": Ranking("panel_outcome", PanelOutcome),
    "placement_type": Ranking(
        "placement_type",
        PlacementType,
        without=(PlacementType.OTHER, PlacementType.NOT_KNOWN),
        phrases={
            PlacementType.FOSTER_CARE: "in foster care",
            PlacementType.RESIDENTIAL_CHILDRENS_HOME: "in a residential children's home",
            PlacementType.SEMI_INDEPENDENT: "in semi-independent accommodation",
            PlacementType.MOTHER_AND_BABY_UNIT: "in a mother and baby unit",
            PlacementType.SECURE: "in a secure setting",
            PlacementType.HOSPITAL: "in hospital",
        },
    ),
    "region": Ranking("region", Region, phrases={region: region.label for region in Region}),
    "recommendation_status": Ranking("recommendation_status", RecommendationStatus),
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """The figure at one place of a ranking, and its code as words."""

    figure: SafeFigure
    phrase: str


class NotRanked(Exception):
    """The published figures do not say which comes there: a tie, too few, or one that is withheld."""


def ranked(figures: Mapping[str, SafeFigure], way: str, name: str, *, place: int) -> Ranked:
    """The code in that place (0 is the most common), where the published figures prove it.

    A withheld figure may be the largest, because large cells are withheld too when they would give a
    small one away; the claim is then made only if what is withheld cannot add up to as much.
    """
    ranking = RANKINGS[name]
    listed = _figures(figures, way, ranking, ranking.codes)
    order = sorted(
        ((figure, code) for code, figure in listed.items() if code not in ranking.without and figure.value),
        key=lambda entry: -(entry[0].value or 0),
    )
    if len(order) <= place:
        raise NotRanked
    figure, code = order[place]
    neighbours = order[max(place - 1, 0) : place] + order[place + 1 : place + 2]
    is_tied = any(other.value == figure.value for other, _ in neighbours)
    if is_tied or _withheld_at_most(ranking, listed.values()) >= (figure.value or 0):
        raise NotRanked
    return Ranked(figure, ranking.phrase(code))


def _figures(
    figures: Mapping[str, SafeFigure], way: str, ranking: Ranking, members: Iterable[Code]
) -> dict[Code, SafeFigure]:
    refs = {code: f"{way}.{ranking.prefix}_{code.value}" for code in members}
    return {code: figures[ref] for code, ref in refs.items() if ref in figures}


def _withheld_at_most(ranking: Ranking, figures: Iterable[SafeFigure]) -> float:
    """The largest number that any one withheld figure of the ranking can stand for."""
    listed = tuple(figures)
    if all(figure.symbol is None for figure in listed):
        return 0
    base = next((figure.base for figure in listed if figure.base is not None), None)
    if base is None or not ranking.is_partition:
        return float("inf")
    return base - sum(figure.value or 0 for figure in listed)
