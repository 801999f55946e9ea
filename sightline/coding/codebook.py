"""The codebook: which variables are coded, about what, with which answers.

Codebook 1 is register layout 1's. A codebook in use never changes; what should be coded otherwise is a new
version, so that an old answer keeps its meaning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from sightline.vocabulary.codes import (
    Code,
    EducationStatus,
    HarmType,
    LikelyCause,
    NoAnswer,
    PracticeTheme,
    Role,
    YesNo,
)


class Level(StrEnum):
    """What a variable is about: the whole review, or one child in it."""

    REVIEW = "review"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Variable:
    """One question of the codebook.

    `values` are its codes; `no_answers` the ways of having none that it allows. `roles` are those of the
    children that it has an answer for; of any other child it is `not_applicable` if it is coded at all.
    Where `many`, one coder can give several values for the same review or child.
    """

    name: str
    label: str
    level: Level
    values: type[Code]
    no_answers: tuple[NoAnswer, ...] = tuple(NoAnswer)
    roles: tuple[Role, ...] = tuple(Role)
    many: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Everything that can stand as its value."""
        return (*self.values.codes(), *(str(none) for none in self.no_answers))

    def applies_to(self, role: str | None) -> bool:
        """True also where the child's role is not supplied: nothing speaks against an answer."""
        return role is None or role in self.roles


_VARIABLES = (
    Variable("family_known_to_social_care", "Family known to social care", Level.REVIEW, YesNo),
    Variable("domestic_abuse", "Domestic abuse", Level.REVIEW, YesNo),
    Variable("parental_mental_health", "Parental mental health", Level.REVIEW, YesNo),
    Variable("parental_substance_misuse", "Parental substance misuse", Level.REVIEW, YesNo),
    Variable("practice_theme", "Practice theme", Level.REVIEW, PracticeTheme, many=True),
    Variable("neglect_experienced", "Neglect experienced", Level.CHILD, YesNo),
    Variable("education_status", "Education status", Level.CHILD, EducationStatus),
    Variable("looked_after_ever", "Looked after, now or before", Level.CHILD, YesNo),
    Variable("child_protection_plan_ever", "Child protection plan, now or before", Level.CHILD, YesNo),
    Variable("child_mental_health_condition", "Mental health condition of the child", Level.CHILD, YesNo),
    Variable("child_health_condition", "Health condition of the child", Level.CHILD, YesNo),
    Variable("likely_cause_primary", "Likely cause of death", Level.CHILD, LikelyCause, roles=(Role.DIED,)),
    Variable(
        "harm_primary",
        "Main kind of harm",
        Level.CHILD,
        HarmType,
        roles=(Role.SERIOUSLY_HARMED, Role.CAUSED_HARM, Role.OTHER),
    ),
)

CODEBOOK_1: Mapping[str, Variable] = MappingProxyType({variable.name: variable for variable in _VARIABLES})
"""By name, in the order of register layout 1, the whole-review variables first."""

CODEBOOKS: Mapping[int, Mapping[str, Variable]] = MappingProxyType({1: CODEBOOK_1})
"""Every codebook ever in use, by version."""
