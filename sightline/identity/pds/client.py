"""The one module that speaks to PDS, and the only one of Sightline that uses the network.

It sends a request only to the address that is configured, over TLS, follows no redirection, and holds to the
pace that PDS allows. What fails for a while is asked again under the same request number; what goes on
failing is an answer of its own. Names and numbers stand in addresses of requests, so no error of the network
layer leaves this module, and nothing is logged.
"""

import http.client
import json
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from sightline.identity.pds.authorising import assertion
from sightline.identity.pds.outcomes import Answer, Reply
from sightline.identity.pds.queries import Search
from sightline.identity.pds.reading_answers import MALFORMED, reply_to_retrieval, reply_to_search
from sightline.vocabulary.decisions import Decision, allowed, refused
from sightline.vocabulary.identifiers import NHSNumber

PER_SECOND = 5
"""What PDS allows an application."""

TIMEOUT = 15.0
ATTEMPTS = 4
FIRST_WAIT = 1.0
LONGEST_WAIT = 60
"""Seconds. Where PDS wants us to wait longer, the question has failed for now and a later run asks it."""

MOST_BYTES = 1_000_000
TO_BE_SENT_AGAIN = frozenset((408, 429, 500, 502, 503, 504))
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
UNREACHABLE, TOLD_TO_WAIT = "unreachable", "told_to_wait"


@dataclass(frozen=True, slots=True, repr=False)
class PdsAccess:
    """Where PDS is and how we may ask it. Without `token_url` requests carry no token (the sandbox)."""

    url: str
    token_url: str = ""
    api_key: str = ""
    key_id: str = ""
    key_file: str = ""
    organisation: str = ""  # ODS code of the body on whose behalf is asked


def may_connect(access: PdsAccess) -> Decision:
    """Off until it is configured, and then never in the clear."""
    if not access.url:
        return refused(
            "Tracing NHS numbers is off: no address of PDS is configured. Nothing was sent. "
            "docs/how-to/trace-nhs-numbers.md says what has to be agreed before it is switched on.",
            basis="identity.pds",
        )
    for address in filter(None, (access.url, access.token_url)):
        parts = urllib.parse.urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            return refused(
                "The address of PDS must begin with https. Nothing was sent.", basis="identity.pds"
            )
    if access.token_url and not (access.api_key and access.key_id and access.key_file):
        return refused(
            "A token needs SIGHTLINE_PDS_API_KEY, SIGHTLINE_PDS_KEY_ID and SIGHTLINE_PDS_KEY_FILE. "
            "Nothing was sent.",
            basis="identity.pds",
        )
    return allowed(basis="identity.pds")


@dataclass(frozen=True, slots=True, repr=False)
class _Response:
    """What came back. Status 0: nothing did."""

    status: int
    body: bytes = b""
    retry_after: int | None = None


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    """A redirection would carry a child's details to an address that nobody agreed to."""

    def redirect_request(self, *args: Any, **more: Any) -> None:
        return None


class PdsClient:
    """Asks PDS, one question at a time. Every call comes back with a `Reply`."""

    def __init__(
        self,
        access: PdsAccess,
        *,
        timeout: float = TIMEOUT,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._access = access
        self._timeout = timeout
        self._wait = wait
        self._clock = clock
        self._next_at = 0.0
        self._not_before = 0.0
        self._is_out_of_reach = False
        self._token = ""
        self._token_until = 0.0
        handlers: list[urllib.request.BaseHandler] = [
            _NoRedirection(),
            urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        ]
        if urllib.parse.urlsplit(access.url).hostname in LOOPBACK:
            handlers.append(urllib.request.ProxyHandler({}))
        self._opener = urllib.request.build_opener(*handlers)

    def search(self, search: Search) -> Reply:
        query = urllib.parse.urlencode(search.parameters())
        return self._ask(f"/Patient?{query}", reply_to_search)

    def retrieve(self, number: NHSNumber) -> Reply:
        return self._ask(f"/Patient/{number.text}", reply_to_retrieval)

    def _ask(self, path: str, read: Callable[[int, bytes], Reply]) -> Reply:
        """Send a request until it is answered or has failed often enough, under one request number.

        After one that went on failing the next is sent once, so that an outage is soon seen for what it is.
        """
        if self._clock() < self._not_before:
            return Reply(Answer.FAILED, detail=TOLD_TO_WAIT)
        attempts = 1 if self._is_out_of_reach else ATTEMPTS
        self._is_out_of_reach = False
        request_id = str(uuid.uuid4())
        for attempt in range(attempts):
            reply, again, after = self._once(path, request_id, read)
            if not again:
                break
            if after is not None and after > LONGEST_WAIT:
                self._not_before = self._clock() + after
                return replace(reply, request_id=request_id, retry_after=after)
            if attempt + 1 < attempts:
                self._wait(float(after) if after is not None else FIRST_WAIT * 2**attempt)
        else:
            self._is_out_of_reach = True
        return replace(reply, request_id=request_id)

    def _once(
        self, path: str, request_id: str, read: Callable[[int, bytes], Reply]
    ) -> tuple[Reply, bool, int | None]:
        """One attempt: the answer, whether to try again, and how long PDS wants us to wait before.

        A token that has run out before its time is renewed once.
        """
        for _ in range(2):
            if (refusal := self._authorise()) is not None:
                return refusal, refusal.answer is Answer.FAILED, None
            response = self._send(self._request(path, request_id))
            if response.status != 401 or not self._token:
                break
            self._token = ""
        if not response.status:
            return Reply(Answer.FAILED, detail=UNREACHABLE), True, None
        reply = read(response.status, response.body)
        again = response.status in TO_BE_SENT_AGAIN or reply.detail == MALFORMED
        return reply, again, response.retry_after

    def _request(self, path: str, request_id: str) -> urllib.request.Request:
        headers = {
            "Accept": "application/fhir+json",
            "X-Request-ID": request_id,
            "X-Correlation-ID": str(uuid.uuid4()),
        }
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        if self._access.organisation:
            headers["NHSD-End-User-Organisation-ODS"] = self._access.organisation
        address = self._access.url.rstrip("/") + path
        return urllib.request.Request(address, headers=headers)  # noqa: S310 - may_connect judged the scheme

    def _send(self, request: urllib.request.Request) -> _Response:
        self._keep_pace()
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return _Response(answer.status, _within_limit(answer.read(MOST_BYTES + 1)))
        except urllib.error.HTTPError as error:
            with error:
                return _Response(error.code, _body_of(error), _retry_after(error.headers))
        except (OSError, http.client.HTTPException, ValueError):
            return _Response(0)

    def _keep_pace(self) -> None:
        now = self._clock()
        if now < self._next_at:
            self._wait(self._next_at - now)
        self._next_at = max(now, self._next_at) + 1 / PER_SECOND

    def _authorise(self) -> Reply | None:
        """Make sure of a token where one is needed; a reply says why there is none."""
        access = self._access
        if not access.token_url or (self._token and self._clock() < self._token_until):
            return None
        try:
            key = Path(access.key_file).read_bytes()
            signed = assertion(
                key,
                api_key=access.api_key,
                key_id=access.key_id,
                audience=access.token_url,
                expires_at=int(time.time()) + 240,
                number=str(uuid.uuid4()),
            )
        except (OSError, ValueError):
            return Reply(Answer.NOT_ALLOWED, detail="key_cannot_be_read")
        form = urllib.parse.urlencode(
            {
                "grant_type": "client_credentials",
                "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion": signed,
            }
        )
        request = urllib.request.Request(access.token_url, data=form.encode("ascii"), method="POST")  # noqa: S310
        return self._take_token(self._send(request))

    def _take_token(self, response: _Response) -> Reply | None:
        if 400 <= response.status < 500 and response.status not in TO_BE_SENT_AGAIN:
            return Reply(Answer.NOT_ALLOWED, detail="no_token_given")
        try:
            given = json.loads(response.body)
            self._token = str(given["access_token"])
            # Renewed half a minute early, so that no request sets out with one that runs out on its way.
            self._token_until = self._clock() + max(0, int(given["expires_in"]) - 30)
        except (ValueError, KeyError, TypeError, RecursionError):
            return Reply(Answer.FAILED, detail="no_token_answer")
        return None


def _within_limit(body: bytes) -> bytes:
    """An answer about one patient that is longer than this is none."""
    return body if len(body) <= MOST_BYTES else b""


def _body_of(error: urllib.error.HTTPError) -> bytes:
    try:
        return _within_limit(error.read(MOST_BYTES + 1))
    except (OSError, http.client.HTTPException):
        return b""


def _retry_after(headers: Message) -> int | None:
    """Seconds to wait: PDS gives a number or a date."""
    text = (headers.get("Retry-After") or "").strip()
    if text.isdecimal():
        return int(text)
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0, int((until - datetime.now(UTC)).total_seconds()))
