"""Rules of the department's list that are not checked here, and why."""

from sightline.intake.declaration import NotCovered

NOT_COVERED = (
    NotCovered(
        "1530",
        "Needs the department's list of every authority number that a UPN was ever given under, Welsh and "
        "abolished authorities among them; pupils keep such numbers, so today's authorities would not do.",
    ),
)
