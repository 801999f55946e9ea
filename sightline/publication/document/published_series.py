"""Numbers that others have published for earlier and later years: context, never counted here.

Sources: Ofsted, Serious incident notifications from local authorities (years to 31 March 2015 to 2017);
Department for Education, Serious incident notifications (releases 2020-21, 2021-22, 2022-23, 2024, 2025 and
2026). The parts of 2020 are those of 2021 less the changes that the department printed.
"""

from dataclasses import dataclass

SOURCE = (
    "Ofsted for 2015 to 2017; Department for Education, Serious incident notifications, for 2019 onwards. "
    "The parts of 2020 are worked out from the changes printed in the 2020-21 release."
)


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """Notifications in the year to 31 March `ending`; None where no number was published. `note` marks a
    break in the series, or something else to know before comparing with the year before."""

    ending: int
    total: int
    death: int | None
    serious_harm: int | None
    other: int | None
    note: str = ""

    @property
    def counts(self) -> tuple[int | None, ...]:
        return self.total, self.death, self.serious_harm, self.other


_OFSTED = "Notified to Ofsted; deaths in regulated settings included"

SERIES: tuple[PublishedYear, ...] = (
    PublishedYear(2015, 385, 190, None, None, _OFSTED),
    PublishedYear(2016, 379, 171, 208, None, _OFSTED),
    PublishedYear(2017, 433, 211, None, None, _OFSTED),
    PublishedYear(2019, 498, None, None, None, "Break: the duty to notify the Panel began on 29 June 2018"),
    PublishedYear(2020, 449, 188, 253, 8),
    PublishedYear(2021, 536, 223, 284, 29),
    PublishedYear(2022, 442, 191, 227, 24),
    PublishedYear(
        2023, 456, 201, 244, 11, "Break: from this year any notification may be about more than one child"
    ),
    PublishedYear(2024, 405, 205, 180, 20),
    PublishedYear(2025, 338, 162, 167, 9),
    PublishedYear(2026, 357, 160, 188, 9, "Break: the form asks for sex where it asked for gender"),
)
