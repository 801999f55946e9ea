"""Agreement of two coders on every question with one answer, in the panel's period and in all files."""

from collections.abc import Iterator

from sightline.statistics.agreed_answers import CHILD_QUESTIONS, REVIEW_QUESTIONS
from sightline.statistics.agreement import ALPHA, GWET, KAPPA
from sightline.statistics.facts import pairs_on
from sightline.statistics.measures import CODEBOOK, Declaration, Measure
from sightline.statistics.tables import Statistic
from sightline.statistics.variables import VARIABLES
from sightline.vocabulary.units import Unit

_COEFFICIENTS = (
    (KAPPA, "cohens_kappa", "Cohen (1960)"),
    (ALPHA, "krippendorffs_alpha", "Krippendorff (2011)"),
    (GWET, "gwets_ac1", "Gwet (2008)"),
)


def _measures(question: str, way: str) -> Iterator[Measure]:
    about = f"on the question “{VARIABLES[question].label}”"
    base = "Answers given by two coders, neither saying that it is not known or not applicable"
    for coefficient, suffix, source in _COEFFICIENTS:
        yield Measure(
            name=f"{question}_{suffix}",
            sentence=f"{coefficient} of two coders {about}",
            unit=Unit.AGREEMENT,
            way=way,
            rows=pairs_on(question),
            statistic=Statistic.COEFFICIENT,
            column=coefficient,
            base_sentence=base,
            source=source,
        )
    yield Measure(
        name=f"{question}_coders_agree",
        sentence=f"Pairs of answers {about} in which both coders agree",
        unit=Unit.PAIR_OF_ANSWERS,
        way=way,
        rows=pairs_on(question),
        variable="coders_agree",
        counted=("yes",),
        base_sentence=base,
        source=CODEBOOK,
    )


AGREEMENT: tuple[Declaration, ...] = tuple(
    measure
    for way in ("panel", "register")
    for question in (*CHILD_QUESTIONS, *REVIEW_QUESTIONS)
    for measure in _measures(question, way)
)
