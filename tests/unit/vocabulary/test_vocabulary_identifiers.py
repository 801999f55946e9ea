import copy
import pickle

import nhs_number
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import upn as stdnum_upn

from sightline.vocabulary.identifiers import UPN, NHSNumber, Postcode

# 943 476 5919 is the number that guidance prints as an example; nobody holds it.


@pytest.mark.parametrize("text", ["9434765919", "943 476 5919", "943-476-5919", "  9434765919\n"])
def test_an_nhs_number_is_one_value_however_it_is_written(text):
    number = NHSNumber(text)
    assert number == NHSNumber("9434765919") and hash(number) == hash(NHSNumber("9434765919"))
    assert (str(number), number.printed) == ("9434765919", "943 476 5919")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9434765918",  # last digit
        "9434756919",  # two digits swapped
        "943476591",
        "94347659190",
        "943 4765 919",
        "0000000000",  # fillers
        "1111111111",
        "９４３４７６５９１９",  # digits of another script
        "9434765919\x00",
        "not a number",
    ],
)
def test_what_is_not_an_nhs_number_is_refused_without_being_repeated(text):
    with pytest.raises(ValueError, match="NHS number") as refused:
        NHSNumber(text)
    assert not text or text not in str(refused.value)


@given(st.integers(400_000_000, 499_999_999), st.integers(0, 9))
def test_exactly_one_last_digit_at_most_makes_an_nhs_number(first_nine, last):
    check = nhs_number.calculate_checksum(str(first_nine))
    text = f"{first_nine}{last}"
    if last == check and len(set(text)) > 1:
        assert NHSNumber(text).text == text
    else:
        with pytest.raises(ValueError, match="last digit"):
            NHSNumber(text)


@pytest.mark.parametrize("text", ["B801200005001", "b801200005001", " B 801 2000 05 001 "])
def test_a_upn_is_one_value_however_it_is_written(text):
    pupil = UPN(text)
    assert pupil == UPN("B801200005001")
    assert (pupil.text, pupil.printed, pupil.is_temporary) == ("B801200005001", "B 801 2000 05 001", False)


@pytest.mark.parametrize("authority", ["801", "940", "943", "838", "909", "660"])
def test_a_upn_of_a_new_abolished_or_welsh_authority_is_valid(authority):
    assert UPN(_with_check_letter(f"{authority}200022001")).text[1:4] == authority


def test_a_temporary_upn_ends_in_a_letter():
    assert UPN(_with_check_letter("80120002200A")).is_temporary


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A801200005001",
        "B80120000500",
        "B8012000050011",
        "B80120000A001",
        "S801200005001",
        "B80120000500I",
    ],
)
def test_what_is_not_a_upn_is_refused_without_being_repeated(text):
    with pytest.raises(ValueError, match="UPN") as refused:
        UPN(text)
    assert not text or text not in str(refused.value)


@given(
    st.from_regex(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", fullmatch=True), st.sampled_from("ABCDEFGHJKLMNPQRTUVWXYZ")
)
def test_one_first_letter_only_makes_a_upn(rest, letter):
    if letter == stdnum_upn.calc_check_digit(rest):
        assert UPN(letter + rest).text == letter + rest
    else:
        with pytest.raises(ValueError, match="first letter"):
            UPN(letter + rest)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("SW1A 1AA", "SW1A 1AA"),
        ("sw1a1aa", "SW1A 1AA"),
        (" m1  1ae\n", "M1 1AE"),
        ("B33\N{NO-BREAK SPACE}8TH", "B33 8TH"),
        ("CR2 6XH", "CR2 6XH"),
        ("DN55 1PT", "DN55 1PT"),
        ("W1A 0AX", "W1A 0AX"),
        ("ZZ99 3WZ", "ZZ99 3WZ"),  # health's code for “address not known”
    ],
)
def test_a_postcode_is_one_value_however_it_is_written(text, printed):
    assert Postcode(text).printed == printed
    assert Postcode(text) == Postcode(printed) and Postcode(text).text == printed.replace(" ", "")


@pytest.mark.parametrize(
    "text", ["", "SW1A", "1AA SW1A", "SW1A 1A", "SW1A 1AAA", "SWA1 1AA", "SW1A-1AA", "SW1A 1AA 2"]
)
def test_what_is_not_a_postcode_is_refused_without_being_repeated(text):
    with pytest.raises(ValueError, match="postcode") as refused:
        Postcode(text)
    assert not text or text not in str(refused.value)


@pytest.mark.parametrize("value", [NHSNumber("9434765919"), UPN("B801200005001"), Postcode("SW1A 1AA")])
def test_a_value_does_not_change_and_does_not_show_itself_in_a_traceback(value):
    with pytest.raises(AttributeError):
        value.text = "something else"
    assert value.text not in repr(value) and value.printed not in repr(value)
    assert copy.deepcopy(value) == value == pickle.loads(pickle.dumps(value))  # noqa: S301


@given(st.text(max_size=20), st.sampled_from([NHSNumber, UPN, Postcode]))
def test_any_text_makes_a_value_that_reads_back_or_is_refused(text, identifier):
    try:
        made = identifier(text)
    except ValueError:
        return
    assert identifier(made.printed) == identifier(made.text) == made


def _with_check_letter(rest: str) -> str:
    return stdnum_upn.calc_check_digit(rest) + rest
