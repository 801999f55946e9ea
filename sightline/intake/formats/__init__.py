"""The formats that agencies send, one module each, imported only when a file is to be read."""

from importlib import import_module

from sightline.intake.declaration import Format

MODULES: tuple[str, ...] = (
    "plain_health",
    "plain_education",
    "plain_social_care",
    "plain_police",
    "school_census",
    "ssda903_csv",
    "ssda903_xml",
    "annex_a",
    "sen2",
    "cin_census",
    "safeguarding_dataset",
    "police_notices",
    "social_care_api",
    "pds_patients",
    "single_identifier",
)
"""Every module here that declares a `FORMAT`. A file is taken by the one format that recognises it."""


def all_formats() -> tuple[Format, ...]:
    return tuple(import_module(f"{__name__}.{module}").FORMAT for module in MODULES)


def format_named(name: str) -> Format | None:
    return next((each for each in all_formats() if each.name == name), None)
