"""Whether the patient that PDS found is the child of the record, as far as the two can be compared.

PDS scores how well a patient fits the search, which says little where everything asked for is shared by
twins. So the given name is compared here, with what we know about names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Self

from sightline.identity.names import relatives, sound, tokens_of, without_brackets
from sightline.identity.pds.queries import gender_of
from sightline.intake.records import PersonRecord
from sightline.vocabulary.codes import Code

if TYPE_CHECKING:
    from sightline.identity.pds.outcomes import FoundPatient


class NameAgreement(Code):
    SAME = "same", "The same name"
    RELATED = "related", "The same name spelt otherwise, or its short form"
    DIFFERENT = "different", "Another name"
    NOT_KNOWN = "not_known", "Not known on one side"


@dataclass(frozen=True, slots=True)
class Agreement:
    forename: NameAgreement = NameAgreement.NOT_KNOWN
    surname: NameAgreement = NameAgreement.NOT_KNOWN
    same_birth_date: bool = False
    sex_differs: bool = False
    may_be_a_twin: bool = False

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            NameAgreement(stored["forename"]),
            NameAgreement(stored["surname"]),
            same_birth_date=bool(stored.get("same_birth_date")),
            sex_differs=bool(stored.get("sex_differs")),
            may_be_a_twin=bool(stored.get("may_be_a_twin")),
        )


def agreement(person: PersonRecord, patient: "FoundPatient") -> Agreement:
    forename = _best(_given_of(person), [_tokens(each, is_forename=True) for each in patient.given])
    families = [(token,) for each in patient.family for token in _tokens(each, is_forename=False)]
    surname = _best(_families_of(person), families)
    if NameAgreement.DIFFERENT in (forename, surname) and _are_in_other_order(person, patient):
        forename = surname = NameAgreement.RELATED
    same_date = person.born_on is not None and person.born_on.isoformat() == patient.born_on
    gender = gender_of(person)
    return Agreement(
        forename=forename,
        surname=surname,
        same_birth_date=same_date,
        sex_differs=bool(gender and patient.gender in ("male", "female") and gender != patient.gender),
        may_be_a_twin=_may_be_a_twin(patient, forename, surname, same_date),
    )


def _may_be_a_twin(
    patient: "FoundPatient", forename: NameAgreement, surname: NameAgreement, same_date: bool
) -> bool:
    """All but the given name agrees; or several were born and the given name is not quite the same."""
    same_home = same_date and surname in (NameAgreement.SAME, NameAgreement.RELATED)
    if same_home and forename is NameAgreement.DIFFERENT:
        return True
    return patient.is_of_multiple_birth and forename is not NameAgreement.SAME


def _are_in_other_order(person: PersonRecord, patient: "FoundPatient") -> bool:
    """Whether the given name of one is the family name of the other, both ways (“Aria Chen”, “Chen Aria”)."""
    given = [_tokens(each, is_forename=True)[:1] for each in patient.given]
    families = [(token,) for each in patient.family for token in _tokens(each, is_forename=False)]
    ours = [tokens[:1] for tokens in _given_of(person)]
    crossed = (_best(ours, families), _best(_families_of(person), given))
    return all(each in (NameAgreement.SAME, NameAgreement.RELATED) for each in crossed)


def _tokens(text: str, *, is_forename: bool) -> tuple[str, ...]:
    return tokens_of(text, is_forename=is_forename).tokens


def _given_of(person: PersonRecord) -> list[tuple[str, ...]]:
    """Each way in which the record gives the child's given names."""
    outside, inside = without_brackets(person.forenames)
    known_as = [without_brackets(each)[0].rpartition(" ")[0] for each in person.aliases]
    texts = (outside, person.preferred_forename, *inside, *known_as)
    return [_tokens(text, is_forename=True) for text in texts]


def _families_of(person: PersonRecord) -> list[tuple[str, ...]]:
    outside, inside = without_brackets(person.surname)
    texts = (outside, person.former_surname, *inside, *(each.rpartition(" ")[2] for each in person.aliases))
    return [(token,) for text in texts for token in _tokens(text, is_forename=False)]


def _best(ours: Iterable[tuple[str, ...]], theirs: Iterable[tuple[str, ...]]) -> NameAgreement:
    """The best agreement of any of our names with any of theirs."""
    pairs = list(product([each for each in ours if each], [each for each in theirs if each]))
    found = {_agree(one, other) for one, other in pairs}
    order = (NameAgreement.SAME, NameAgreement.RELATED, NameAgreement.DIFFERENT)
    return next((level for level in order if level in found), NameAgreement.NOT_KNOWN)


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> NameAgreement:
    """First names are compared, and middle names where both have them: twins may share the first one."""
    if not _are_related(one[0], other[0]):
        return NameAgreement.DIFFERENT
    middles, others = one[1:], other[1:]
    if middles and others and not any(_may_be_one(a, b) for a, b in product(middles, others)):
        return NameAgreement.DIFFERENT
    return NameAgreement.SAME if one[0] == other[0] else NameAgreement.RELATED


def _are_related(one: str, other: str) -> bool:
    return sound(one) == sound(other) or other in relatives().get(one, ())


def _may_be_one(one: str, other: str) -> bool:
    """As related names are, or one is the other's initial."""
    shorter, longer = sorted((one, other), key=len)
    return (len(shorter) == 1 and longer.startswith(shorter)) or _are_related(one, other)
