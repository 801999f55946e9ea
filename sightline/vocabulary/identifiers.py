"""Identifiers of a child and a place as values that cannot be invalid: made from text or not at all.

Each keeps a normal form in `text`, so that two ways of writing one identifier are equal, and shows people its
`printed` form. None of them shows itself in `repr`, and no error repeats what was given: identifiers of
children do not belong in a traceback or a log.
"""

import re
from dataclasses import dataclass

_UPN_FORM = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]", re.ASCII)


@dataclass(frozen=True, slots=True, order=True, repr=False)
class NHSNumber:
    """Ten digits whose last checks the others (NHS Data Dictionary, NHS NUMBER)."""

    text: str

    def __post_init__(self) -> None:
        from nhs_number.standardise import standardise_format
        from nhs_number.validate import is_valid

        digits = standardise_format(self.text) if self.text.isascii() else ""
        if not digits:
            raise ValueError("An NHS number is ten digits, written together or as 3, 3 and 4.")
        # Systems fill an unknown number with one digit ten times over, and some of those pass the check.
        if len(set(digits)) == 1 or not is_valid(digits):
            raise ValueError("This is not an NHS number: its last digit does not agree with the others.")
        object.__setattr__(self, "text", digits)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return "NHSNumber(…)"

    @property
    def printed(self) -> str:
        """“943 476 5919”."""
        return f"{self.text[:3]} {self.text[3:6]} {self.text[6:]}"


@dataclass(frozen=True, slots=True, order=True, repr=False)
class UPN:
    """Unique pupil number: check letter, authority (3), establishment (4), year (2), serial (3).

    A temporary number ends in a letter. The authority is not looked up: pupils keep numbers given under
    Welsh and abolished authorities, and python-stdnum's list knows none made since 2011.
    """

    text: str

    def __post_init__(self) -> None:
        from stdnum.gb import upn

        compact = "".join(self.text.split()).upper()
        if not _UPN_FORM.fullmatch(compact):
            raise ValueError(
                "A UPN is 13 characters: a letter, eleven digits, and a digit or, if temporary, a letter "
                "(never I, O or S)."
            )
        if upn.calc_check_digit(compact[1:]) != compact[0]:
            raise ValueError("This is not a UPN: its first letter does not agree with the rest.")
        object.__setattr__(self, "text", compact)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return "UPN(…)"

    @property
    def printed(self) -> str:
        """“B 801 2000 05 001”."""
        text = self.text
        return f"{text[0]} {text[1:4]} {text[4:8]} {text[8:10]} {text[10:]}"

    @property
    def is_temporary(self) -> bool:
        return self.text[-1].isalpha()


@dataclass(frozen=True, slots=True, order=True, repr=False)
class Postcode:
    """The form of a UK postcode; whether it is in use is not known here."""

    text: str

    def __post_init__(self) -> None:
        import postcode

        printed = postcode.to_normalised(self.text.strip())
        if printed is None:
            raise ValueError("A postcode is two to four characters, a space, a digit and two letters.")
        object.__setattr__(self, "text", printed.replace(" ", ""))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return "Postcode(…)"

    @property
    def printed(self) -> str:
        """“SW1A 1AA”."""
        return f"{self.text[:-3]} {self.text[-3:]}"
