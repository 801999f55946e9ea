"""Rounded counts, with a true zero kept apart from a count that rounds to zero."""

from sightline.disclosure_control.safe import SafeCell, Symbol


def rounded(count: int, to: int) -> int:
    """The nearest multiple of `to`, half up: 25 to the nearest 10 is 30.

    The department prints “nearest 10” without a rule for ties; half up is the rule of its percentages.
    """
    return (2 * count + to) // (2 * to) * to


def counts_that_round_to(value: int, to: int) -> tuple[int, int]:
    """The smallest and the largest count that round to `value`, true zero among them."""
    return max(0, (2 * value - to + 1) // 2), (2 * value + to - 1) // 2


def as_shown(count: int, to: int, rounds_to_zero: Symbol) -> SafeCell:
    """What is printed for a count that is not hidden: itself, rounded, or the symbol for almost nothing."""
    if to == 1 or count == 0:
        return SafeCell(count)
    nearest = rounded(count, to)
    return SafeCell(nearest, is_rounded=True) if nearest else SafeCell(None, rounds_to_zero)


def what_it_tells(cell: SafeCell, to: int) -> tuple[int, int | None]:
    """The smallest and largest count that a reader of the printed cell cannot rule out; None: no limit."""
    if cell.symbol in (Symbol.ROUNDS_TO_ZERO, Symbol.ROUNDS_TO_ZERO_SENSITIVE):
        return 1, counts_that_round_to(0, to)[1]
    if cell.value is None:
        return 0, None
    if not cell.is_rounded:
        return cell.value, cell.value
    return counts_that_round_to(cell.value, to)
