"""References to details that nobody can work back from, and that fit only those very details."""

from dataclasses import replace
from datetime import date

import pytest

from sightline.identity.pds.references import ReferenceKeys, fits, reference_to
from sightline.intake.records import PersonRecord

WREN = PersonRecord("R1", surname="Quill", forenames="Wren Ada", born_on=date(2015, 3, 7))
KEYS = ReferenceKeys("2026", {"2026": b"k" * 32})


def test_a_reference_fits_the_details_that_it_was_made_of():
    assert fits(reference_to(WREN, KEYS), WREN, KEYS)


@pytest.mark.parametrize(
    "differing",
    [
        {"surname": "Quíll"},
        {"surname": "QuillWren", "forenames": " Ada"},
        {"surname": "", "former_surname": "Quill"},
        {"born_on": date(2015, 7, 3)},
        {"postcode": "ZZ993WZ"},
        {"is_address_protected": True},
        {"aliases": ("Wren Penn",)},
        {"nhs_number": "9410000033"},
    ],
)
def test_a_reference_fits_no_other_details(differing):
    assert not fits(reference_to(WREN, KEYS), replace(WREN, **differing), KEYS)


def test_nobody_can_make_a_reference_without_the_key():
    assert reference_to(WREN, KEYS) != reference_to(WREN, ReferenceKeys("2026", {"2026": b"x" * 32}))
    assert "Quill" not in reference_to(WREN, KEYS)


def test_a_reference_under_an_older_key_fits_until_that_key_is_gone():
    made = reference_to(WREN, KEYS)
    both = ReferenceKeys("2027", {"2026": b"k" * 32, "2027": b"n" * 32})
    assert fits(made, WREN, both)
    assert not fits(made, WREN, ReferenceKeys("2027", {"2027": b"n" * 32}))
    assert reference_to(WREN, both).startswith("2027:")
