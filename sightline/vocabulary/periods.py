"""Windows of time: financial years, their quarters and halves, and any other first and last day."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first day to the last, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(
                f"A period cannot end ({self.last}) before it starts ({self.first}); swap the dates."
            )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @property
    def label(self) -> str:
        """As a reader writes it: “1 April 2022 to 31 March 2023”."""
        return f"{in_words(self.first)} to {in_words(self.last)}"

    @property
    def is_financial_year(self) -> bool:
        first, last = self.first, self.last
        ends = (first.month, first.day), (last.month, last.day)
        return ends == ((4, 1), (3, 31)) and last.year == first.year + 1

    @property
    def year_label(self) -> str:
        """“2022-23” for a financial year, the first and last day otherwise."""
        if self.is_financial_year:
            return f"{self.first.year}-{(self.first.year + 1) % 100:02d}"
        return self.label

    def quarters(self) -> tuple["Period", ...]:
        """Runs of three calendar months from the first day, whatever day that is; the last may be cut short.

        Together they hold every day of the period once. From a 31st, a run starts on the last day of a month
        that has none.
        """
        return self._runs_of_months(3)

    def half_years(self) -> tuple["Period", ...]:
        """As `quarters`, in runs of six calendar months."""
        return self._runs_of_months(6)

    def _runs_of_months(self, months: int) -> tuple["Period", ...]:
        length = relativedelta(self.last, self.first)
        whole_runs = (length.years * 12 + length.months) // months
        # Each start is reckoned from the first day; from run to run, a 31st would become a 30th for good.
        starts = [self.first + relativedelta(months=run * months) for run in range(whole_runs + 1)]
        ends = [start - timedelta(days=1) for start in starts[1:]]
        return tuple(Period(start, end) for start, end in zip(starts, [*ends, self.last], strict=True))


def financial_year(starting_in: int) -> Period:
    """The year from 1 April to 31 March: `financial_year(2022)` is 2022-23."""
    return Period(date(starting_in, 4, 1), date(starting_in + 1, 3, 31))


def financial_year_of(day: date) -> Period:
    """The financial year that a day lies in."""
    return financial_year(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)


def in_words(day: date) -> str:
    """“1 April 2022”, whatever the machine's locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


# calendar.month_name would speak the machine's language.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
