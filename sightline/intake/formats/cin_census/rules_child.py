"""Rules about who the child is: numbers, birth, death, sex, disabilities."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from sightline.intake.check_digits import upn as checked_upn
from sightline.intake.formats.cin_census import codes
from sightline.intake.formats.cin_census.reading import Census, Child
from sightline.intake.formats.cin_census.rules import Breach, Checks, department_rule, is_before
from sightline.intake.formats.cin_census.structure import NUMBERED

CHECKS = Checks()

_UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")
_ONCE: tuple[Breach, ...] = ({},)
_NEVER: tuple[Breach, ...] = ()
_LONGEST_PREGNANCY = timedelta(weeks=40)

UPN_FORM = department_rule(
    "1540", "The UPN {problem}: a letter, eleven digits, then a digit or a letter. It was left out."
)


def _once(is_broken: bool) -> tuple[Breach, ...]:
    return _ONCE if is_broken else _NEVER


@CHECKS.rule(
    "1510",
    "ChildIdentifiers/UPN",
    "The first letter of the UPN does not agree with its digits, so one of them is wrong. It was left out.",
)
def check_letter(child: Child, census: Census) -> Iterable[Breach]:
    text = child.upn.upper()
    return _once(bool(_UPN.fullmatch(text)) and not checked_upn(text))


@CHECKS.also(UPN_FORM, "ChildIdentifiers/UPN")
def digits_of_upn(child: Child, census: Census) -> Iterable[Breach]:
    text = child.upn
    if not text or _UPN.fullmatch(text.upper()):
        return
    if len(text) != 13:
        yield {"problem": f"has {len(text)} characters in place of 13"}
    elif not (text[4:12].isascii() and text[4:12].isdigit()):
        yield {"problem": "has something other than digits at characters 5 to 12"}
    elif not (text[1:4].isascii() and text[1:4].isdigit() and text[0].isalpha()):
        yield {"problem": "does not begin with a letter and the three digits of an authority"}


@CHECKS.rule(
    "1550",
    "ChildIdentifiers/UPN",
    "The last character of the UPN is neither a digit nor one of the letters that a temporary number may end "
    "in (not I, O or S). It was left out.",
)
def last_of_upn(child: Child, census: Census) -> Iterable[Breach]:
    text = child.upn.upper()
    return _once(len(text) == 13 and not re.fullmatch("[0-9A-HJ-NP-RT-Z]", text[12]))


@CHECKS.rule(
    "1560Q",
    "ChildIdentifiers/FormerUPN",
    "The former UPN is not one: a check letter, eleven digits, then a digit or a letter. It was left out.",
)
def former_upn(child: Child, census: Census) -> Iterable[Breach]:
    return _once(bool(child.former_upn) and not checked_upn(child.former_upn))


@CHECKS.rule(
    "1570",
    "ChildIdentifiers/LAchildID",
    "The LAchildID has {count} characters; at most 20 are taken by the department.",
    since=2025,
)
def long_id(child: Child, census: Census) -> Iterable[Breach]:
    if len(child.record_id) > 20:
        yield {"count": len(child.record_id)}


@CHECKS.rule(
    "1580",
    "ChildIdentifiers/LAchildID",
    "The LAchildID has something other than letters and digits.",
    since=2025,
)
def plain_id(child: Child, census: Census) -> Iterable[Breach]:
    text = child.record_id
    return _once(bool(text) and not (text.isascii() and text.isalnum()))


@CHECKS.rule(
    "8520",
    "ChildIdentifiers/PersonBirthDate",
    "The child was born on {born}, after the census year ended on {last}. An unborn child has an "
    "expected date.",
)
def born_later(child: Child, census: Census) -> Iterable[Breach]:
    if is_before(census.last, child.born):
        yield {"born": child.born, "last": census.last}


@CHECKS.rule(
    "8525Q",
    "ChildIdentifiers/PersonBirthDate",
    "The child has {problem}. Give the date of birth, or for an unborn child the expected date, and "
    "not both.",
)
def one_birth_date(child: Child, census: Census) -> Iterable[Breach]:
    if child.has_born and child.has_expected:
        yield {"problem": "both a date of birth and an expected date of birth"}
    elif not child.has_born and not child.has_expected:
        yield {"problem": "neither a date of birth nor an expected one"}


@CHECKS.rule(
    "8530Q",
    "ChildIdentifiers/ExpectedPersonBirthDate",
    "The birth was expected on {expected}; in this census that should lie between {first} and {last}. If the "
    "child has been born, give the date of birth instead.",
)
def expected_in_range(child: Child, census: Census) -> Iterable[Breach]:
    if child.expected is None:
        return
    first, last = census.last - timedelta(days=30), date(census.year, 12, 31)
    if not first <= child.expected <= last:
        yield {"expected": child.expected, "first": first, "last": last}


@CHECKS.rule(
    "8535Q",
    "ChildIdentifiers/PersonDeathDate",
    "The child is said to have died on {died}, before the birth on {born}. Correct one of the two.",
)
def died_before_birth(child: Child, census: Census) -> Iterable[Breach]:
    if is_before(child.died, child.born):
        yield {"died": child.died, "born": child.born}


@CHECKS.rule(
    "8545Q",
    "ChildIdentifiers/PersonDeathDate",
    "The child died on {died}, outside the census year from {first} to {last}. Check the date.",
)
def died_in_year(child: Child, census: Census) -> Iterable[Breach]:
    if child.died and not census.first <= child.died <= census.last:
        yield {"died": child.died, "first": census.first, "last": census.last}


@CHECKS.also(NUMBERED["Disabilities/Disability"], "ChildCharacteristics/Disabilities")
def disability_known(child: Child, census: Census) -> Iterable[Breach]:
    if child.has_born and child.goes_on_to_action and not child.disabilities:
        yield {"problem": "is missing for a child whose referral went on to action"}


@CHECKS.rule(
    "8750",
    "ChildIdentifiers/GenderCurrent",
    "An unborn child must have GenderCurrent 0, not {code}.",
    until=2024,
)
def gender_of_unborn(child: Child, census: Census) -> Iterable[Breach]:
    if child.has_expected and not child.has_born and child.sex_code not in ("0", ""):
        yield {"code": child.sex_code if child.sex_code in codes.SEX_READ else "another value"}


@CHECKS.rule("8750", "ChildIdentifiers/Sex", "An unborn child must have Sex U, not {code}.", since=2025)
def sex_of_unborn(child: Child, census: Census) -> Iterable[Breach]:
    if child.has_expected and not child.has_born and child.sex_code not in ("U", ""):
        yield {"code": child.sex_code if child.sex_code in codes.SEX_READ else "another value"}


_REASONS_AT_SCHOOL_AGE = frozenset(codes.UPN_UNKNOWN.words) - {"UN1"}


def _lacks_upn(child: Child, oldest: date) -> bool:
    """Whether a child born on or before the day, with a referral that led to action, gives no UPN nor why."""
    return (
        child.goes_on_to_action
        and child.born is not None
        and child.born <= oldest
        and not child.upn
        and child.upn_unknown not in _REASONS_AT_SCHOOL_AGE
    )


@CHECKS.rule(
    "8770Q",
    "ChildIdentifiers/UPN",
    "The child is more than five years old and has neither a UPN nor a reason why there is none (UN2 "
    "to UN7).",
    until=2024,
)
def upn_after_five(child: Child, census: Census) -> Iterable[Breach]:
    return _once(_lacks_upn(child, date(census.year - 6, 3, 31)))


@CHECKS.rule(
    "8770Q",
    "ChildIdentifiers/UPN",
    "The child is of school age by the autumn and has neither a UPN nor a reason why there is none "
    "(UN2 to UN7).",
    since=2025,
)
def upn_at_school_age(child: Child, census: Census) -> Iterable[Breach]:
    return _once(_lacks_upn(child, date(census.year - 4, 8, 31)))


@CHECKS.rule(
    "8772",
    "ChildIdentifiers/UPNunknown",
    "UPNunknown is UN7, for a referral with no further action, but a referral of this child led to action. "
    "Give the UPN or another reason.",
)
def un7_with_action(child: Child, census: Census) -> Iterable[Breach]:
    return _once(child.upn_unknown == "UN7" and child.goes_on_to_action)


@CHECKS.rule(
    "8775Q",
    "ChildIdentifiers/PersonBirthDate",
    "Born on {born}, this person was over 25 in the census year. Check the date, or close the case.",
)
def over_25(child: Child, census: Census) -> Iterable[Breach]:
    if child.born is None or child.born.year > census.year - 25:
        return
    birthday = child.born + relativedelta(years=25)
    if birthday < census.last and any(
        episode.closed is None or episode.closed > birthday for episode in child.episodes
    ):
        yield {"born": child.born}


@CHECKS.rule(
    "8790",
    "Disabilities/Disability",
    "Disabilities are given beside NONE. Take out NONE, or the others.",
)
def none_beside_others(child: Child, census: Census) -> Iterable[Breach]:
    return _once(codes.NO_DISABILITY in child.disabilities and len(set(child.disabilities)) > 1)


@CHECKS.rule("8794", "Disabilities/Disability", "The disability {code} is given more than once.")
def disability_twice(child: Child, census: Census) -> Iterable[Breach]:
    given = child.disabilities
    if len(set(given)) < len(given):
        yield from ({"code": code} for code in codes.DISABILITY.words if given.count(code) > 1)


@CHECKS.rule(
    "8606",
    "CINdetails/CINreferralDate",
    "The referral on {referred} is more than 40 weeks before the birth, {born}. Check both dates.",
)
def referred_before_conception(child: Child, census: Census) -> Iterable[Breach]:
    birth = child.born or child.expected
    if birth:
        for episode in child.episodes:
            if episode.referred and episode.referred < birth - _LONGEST_PREGNANCY:
                yield {"referred": episode.referred, "born": birth}
