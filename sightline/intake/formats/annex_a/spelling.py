"""What authorities write where Annex A asks for a code: codes, their numbers in brackets, local words.

A cell is understood in three steps: its words as a table of known spellings has them, then a code that stands
at its start or its end (“q) 6: Police”, “Foster carer [U6]”), then the same words without a list letter.
"""

import re
import unicodedata
from functools import cache, lru_cache

from sightline.intake.ethnicities import MAIN_CODES
from sightline.vocabulary.shipped import shipped_rows

_BLANKS = frozenset(
    (
        "",
        "blank",
        "div 0",
        "multivalue",
        "n a",
        "na",
        "name",
        "nan",
        "no data",
        "none",
        "not recorded",
        "null",
        "pd na",
        "ref",
        "value",
    )
)
_BEFORE_A_CODE = re.compile(r"[a-z]|\d\d?|cs|cla|cin|child|code|dnu")
_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=1 << 14)
def normal(text: str) -> str:
    """Words and numbers only, in small letters: “(N1) Abuse or Neglect ” is “n1 abuse or neglect”."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "")
    return " ".join(_WORD.findall(plain))


@cache
def _known() -> dict[tuple[str, str], str]:
    return {(row["set"], row["spelling"]): row["code"] for row in shipped_rows("annex_a_spellings")}


@cache
def labels() -> dict[str, dict[str, str]]:
    """The codes of each set with the words that a sentence has for them."""
    found: dict[str, dict[str, str]] = {"ethnicity": {code.value: code.label for code in MAIN_CODES.values()}}
    for row in shipped_rows("annex_a_codes"):
        found.setdefault(row["set"], {})[row["code"]] = row["label"]
    return found


@cache
def _tokens(code_set: str) -> dict[str, str]:
    """The codes that a cell of the set may hold as such, in small letters; not our own words for groups."""
    if code_set == "ethnicity":
        return {written.casefold(): main.value for written, main in MAIN_CODES.items() if written != "BOTH"}
    return {code.casefold(): code for code in labels()[code_set] if code == code.upper()}


def token_code(code_set: str, text: str) -> str:
    """The code that stands as such at the start of the text, or in brackets at its end; or empty."""
    words = normal(text).split()
    if not words:
        return ""
    codes = _tokens(code_set)
    if words[0] in codes and (_is_code_like(words[0]) or len(words) == 1 or _is_marked(text)):
        return codes[words[0]]
    if (
        len(words) > 1
        and _BEFORE_A_CODE.fullmatch(words[0])
        and words[1] in codes
        and _is_code_like(words[1])
    ):
        return codes[words[1]]
    if words[-1] in codes and (len(words[-1]) > 1 or text.rstrip()[-1:] in ")]"):
        return codes[words[-1]]
    return ""


def _is_code_like(word: str) -> bool:
    return len(word) > 1 or word.isdigit()


def _is_marked(text: str) -> bool:
    """Whether a single letter is set off as a code: “Y: Other”, “U - Independent”, “(B) With parents”."""
    return re.match(r"\s*[(\[]?[A-Za-z]\s*[)\]:\-–]", text) is not None


@lru_cache(maxsize=1 << 14)
def code_of(code_set: str, text: str) -> str | None:
    """The code a cell means; empty where nothing is recorded; None where it is not understood."""
    words = normal(text)
    known = _known()
    if (code_set, words) in known:
        return known[code_set, words]
    by_code = {code.casefold(): code for code in labels()[code_set]}
    if words in by_code:
        return by_code[words]
    if code := token_code(code_set, text):
        return code
    first, _, rest = words.partition(" ")
    if rest and _BEFORE_A_CODE.fullmatch(first) and (code_set, rest) in known:
        return known[code_set, rest]
    return "" if words in _BLANKS else None
