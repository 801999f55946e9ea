"""The client against the fake service on loopback: what it sends, how it waits, what it makes of trouble."""

import json
from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from fake_pds import BASE, Patient, Trouble, fake_pds, outcome

from sightline.identity.pds.client import ATTEMPTS, PdsAccess, PdsClient, may_connect
from sightline.identity.pds.dates import as_recorded
from sightline.identity.pds.outcomes import Answer
from sightline.identity.pds.queries import Search
from sightline.vocabulary.identifiers import NHSNumber

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

WREN = Patient("9410000033", "Quillfeather", "Wren", "2015-03-07", gender="female", birth_order=1)
SEARCH = Search(as_recorded(date(2015, 3, 7)), "Quillfeather", "Wren", postcode="ZZ993WZ")
NUMBER = NHSNumber(WREN.number)


@pytest.fixture
def fake():
    with fake_pds(replace(WREN)) as serving:
        yield serving


class Waits:
    """A clock that moves only when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waited: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waited.append(round(seconds, 3))
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture
def waits():
    return Waits()


@pytest.fixture
def client(fake, waits):
    return client_of(fake, waits)


def client_of(fake, waits, *, timeout=5.0, **access):
    return PdsClient(PdsAccess(fake.url, **access), timeout=timeout, wait=waits, clock=waits.clock)


def long_waits(waits):
    """Waits between attempts, without those that keep the pace."""
    return [each for each in waits.waited if each >= 1]


def test_one_patient_comes_back_with_score_and_only_what_is_needed(client):
    reply = client.search(SEARCH)
    assert (reply.answer, reply.score) == (Answer.ONE, 1.0)
    assert (reply.patient.nhs_number, reply.patient.born_on) == (WREN.number, "2015-03-07")
    assert "Invented Street" not in str(vars_of(reply.patient))


def vars_of(patient):
    return {name: getattr(patient, name) for name in patient.__slots__}


def test_a_request_names_itself_and_carries_no_cookie_body_or_token(client, fake):
    client.search(SEARCH)
    client.search(SEARCH)
    first, second = fake.asked
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]
    assert not {"Cookie", "Authorization", "Referer"} & set(first.headers)
    assert first.body == b""


def test_the_organisation_asked_for_is_named(fake, waits):
    client_of(fake, waits, organisation="A1001").search(SEARCH)
    assert fake.asked[0].headers["Nhsd-End-User-Organisation-Ods"] == "A1001"


def test_nobody_found_is_none_and_several_are_many(client, fake):
    assert client.search(Search(SEARCH.dates, "Penhaligon")).answer is Answer.NONE
    fake.patients["9410000041"] = Patient("9410000041", "Quillfeather", "Wren", "2015-03-07")
    reply = client.search(SEARCH)
    assert (reply.answer, reply.detail) == (Answer.MANY, "TOO_MANY_MATCHES")


def test_a_restricted_patient_is_marked_and_hidden_from_a_search_with_a_postcode(client, fake):
    fake.patients[WREN.number].is_restricted = True
    assert client.search(SEARCH).answer is Answer.NONE
    reply = client.search(Search(SEARCH.dates, "Quillfeather", "Wren"))
    assert reply.answer is Answer.ONE and reply.patient.is_restricted


@pytest.mark.parametrize(
    ("number", "answer", "detail"),
    [
        ("9410000041", Answer.NONE, "RESOURCE_NOT_FOUND"),
        ("9410000068", Answer.INVALIDATED, "INVALIDATED_RESOURCE"),
        ("9410000076", Answer.ONE, ""),
    ],
)
def test_a_number_is_known_unknown_given_up_or_replaced(client, fake, number, answer, detail):
    fake.patients["9410000068"] = Patient("9410000068", "Penn", "Ivy", "2014-01-02", is_invalidated=True)
    fake.patients["9410000076"] = Patient(
        "9410000076", "Penn", "Ivy", "2014-01-02", superseded_by=WREN.number
    )
    reply = client.retrieve(NHSNumber(number))
    assert (reply.answer, reply.detail) == (answer, detail)
    if answer is Answer.ONE:
        assert reply.patient.nhs_number == WREN.number


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_fails_for_a_while_is_sent_again_under_the_same_request_number(client, fake, waits, status):
    fake.trouble = [Trouble(status), Trouble(status, body=json.dumps(outcome("TOO_MANY_REQUESTS")).encode())]
    assert client.search(SEARCH).answer is Answer.ONE
    assert len(fake.asked) == 3
    assert len({each.headers["X-Request-Id"] for each in fake.asked}) == 1
    assert long_waits(waits) == [1.0, 2.0]


def test_pds_says_how_long_to_wait(client, fake, waits):
    fake.trouble = [Trouble(429, headers={"Retry-After": "7"})]
    assert client.search(SEARCH).answer is Answer.ONE
    assert long_waits(waits) == [7.0]


def test_a_wait_may_be_given_as_a_moment(client, fake, waits):
    fake.trouble = [Trouble(503, headers={"Retry-After": "Thu, 01 Jan 2015 00:00:00 GMT"})]
    assert client.search(SEARCH).answer is Answer.ONE
    assert waits.waited[0] == 0.0


def test_a_wait_that_is_too_long_ends_in_a_failure_that_says_so(client, fake, waits):
    fake.trouble = [Trouble(429, headers={"Retry-After": "3600"})]
    reply = client.search(SEARCH)
    assert (reply.answer, reply.retry_after) == (Answer.FAILED, 3600)
    assert long_waits(waits) == []
    assert client.search(SEARCH).answer is Answer.FAILED
    assert len(fake.asked) == 1  # nothing is sent while PDS wants us to wait
    waits.now += 3600
    assert client.search(SEARCH).answer is Answer.ONE


def test_what_goes_on_failing_is_a_failure_after_a_few_attempts(client, fake, waits):
    fake.always = Trouble(503)
    reply = client.search(SEARCH)
    assert (reply.answer, reply.detail) == (Answer.FAILED, "http_503")
    assert len(fake.asked) == ATTEMPTS
    assert long_waits(waits) == [1.0, 2.0, 4.0]


def test_an_outage_is_waited_out_once_and_not_again_at_each_question(client, fake, waits):
    fake.always = Trouble(503)
    client.search(SEARCH)
    client.search(SEARCH)
    assert len(fake.asked) == ATTEMPTS + 1
    fake.always = None
    assert client.search(SEARCH).answer is Answer.ONE
    fake.trouble = [Trouble(503)]
    assert client.search(SEARCH).answer is Answer.ONE


def test_a_service_that_never_answers_is_a_failure(fake, waits):
    fake.always = Trouble(hangs=30)
    reply = client_of(fake, waits, timeout=0.05).search(SEARCH)
    assert (reply.answer, reply.detail) == (Answer.FAILED, "unreachable")


def test_a_connection_that_breaks_is_a_failure_and_tried_again(client, fake):
    fake.trouble = [Trouble(hangs_up=True)]
    assert client.search(SEARCH).answer is Answer.ONE


def test_a_service_that_is_not_there_is_a_failure(fake, waits):
    gone = PdsAccess("http://127.0.0.1:1" + BASE)
    reply = PdsClient(gone, wait=waits, clock=waits.clock).search(SEARCH)
    assert (reply.answer, reply.detail) == (Answer.FAILED, "unreachable")


BUNDLE = {"resourceType": "Bundle", "type": "searchset"}
A_PATIENT = {"resourceType": "Patient", "id": WREN.number}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Sign in</html>",
        b"[" * 100_000,
        b"\xff\xfe{}",
        b"[]",
        b"{}",
        json.dumps({"resourceType": "Patient"}).encode(),
        json.dumps(BUNDLE | {"total": 1}).encode(),
        json.dumps(BUNDLE | {"total": "none"}).encode(),
        json.dumps(BUNDLE | {"total": 0, "entry": None}).encode(),
        json.dumps(BUNDLE | {"total": 1, "entry": [{"resource": A_PATIENT}]}).encode(),
        json.dumps(
            BUNDLE | {"total": 1, "entry": [{"resource": A_PATIENT, "search": {"score": 7}}]}
        ).encode(),
        json.dumps(
            BUNDLE
            | {"total": 1, "entry": [{"resource": {**A_PATIENT, "id": "9410000034"}, "search": {"score": 1}}]}
        ).encode(),
        json.dumps(outcome("SOMETHING_NEW")).encode(),
        b'{"resourceType": "Bundle", "total": 0, "x": "' + b"y" * 1_000_001 + b'"}',
    ],
    ids=range(15),
)
def test_an_answer_that_is_not_what_pds_says_it_sends_is_a_failure_and_never_nobody(client, fake, body):
    fake.always = Trouble(200, body=body)
    assert client.search(SEARCH).answer is Answer.FAILED


@pytest.mark.parametrize("body", [b"", b"Not found", b'{"fault": {"faultstring": "no such proxy"}}'])
def test_a_page_that_is_not_there_is_a_wrong_address_and_not_an_absent_patient(client, fake, body):
    fake.always = Trouble(404, body=body)
    assert client.retrieve(NUMBER).answer is Answer.FAILED
    assert client.search(SEARCH).answer is Answer.FAILED


def test_a_search_that_pds_refuses_is_a_failure_and_not_sent_again(client, fake):
    fake.always = Trouble(400, body=json.dumps(outcome("INVALID_SEARCH_DATA")).encode())
    reply = client.search(SEARCH)
    assert (reply.answer, reply.detail) == (Answer.FAILED, "INVALID_SEARCH_DATA")
    assert len(fake.asked) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_where_we_may_not_ask_we_are_told_so_at_once(client, fake, status):
    fake.always = Trouble(status, body=json.dumps(outcome("ACCESS_DENIED")).encode())
    assert client.search(SEARCH).answer is Answer.NOT_ALLOWED
    assert len(fake.asked) == 1


def test_a_redirection_is_not_followed(client, fake):
    with fake_pds(WREN) as elsewhere:
        fake.always = Trouble(302, headers={"Location": elsewhere.url + "/Patient?family=Quillfeather"})
        assert client.search(SEARCH).answer is Answer.FAILED
        assert elsewhere.asked == []


def test_requests_keep_the_pace_that_pds_allows(client, waits):
    for _ in range(11):
        client.retrieve(NUMBER)
    assert waits.now == pytest.approx(2.0)


def test_no_failure_raises_shows_or_keeps_what_was_asked(client, fake, capfd, caplog):
    for trouble in (
        Trouble(500),
        Trouble(hangs_up=True),
        Trouble(400, body=json.dumps(outcome("X_Y")).encode()),
    ):
        fake.always = trouble
        reply = client.search(SEARCH)
        kept = f"{reply!r} {reply.detail} {reply.request_id} {client!r}"
        assert "Quill" not in kept and "ZZ99" not in kept
    out, err = capfd.readouterr()
    assert (out, err, caplog.text) == ("", "", "")


def test_a_token_is_fetched_with_a_signed_statement_and_used_until_it_runs_out(fake, waits, tmp_path):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = tmp_path / "key.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    token_url = f"{fake.root}/oauth2/token"
    client = client_of(fake, waits, token_url=token_url, api_key="app", key_id="kid-1", key_file=str(file))
    assert client.search(SEARCH).answer is Answer.ONE
    assert client.search(SEARCH).answer is Answer.ONE
    assert len(fake.tokens_given) == 1
    waits.now += 570
    assert client.search(SEARCH).answer is Answer.ONE
    assert len(fake.tokens_given) == 2
    header, claims = said_in(fake.tokens_given[0], key.public_key())
    assert header == {"alg": "RS512", "typ": "JWT", "kid": "kid-1"}
    assert (claims["iss"], claims["sub"], claims["aud"]) == ("app", "app", token_url)
    fake.token = "revoked before its time"
    assert client.search(SEARCH).answer is Answer.ONE
    assert len(fake.tokens_given) == 3
    fake.always = Trouble(401)
    before = len(fake.asked)
    assert client.search(SEARCH).answer is Answer.NOT_ALLOWED
    assert len(fake.asked) == before + 2


def said_in(form: bytes, public_key):
    import base64
    from urllib.parse import parse_qs

    fields = parse_qs(form.decode())
    assert fields["grant_type"] == ["client_credentials"]
    parts = fields["client_assertion"][0].split(".")
    header, claims, signature = (base64.urlsafe_b64decode(part + "==") for part in parts)
    public_key.verify(signature, ".".join(parts[:2]).encode(), padding.PKCS1v15(), hashes.SHA512())
    return json.loads(header), json.loads(claims)


@pytest.mark.parametrize(
    "content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_key_that_cannot_be_read_stops_the_asking_before_anything_is_sent(fake, waits, tmp_path, content):
    file = tmp_path / "key.pem"
    file.write_bytes(content)
    client = client_of(
        fake, waits, token_url=f"{fake.root}/oauth2/token", api_key="app", key_id="k", key_file=str(file)
    )
    reply = client.search(SEARCH)
    assert (reply.answer, reply.detail) == (Answer.NOT_ALLOWED, "key_cannot_be_read")
    assert fake.asked == []


@pytest.mark.parametrize(
    ("access", "is_allowed"),
    [
        (PdsAccess(""), False),
        (PdsAccess("http://int.api.service.nhs.uk/personal-demographics/FHIR/R4"), False),
        (PdsAccess("http://127.0.0.1.example.org/"), False),
        (PdsAccess("ftp://127.0.0.1/"), False),
        (PdsAccess("https://sandbox.api.service.nhs.uk/personal-demographics/FHIR/R4"), True),
        (PdsAccess("https://a.nhs.uk", token_url="http://a.nhs.uk/token"), False),
        (PdsAccess("https://a.nhs.uk", token_url="https://a.nhs.uk/token"), False),
        (PdsAccess("https://a.nhs.uk", "https://a.nhs.uk/token", "app", "kid", "key.pem"), True),
        (PdsAccess("http://127.0.0.1:8000"), True),
    ],
)
def test_pds_is_asked_only_where_it_is_configured_and_never_in_the_clear(access, is_allowed):
    decision = may_connect(access)
    assert bool(decision) is is_allowed
    assert is_allowed or "othing was sent" in decision.reason


def test_an_error_inside_the_network_layer_does_not_carry_the_address_out(client, monkeypatch):
    def broken(*_args, **_more):
        raise OSError(f"cannot open {SEARCH.parameters()}")

    monkeypatch.setattr(client._opener, "open", broken)
    reply = client.search(SEARCH)
    assert (reply.answer, reply.detail) == (Answer.FAILED, "unreachable")
