"""A percentage as a reader would say it: “just over half”, “nearly a fifth”."""

from decimal import Decimal

_ANCHORS = (
    (Decimal(10), "a tenth"),
    (Decimal(20), "a fifth"),
    (Decimal(25), "a quarter"),
    (Decimal(100) / 3, "a third"),
    (Decimal(40), "two-fifths"),
    (Decimal(50), "half"),
    (Decimal(60), "three-fifths"),
    (Decimal(200) / 3, "two-thirds"),
    (Decimal(75), "three-quarters"),
    (Decimal(80), "four-fifths"),
    (Decimal(90), "nine-tenths"),
)
_ABOUT = Decimal("0.5")
_NEAR = Decimal("2.5")


def in_words(percent: Decimal) -> str:
    """The nearest everyday fraction and on which side of it the percentage lies.

    Within half a percentage point it is “about”; within two and a half “just over” or “just under”;
    farther “over” or “under”. What is said is always true of the exact percentage.
    """
    if percent == 0:
        return "none"
    if percent == 100:
        return "all"
    if percent > 95:
        return "nearly all"
    anchor, words = min(_ANCHORS, key=lambda entry: abs(percent - entry[0]))
    gap = percent - anchor
    if abs(gap) <= _ABOUT:
        return words if gap == 0 else f"about {words}"
    if gap > 0:
        return f"just over {words}" if gap <= _NEAR else f"over {words}"
    return f"just under {words}" if -gap <= _NEAR else f"under {words}"
