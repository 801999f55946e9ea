"""References to what a record said, which nobody can work back from without a key.

A plain hash of a name and a date of birth is no secret: whoever has a list of names can try them all. A
reference is keyed, its fields are parted by their lengths so that they cannot run together, and it names its
key, so that keys can be replaced.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sightline.intake.records import PersonRecord


@dataclass(frozen=True, slots=True, repr=False)
class ReferenceKeys:
    """The key in use and those it replaced, by name. A reference under a key that is gone fits nothing."""

    in_use: str
    secrets: Mapping[str, bytes]


def reference_to(person: PersonRecord, keys: ReferenceKeys) -> str:
    return _reference(person, keys.in_use, keys.secrets[keys.in_use])


def fits(reference: str, person: PersonRecord, keys: ReferenceKeys) -> bool:
    """Whether a stored reference is to the very details that the record has now."""
    name = reference.partition(":")[0]
    secret = keys.secrets.get(name)
    return secret is not None and hmac.compare_digest(reference, _reference(person, name, secret))


def _reference(person: PersonRecord, name: str, secret: bytes) -> str:
    return f"{name}:{hmac.new(secret, _parted(_details(person)), sha256).hexdigest()}"


def _details(person: PersonRecord) -> Iterable[str]:
    """Everything that what is asked depends on."""
    yield from (person.surname, person.forenames, person.preferred_forename, person.former_surname)
    yield person.born_on.isoformat() if person.born_on else ""
    yield from (person.sex.value if person.sex else "", person.postcode, person.nhs_number)
    yield "protected" if person.is_address_protected else ""
    yield from person.aliases


def _parted(texts: Iterable[str]) -> bytes:
    parts = [text.encode("utf-8", "surrogatepass") for text in texts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
