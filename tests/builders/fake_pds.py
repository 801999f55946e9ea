"""A small honest fake of the Personal Demographics Service, on loopback.

It is its FHIR API in application-restricted mode. It keeps the rules that the published specification states
and refuses what the service refuses: the parameters that a search must have, no wildcard in a fuzzy search,
at most one patient, restricted patients hidden from a search with a postcode and shown without an address,
invalidated ones never found, superseded ones answered by their successor, history only when asked for. It
keeps what it was asked, so that a test can say what was not sent.

Its scores are made up: the service does not publish how it makes them. `trouble` is a list of what goes wrong
with the next requests, one each; `always` is what goes wrong with every other.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from nhs_number.validate import is_valid

from sightline.identity.pds.outcomes import Reply
from sightline.identity.pds.queries import Search
from sightline.identity.pds.reading_answers import reply_to_retrieval, reply_to_search
from sightline.vocabulary.identifiers import NHSNumber

BASE = "/personal-demographics/FHIR/R4"
SEARCH_PARAMETERS = {
    *("family", "given", "gender", "birthdate", "death-date", "address-postalcode", "address-postcode"),
    *("general-practitioner", "email", "phone", "_fuzzy-match", "_exact-match", "_history", "_max-results"),
}
FUZZY_NEEDS = (
    {"given", "family", "birthdate"},
    {"family", "birthdate", "gender", "postcode"},
    {"given", "birthdate", "gender", "postcode"},
)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DAY = re.compile(r"(eq|ge|le)(\d{4}-\d{2}-\d{2})")


@dataclass
class Patient:
    number: str
    family: str
    given: str
    born: str
    gender: str = "unknown"
    postcode: str = "ZZ99 3WZ"
    former: tuple[tuple[str, str], ...] = ()  # (given, family) before
    former_postcodes: tuple[str, ...] = ()
    birth_order: int | None = None
    is_restricted: bool = False
    is_invalidated: bool = False
    superseded_by: str = ""
    died: str = ""


@dataclass
class Trouble:
    """What the next request gets instead of its answer."""

    status: int = 503
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hangs: float = 0.0
    hangs_up: bool = False


@dataclass
class Request:
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes = b""

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.query if key == name]


class FakePds:
    """The service's state, and what it was asked."""

    def __init__(self, patients: Sequence[Patient] = ()) -> None:
        self.patients = {each.number: each for each in patients}
        self.trouble: list[Trouble] = []
        self.always: Trouble | None = None
        self.asked: list[Request] = []
        self.token = ""  # where set, requests must carry it
        self.tokens_given: list[bytes] = []
        self.url = ""
        self.root = ""
        self.released = threading.Event()

    @property
    def searches(self) -> list[Request]:
        return [each for each in self.asked if each.path == f"{BASE}/Patient"]

    def answer(self, request: Request) -> tuple[int, Any]:
        headers = {name.lower(): value for name, value in request.headers.items()}
        if self.token and headers.get("authorization") != f"Bearer {self.token}":
            return 401, outcome("ACCESS_DENIED")
        if not headers.get("x-request-id"):
            return 400, outcome("MISSING_VALUE")
        if not UUID.fullmatch(headers["x-request-id"]):
            return 400, outcome("INVALID_VALUE")
        if request.path == f"{BASE}/Patient":
            return self._search(request)
        if request.path.startswith(f"{BASE}/Patient/"):
            return self._retrieve(request.path.rpartition("/")[2])
        return 404, {"fault": {"faultstring": "Unable to identify proxy"}}

    def _retrieve(self, number: str) -> tuple[int, Any]:
        if not is_valid(number):
            return 400, outcome("INVALID_RESOURCE_ID")
        patient = self.patients.get(number)
        if patient is None:
            return 404, outcome("RESOURCE_NOT_FOUND")
        if patient.superseded_by:
            return self._retrieve(patient.superseded_by)
        if patient.is_invalidated:
            return 404, outcome("INVALIDATED_RESOURCE")
        return 200, resource(patient)

    def _search(self, request: Request) -> tuple[int, Any]:
        if fault := fault_of(request):
            return (403 if fault == "TOO_MANY_WANTED" else 400), outcome(
                "INVALID_VALUE" if fault == "TOO_MANY_WANTED" else fault
            )
        asked = Asked(request)
        found = []
        for each in self.patients.values():
            score = asked.score(each)
            if score is None:
                continue
            shown = self.patients[each.superseded_by] if each.superseded_by else each
            if not shown.is_invalidated and not (shown.is_restricted and asked.postcode):
                found.append((shown, score))
        if len({patient.number for patient, _ in found}) > 1:
            return 200, outcome("TOO_MANY_MATCHES", severity="information")
        entries = [
            {
                "fullUrl": f"{self.url}/Patient/{patient.number}",
                "search": {"score": score},
                "resource": resource(patient),
            }
            for patient, score in found[:1]
        ]
        bundle = {"resourceType": "Bundle", "type": "searchset", "total": len(entries)}
        return 200, bundle | ({"entry": entries} if entries else {})


def fault_of(request: Request) -> str:
    """Why the service would refuse this search; empty where it would not."""
    names = [name for name, _ in request.query]
    if not names:
        return "UNSUPPORTED_SERVICE"
    if set(names) - SEARCH_PARAMETERS:
        return "ADDITIONAL_PROPERTIES"
    if not all(DAY.fullmatch(value) for value in request.values("birthdate")):
        return "INVALID_VALUE"
    if any(value not in {"male", "female", "other", "unknown"} for value in request.values("gender")):
        return "INVALID_VALUE"
    if any(value != "1" for value in request.values("_max-results")):
        return "TOO_MANY_WANTED"
    texts = [value for name, value in request.query if name in {"given", "family"} or "post" in name]
    has = {"postcode" if "post" in name else name for name in names}
    if request.values("_fuzzy-match") == ["true"]:
        if any("*" in text for text in texts) or not any(need <= has for need in FUZZY_NEEDS):
            return "INVALID_SEARCH_DATA"
        return ""
    if any("*" in text and text.index("*") < 2 for text in texts):
        return "INVALID_SEARCH_DATA"
    return "" if {"family", "birthdate"} <= has else "INVALID_SEARCH_DATA"


class Asked:
    def __init__(self, request: Request) -> None:
        first = dict(reversed(request.query))
        self.family, self.given = first.get("family", ""), request.values("given")
        self.gender = first.get("gender", "")
        self.postcode = first.get("address-postalcode", first.get("address-postcode", ""))
        self.dates = request.values("birthdate")
        self.is_fuzzy = first.get("_fuzzy-match") == "true"
        self.has_history = self.is_fuzzy or first.get("_history") == "true"

    def score(self, patient: Patient) -> float | None:
        """Made up: 1 for what is true now, a little less for each thing that is less than that."""
        if not all(holds(each, patient.born) for each in self.dates):
            return None
        if self.gender and self.gender != patient.gender:
            return None
        score = 1.0 if len(self.dates) == 1 else 0.95
        names = self._name_score(patient)
        if names is None:
            return None
        if self.postcode:
            if fits(self.postcode.replace(" ", ""), patient.postcode.replace(" ", "")):
                pass
            elif self.has_history and any(
                fits(self.postcode.replace(" ", ""), each.replace(" ", ""))
                for each in patient.former_postcodes
            ):
                score -= 0.02
            else:
                return None
        return round(score - names, 4)

    def _name_score(self, patient: Patient) -> float | None:
        names = [(patient.given, patient.family), *(patient.former if self.has_history else ())]
        for place, (given, family) in enumerate(names):
            less = 0.02 if place else 0.0
            if self._fits_names(given, family):
                return less
            if self.is_fuzzy and self._sounds_like(given, family):
                return less + 0.04
            if self.is_fuzzy and any(self._fits_names(family, first) for first in (given, *given.split())):
                return less + 0.04
        return None

    def _fits_names(self, given: str, family: str) -> bool:
        firsts = [given, *given.split()]
        return fits(self.family, family) and all(any(fits(g, first) for first in firsts) for g in self.given)

    def _sounds_like(self, given: str, family: str) -> bool:
        if self.family and soundex(self.family) != soundex(family):
            return False
        sounds = {soundex(first) for first in given.split()}
        return all(soundex(each) in sounds for each in self.given)


def holds(asked: str, born: str) -> bool:
    how, day = asked[:2], asked[2:]
    date.fromisoformat(day)
    return {"eq": born == day, "ge": born >= day, "le": born <= day}[how]


def fits(pattern: str, value: str) -> bool:
    return fnmatchcase(value.casefold(), pattern.casefold())


def soundex(name: str) -> str:
    codes = {letter: code for code, letters in SOUNDEX.items() for letter in letters}
    letters = [each for each in name.casefold() if each.isalpha()]
    if not letters:
        return ""
    sounds, last = letters[0].upper(), codes.get(letters[0], "")
    for letter in letters[1:]:
        code = codes.get(letter, "")
        if code and code != last:
            sounds += code
        if letter not in "hw":
            last = code
    return (sounds + "000")[:4]


SOUNDEX = {"1": "bfpv", "2": "cgjkqsxz", "3": "dt", "4": "l", "5": "mn", "6": "r"}


def resource(patient: Patient) -> dict[str, Any]:
    code = "R" if patient.is_restricted else "U"
    found: dict[str, Any] = {
        "resourceType": "Patient",
        "id": patient.number,
        "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": patient.number}],
        "meta": {"versionId": "1", "security": [{"code": code}]},
        "name": [{"use": "usual", "family": patient.family, "given": patient.given.split()}],
        "gender": patient.gender,
        "birthDate": patient.born,
    }
    if patient.birth_order is not None:
        found["multipleBirthInteger"] = patient.birth_order
    if patient.died:
        found["deceasedDateTime"] = patient.died
    if not patient.is_restricted:
        found["address"] = [{"use": "home", "line": ["1 Invented Street"], "postalCode": patient.postcode}]
        found["generalPractitioner"] = [{"identifier": {"value": "Y00001"}}]
    return found


def outcome(code: str, *, severity: str = "error") -> dict[str, Any]:
    """As the service words it: what was asked is repeated in `diagnostics`, which must go nowhere."""
    return {
        "resourceType": "OperationOutcome",
        "issue": [
            {
                "severity": severity,
                "code": "value",
                "details": {"coding": [{"version": "1", "code": code, "display": code.title()}]},
                "diagnostics": "Invalid value - 'Quillfeather' in field 'family'",
            }
        ],
    }


class InProcess:
    """Asks the fake without a network: for tests of what is asked and what is made of the answers."""

    def __init__(self, *patients: Patient) -> None:
        self.fake = FakePds(patients)
        self.instead: dict[int, Reply] = {}  # by the place of the question, from 0

    def search(self, search: Search) -> Reply:
        return self._ask("/Patient", search.parameters(), reply_to_search)

    def retrieve(self, number: NHSNumber) -> Reply:
        return self._ask(f"/Patient/{number.text}", [], reply_to_retrieval)

    def _ask(self, path: str, query: list[tuple[str, str]], read: Callable[[int, bytes], Reply]) -> Reply:
        request = Request(BASE + path, query, {"X-Request-ID": "00000000-0000-4000-8000-000000000000"})
        place = len(self.fake.asked)
        self.fake.asked.append(request)
        if place in self.instead:
            return self.instead[place]
        status, said = self.fake.answer(request)
        return read(status, json.dumps(said).encode())


@contextmanager
def fake_pds(*patients: Patient) -> Iterator[FakePds]:
    """The fake, listening on a free port of loopback until the block ends."""
    fake = FakePds(patients)

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._serve(b"")

        def do_POST(self) -> None:
            self._serve(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def _serve(self, body: bytes) -> None:
            parts = urlsplit(self.path)
            request = Request(parts.path, parse_qsl(parts.query), dict(self.headers.items()), body)
            if parts.path == "/oauth2/token" and not fake.trouble:
                fake.tokens_given.append(body)
                fake.token = f"token-{len(fake.tokens_given)}"
                self._send(200, json.dumps({"access_token": fake.token, "expires_in": "599"}).encode())
                return
            fake.asked.append(request)
            trouble = fake.trouble.pop(0) if fake.trouble else fake.always
            if trouble is None:
                status, said = fake.answer(request)
                self._send(status, json.dumps(said).encode())
                return
            if trouble.hangs:
                fake.released.wait(trouble.hangs)
            if trouble.hangs or trouble.hangs_up:
                self.close_connection = True
                return
            self._send(trouble.status, trouble.body, trouble.headers)

        def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/fhir+json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Tests read what was asked from `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    fake.root = f"http://127.0.0.1:{server.server_port}"
    fake.url = fake.root + BASE
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
