"""The many names under which sources give one detail, by the name it has here."""

from collections.abc import Mapping
from functools import cache

NAMES: Mapping[str, tuple[str, ...]] = {
    "school": ("school", "school urn", "urn", "school name", "establishment", "estab", "setting"),
    "postcode": ("postcode", "post code", "home postcode", "new postcode", "placement postcode", "home_post",
                 "pl_post"),
    "address": ("address", "home address", "new address", "placement address", "address line", "location",
                "place", "whereabouts", "uprn", "easting", "northing", "latitude", "longitude",
                "street", "town", "city", "county", "house number", "where"),
    "referred by": ("referral source", "source of referral", "refe_referral_source", "contact source",
                    "source of contact", "cont_contact_source", "source"),
    "legal status": ("legal status", "legalstatus", "ls", "lega_legal_status"),
    "incident number": ("incident number", "incident reference", "urn of incident", "log number"),
    "crime number": ("crime number", "crime reference"),
    "incident type": ("incident type", "type of incident"),
    "appointment type": ("appointment type", "type of appointment", "clinic"),
    "specialty": ("specialty", "treatment function"),
    "visit type": ("visit type", "type of visit"),
    "send type": ("send type", "sen type"),
    "attendance code": ("attendance code",),
    "sessions possible": ("sessions possible", "possible sessions", "sessionspossible", "total sessions"),
    "sessions authorised": ("sessions authorised", "authorised absence", "sessions authorised absence",
                            "authorised", "authorised sessions"),
    "sessions unauthorised": ("sessions unauthorised", "unauthorised absence", "unauthorised",
                              "sessions unauthorised absence", "unauthorised sessions"),
    "sessions missed": ("sessions missed", "sessions absent", "absent sessions", "missed sessions"),
    "sessions attended": ("sessions attended", "attended sessions", "sessions present"),
    "percentage attended": ("attendance pct", "attendance percentage", "percentage attended", "attendance",
                            "attendance percent", "attendance rate"),
    "percentage missed": ("absence pct", "absence percentage", "percentage missed", "absence rate",
                          "overall absence", "absence"),
    "who": ("who", "worker", "social worker", "lead professional", "practitioner",
            "officer", "allocated worker", "clinician", "author", "referrer", "professional",
            "key worker", "case worker"),
    "response": ("response", "action", "action taken", "outcome", "decision", "disposal", "next step"),
    # What may be said of an event although it is protected: what kind of thing it was, never where.
    "placement type": ("placement type", "place type", "placement", "plac_place_type"),
    "reason": ("reason", "reason new episode", "rne", "rec", "reason ceased", "reason for closure"),
    "category": ("category", "category of need", "cin code", "category of abuse", "initial category of abuse",
                 "latest category of abuse", "initial category", "latest category"),
    "nothing of school": ("no school", "children missing education", "cme"),
}  # fmt: skip
"""By our name: the names it goes by in sources, compared without case, spaces and punctuation."""

TELLS_WHERE = frozenset({"postcode", "address"})
"""Never shown of a protected child or event, and known as a place wherever else it is written."""

SAFE_IF_PROTECTED = frozenset(
    {
        *("legal status", "placement type", "reason", "category", "referred by", "incident type"),
        *("sessions possible", "sessions authorised", "sessions unauthorised", "sessions missed"),
        *("sessions attended", "percentage attended", "percentage missed"),
    }
)
"""What a protected event may still say: what it was, not where."""


def our_name(name: str) -> str:
    """The name that a source's detail has here; its own, lower-case, where we have none."""
    return _our_name(name)


def detail(details: Mapping[str, str], wanted: str) -> str:
    """The first detail, under any of its names, that is not empty."""
    for name, value in details.items():
        if value and our_name(name) == wanted:
            return value
    return ""


def folded(text: str) -> str:
    """Letters and digits alone, in one case."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@cache
def _our_name(name: str) -> str:
    return _BY_FOLDED.get(folded(name)) or " ".join(name.replace("_", " ").split()).casefold()


_BY_FOLDED = {folded(name): ours for ours, names in NAMES.items() for name in names}
