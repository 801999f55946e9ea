"""What is counted. Every figure says its unit, and a sentence may not call it anything else."""

from enum import Enum


class Unit(Enum):
    """`one` and `many` are the nouns that a sentence may use for the unit, the usual one first."""

    INCIDENT = (("incident",), ("incidents",))
    NOTIFICATION = (("notification",), ("notifications",))
    REVIEW = (("rapid review",), ("rapid reviews",))
    CHILD = (("child",), ("children",))
    LOCAL_REVIEW = (("local review",), ("local reviews",))
    RECOMMENDATION = (("recommendation",), ("recommendations",))
    PAIR_OF_ANSWERS = (("pair of answers",), ("pairs of answers",))
    ROW = (("row",), ("rows",))
    WORKING_DAY = (("working day",), ("working days",))
    YEAR = (("year",), ("years",))
    AGREEMENT = (("agreement coefficient",), ("agreement coefficients",))

    @property
    def one(self) -> str:
        return str(self.value[0][0])

    @property
    def many(self) -> str:
        return str(self.value[1][0])

    def of(self, count: float) -> str:
        """The noun for this many."""
        return self.one if count == 1 else self.many
