"""Django's settings. The only module that reads environment variables."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent.parent

SIGHTLINE_DATA = Path(os.environ.get("SIGHTLINE_DATA") or BASE_DIR / "sightline-data").expanduser().absolute()
"""The folder that holds the database and the runs. It is made when something is first written."""

if os.environ.get("SIGHTLINE_DEMO"):
    # The invented example lives apart, so that it can never be counted with real cases.
    SIGHTLINE_DATA = SIGHTLINE_DATA / "demo"

NATIONAL_BODY = os.environ.get("SIGHTLINE_NATIONAL_BODY") or "Child Safeguarding Practice Review Panel"
NATIONAL_BODY_SHORT = os.environ.get("SIGHTLINE_NATIONAL_BODY_SHORT") or "the Panel"
"""Whom a report is published by: the body is about to change, so its name is configuration."""

SECRET_KEY = "signs nothing: this release has no sessions and no tokens"  # noqa: S105
DEBUG = False
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "sightline.access",
    "sightline.intake",
    "sightline.identity",
    "sightline.chronology",
    "sightline.casework",
    "sightline.coding",
    "sightline.register",
]

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": SIGHTLINE_DATA / "sightline.sqlite3",
    "OPTIONS": {
        # Write locks are taken at the start, so that two writers wait instead of failing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    },
}


def _postgresql(url: str) -> dict[str, object]:
    """“postgresql://user@host:5432/name”. What it leaves out libpq finds as ever: ~/.pgpass, a socket."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise SystemExit("SIGHTLINE_DATABASE names a PostgreSQL database: postgresql://user@host:5432/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


_DATABASE_URL = "" if os.environ.get("SIGHTLINE_DEMO") else os.environ.get("SIGHTLINE_DATABASE") or ""
DATABASES = {"default": _postgresql(_DATABASE_URL) if _DATABASE_URL else _SQLITE}
"""A file in the data folder, or the PostgreSQL database that SIGHTLINE_DATABASE names. The invented example
is always in a file."""

SIGHTLINE_PDS = {
    "url": os.environ.get("SIGHTLINE_PDS_URL") or "",
    "token_url": os.environ.get("SIGHTLINE_PDS_TOKEN_URL") or "",
    "api_key": os.environ.get("SIGHTLINE_PDS_API_KEY") or "",
    "key_id": os.environ.get("SIGHTLINE_PDS_KEY_ID") or "",
    "key_file": os.environ.get("SIGHTLINE_PDS_KEY_FILE") or "",
    "organisation": os.environ.get("SIGHTLINE_PDS_ORGANISATION") or "",
}
"""How the Personal Demographics Service is reached. Without `url`, as shipped, nothing is ever sent."""

SIGHTLINE_PDS_RULES = os.environ.get("SIGHTLINE_PDS_RULES") or ""
"""The set of tracing rules whose error was measured here and accepted. No other set is used."""

SIGHTLINE_REFERENCE_KEYS = SIGHTLINE_DATA / "reference-keys"
"""The keys of references to what records said. Made when first needed, for its owner alone."""
