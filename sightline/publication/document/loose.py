"""Numbers and claims of number in plain words, which no wording may hold unless they are bound."""

import re

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

_ALLOWED_NUMERALS = re.compile(
    "|".join(
        (
            rf"\b\d{{1,2}} (?:{_MONTHS})(?: (?:19|20)\d\d)?\b",  # 29 June 2018
            r"\bSI (?:19|20)\d\d/\d+\b",  # SI 2018/789
            r"\b(?:19|20)\d\d(?:-\d\d| to (?:19|20)\d\d)?\b",  # 2018, 2022-23, 2018 to 2023
            # A legal reference: section 16C(1), regulation 11, sections 16A to 16Q.
            r"\b(?:sections?|regulations?|articles?|chapters?|schedules?|parts?|paragraphs?)"
            r" \d+[A-Z]*(?:\(\d+\))*(?:(?:,| to| and| or) \d+[A-Z]*(?:\(\d+\))*)*",
            r"\b(?:layout|codebook|version) \d+(?:\.\d+)*\b",
            r"\bWCAG \d\.\d\b",
        )
    )
)

_ALLOWED_WORDS = re.compile(
    r"\b(?:the )?two (?:ways(?: of counting)?|coders|people|questions|readings|years|measures|answers)\b"
    r"|\b(?:each|every|by|first|second|third|fourth|last) quarters?\b|\bquarters of the year\b"
    r"|\bhalf up\b|\bat most\b|\bmost recent(?:ly)?\b",
    re.IGNORECASE,
)

_NUMBER_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?"
    r"|half|halves|halved|thirds?|quarters?|fifths?|sixths?|tenths?|one in|twice|doubled?|trebled?|tripled?"
    r"|per cent|majority|minority|most(?! common| often))\b",
    re.IGNORECASE,
)

_SUPERLATIVES = re.compile(
    r"\b(?:most common|most often|least common|commonest|highest|lowest|largest|smallest|biggest|greatest)\b",
    re.IGNORECASE,
)


def loose_number(text: str) -> str | None:
    """The first number, in figures or in words, that plain wording may not hold; None where all is well.

    Years, dates, legal references and the versions of layouts and codebooks are allowed.
    """
    numeral = re.search(r"\d[\d,.]*", _ALLOWED_NUMERALS.sub(" ", text))
    if numeral:
        return numeral.group()
    word = _NUMBER_WORDS.search(_ALLOWED_WORDS.sub(" ", text))
    return word.group() if word else None


def superlative(text: str) -> str | None:
    """A claim such as “the most common”, which only a computed ranking supports."""
    found = _SUPERLATIVES.search(text)
    return found.group() if found else None
