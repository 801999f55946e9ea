"""Taking in agencies' extracts, all of one or nothing, and taking one back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone

from sightline.access.actions import record_act
from sightline.intake.accounting import Counts
from sightline.intake.declaration import CannotBeRead, Delivery, Format, Header, Rule
from sightline.intake.formats import format_named
from sightline.intake.loading import (
    LoadStopped,
    Remainder,
    check_balance,
    code_version,
    digest_of,
    is_intact,
    remove_records,
    store,
    store_records,
)
from sightline.intake.mapping import ColumnMap, check_can_be_mapped, read_mapping
from sightline.intake.models import Agency, Extract, ExtractState, NothingTold
from sightline.intake.permitting import may_load, may_replace, may_withdraw
from sightline.intake.reading.faults import cannot_be_read
from sightline.intake.recognising import format_of
from sightline.intake.sources import Source
from sightline.intake.storing import Chunk, count_stored
from sightline.intake.superseding import replace_rows, restore_rows, withdraw_rows
from sightline.intake.turns import turn_of
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.decisions import Decision, Refusal, require
from sightline.vocabulary.events import Nothing
from sightline.vocabulary.findings import Finding, Place, Severity
from sightline.vocabulary.progress import Progress, silent

NOT_TAKEN = Rule("file.not_taken", Severity.ERROR, "{reason}")
"""A file of a folder that was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadResult:
    """What a load did. `said` are sentences for whoever loads: an agency met first, an extract replaced.

    Its findings are in the database: `lookups.findings_of(extract)`.
    """

    extract: int
    agency: str
    format: str
    file_name: str
    was_held_already: bool
    counts: Counts
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderResult:
    """What loading a folder did: the extracts taken, and for each file that was not, why."""

    loaded: tuple[LoadResult, ...]
    not_loaded: tuple[Finding, ...]


def load_extract(
    path: Path,
    *,
    agency: str,
    by: str,
    as_of: date,
    format_name: str = "",
    mapping: Path | None = None,
    progress: Progress = silent,
) -> LoadResult:
    """Load one file of an agency: every record accepted or refused with its findings, or nothing at all.

    The same bytes again change nothing. A later extract of the same delivery replaces the earlier one, or
    the records of it that it names. A load that was killed is taken up where it stood by the same call.
    Raises `CannotBeRead` where the file as a whole is none, `Refusal` where it may not be this agency's,
    `LoadStopped` where the database gives out.
    """
    code = agency.strip()
    require(may_load(code, by=by))
    mapped = read_mapping(mapping) if mapping else None
    if mapped:
        require(mapped.may_be_used(agency=code, format_name=format_name))
    source = Source(path, reshaping=mapped.reshaping if mapped else None)
    if mapped:
        check_can_be_mapped(source)
    form = format_of(source, named=mapped.format if mapped else format_name, is_mapped=mapped is not None)
    with turn_of(code):
        try:
            load = _Load(source, form, mapped, agency=code, by=by, as_of=as_of, progress=progress)
            return load.run()
        except DatabaseError as failed:
            reason = str(failed).strip().partition("\n")[0]
            raise LoadStopped(
                f"Nothing of {path.name} can be seen: the database could not take it ({reason}). Make sure "
                "that the disk has room, then run the same command again: it goes on where it stopped."
            ) from failed


def load_folder(
    folder: Path,
    *,
    agency: str,
    by: str,
    as_of: date,
    format_name: str = "",
    mapping: Path | None = None,
    progress: Progress = silent,
) -> FolderResult:
    """Load every file of a folder as an extract of its own. One that cannot be read stops no other."""
    load = partial(load_extract, agency=agency, by=by, as_of=as_of, format_name=format_name)
    loaded, not_loaded = [], []
    for path in sorted(path for path in folder.iterdir() if path.name[0] not in ".~"):
        try:
            loaded.append(load(path, mapping=mapping, progress=progress))
        except CannotBeRead as failed:
            not_loaded.append(failed.finding)
        except FileNotFoundError:
            not_loaded.append(cannot_be_read("not_a_file", path.name).finding)
        except Refusal as failed:
            not_loaded.append(NOT_TAKEN.at(Place(path.name), reason=str(failed)))
    return FolderResult(loaded=tuple(loaded), not_loaded=tuple(not_loaded))


class _Load:
    """One call of `load_extract`, in the agency's turn."""

    def __init__(
        self,
        source: Source,
        form: Format,
        mapped: ColumnMap | None,
        *,
        agency: str,
        by: str,
        as_of: date,
        progress: Progress,
    ) -> None:
        self.source = source
        self.form = form
        self.agency = agency
        self.by = by.strip()
        self.as_of = as_of
        self.progress = progress
        self.mapping = mapped.digest if mapped else ""
        self.said: list[str] = []

    def run(self) -> LoadResult:
        sha256 = digest_of(self.source.path)
        if held := self._held_already(sha256):
            return held
        try:
            header = self.form.header(self.source)
        except CannotBeRead as failed:
            self._keep_stopped(sha256, failed.finding)
            raise
        require(may_replace(self.form, header, agency=self.agency))
        extract = self._begun(sha256, header)
        try:
            rest = store_records(self.source, self.form, header, extract=extract, progress=self.progress)
            self._make_visible(extract, rest)
        except CannotBeRead as failed:
            _stop(extract, failed.finding, by=self.by)
            raise
        except LoadStopped as failed:
            _stop(extract, None, by=self.by, because=str(failed))
            raise
        return self._result(extract, rest.counts)

    def _held_already(self, sha256: str) -> LoadResult | None:
        same = Extract.objects.filter(
            sha256=sha256, agency=self.agency, format=self.form.name, mapping=self.mapping
        )
        held = same.filter(state__in=(ExtractState.LOADED, ExtractState.SUPERSEDED)).order_by("-pk").first()
        if held is None:
            other = Extract.objects.filter(sha256=sha256, state=ExtractState.LOADED, read__gt=0)
            for extract in other.exclude(agency=self.agency)[:1]:
                self.said.append(
                    f"The very same file was loaded as an extract of {extract.agency_id} ({extract}): is it "
                    f"{self.agency}'s?"
                )
            return None
        later = f", and {held.superseded_by} has replaced it since" if held.superseded_by else ""
        self.said.append(f"The same file was loaded on {held.received_at:%Y-%m-%d} as {held}{later}.")
        counts = Counts(**{name: getattr(held, name) for name in Counts().as_dict()})
        return self._result(held, counts, was_held_already=True)

    def _begun(self, sha256: str, header: Header) -> Extract:
        """The extract that this load fills: one that was killed half way, or a new one."""
        unfinished = Extract.objects.filter(
            agency=self.agency, format=self.form.name, state=ExtractState.LOADING
        )
        taken_up = None
        for extract in unfinished:
            is_same = extract.sha256 == sha256 and extract.mapping == self.mapping
            if is_same and extract.code_version == code_version() and is_intact(extract):
                taken_up = extract
            else:
                because = "Its load was stopped half way and another was begun instead."
                _stop(extract, None, by=self.by, because=because)
        if taken_up is not None:
            self.said.append(f"Took up a load that had stopped after {taken_up.read:,} records.")
            return taken_up
        with transaction.atomic():
            self._register_agency(header)
            return self._new_extract(sha256, header, ExtractState.LOADING)

    def _register_agency(self, header: Header) -> None:
        agency, is_new = Agency.objects.get_or_create(
            code=self.agency, defaults={"name": self.agency, "kind": self.form.kinds[0].value}
        )
        if is_new:
            kind = self.form.kinds[0].label
            self.said.append(f"{self.agency} was not known and is registered as an agency of {kind.lower()}.")
            record_act("intake.register_agency", by=self.by, thing_kind="agency", thing_id=self.agency)
        if header.sender and self.form.name not in agency.stated_senders:
            agency.stated_senders = {**agency.stated_senders, self.form.name: header.sender}
            agency.save(update_fields=["stated_senders"])

    def _new_extract(self, sha256: str, header: Header, state: ExtractState) -> Extract:
        return Extract.objects.create(
            agency_id=self.agency,
            format=self.form.name,
            collection=header.collection,
            sender=header.sender,
            file_name=self.source.name,
            sha256=sha256,
            size=self.source.size,
            made_on=header.made_on,
            received_at=timezone.now(),
            by=self.by,
            as_of=self.as_of,
            mapping=self.mapping,
            code_version=code_version(),
            state=state,
        )

    def _keep_stopped(self, sha256: str, finding: Finding) -> None:
        """Remember a file that could not even be begun, where the agency is one we know."""
        if Agency.objects.filter(code=self.agency).exists():
            with transaction.atomic():
                extract = self._new_extract(sha256, Header(), ExtractState.LOADING)
            _stop(extract, finding, by=self.by)

    @transaction.atomic
    def _make_visible(self, extract: Extract, rest: Remainder) -> None:
        """The one moment at which an extract is there: before it nothing of it is seen, after it all."""
        counts = rest.counts
        store(rest.chunk, extract, counts)
        check_balance(extract, counts)
        record_act(
            "intake.load_extract",
            by=self.by,
            thing_kind="extract",
            thing_id=str(extract.pk),
            fields=["state"],
        )
        if self.form.delivery is Delivery.WHOLE:
            for earlier in _of_same_delivery(extract):
                self.said.append(f"It replaces {earlier}, which is kept.")
                if counts.read * 2 < earlier.read:
                    self.said.append(
                        f"That one had {earlier.read:,} records, and this one has {counts.read:,}. If it was "
                        "cut off or is only a part, withdraw it: the earlier one then counts again."
                    )
                Extract.objects.filter(pk=earlier.pk).update(
                    state=ExtractState.SUPERSEDED, superseded_by=extract
                )
        elif replaced := replace_rows(extract):
            self.said.append(f"{replaced:,} rows of earlier extracts were replaced, and are kept.")
        if counts.withdrawals:
            withdrawn = withdraw_rows(extract)
            self.said.append(f"{withdrawn:,} rows of earlier extracts were withdrawn, as the sender asks.")
        Extract.objects.filter(pk=extract.pk).update(
            state=ExtractState.LOADED, change_number=_next_change_number()
        )

    def _result(self, extract: Extract, counts: Counts, *, was_held_already: bool = False) -> LoadResult:
        return LoadResult(
            extract=extract.pk,
            agency=self.agency,
            format=self.form.name,
            file_name=self.source.name,
            was_held_already=was_held_already,
            counts=counts,
            said=tuple(self.said),
        )


def _of_same_delivery(extract: Extract) -> Sequence[Extract]:
    same = Extract.objects.filter(
        agency=extract.agency_id,
        format=extract.format,
        collection=extract.collection,
        state=ExtractState.LOADED,
    )
    return list(same.exclude(pk=extract.pk))


def _next_change_number() -> int:
    """Acts are recorded one after the other, so that no two changes take one number."""
    return (Extract.objects.aggregate(last=Max("change_number"))["last"] or 0) + 1


def _stop(extract: Extract, finding: Finding | None, *, by: str, because: str = "") -> None:
    """End a load that cannot be finished: its records go, its findings stay for the report to the sender."""
    remove_records(extract, keep_findings=finding is not None)
    with transaction.atomic():
        record_act("intake.stop_extract", by=by, thing_kind="extract", thing_id=str(extract.pk))
        kept = 0
        if finding is not None:
            chunk = Chunk(extract.pk, extract.agency_id)
            chunk.add_about_file([finding])
            chunk.store()
            kept = count_stored(extract.pk)["findings"]
        Extract.objects.filter(pk=extract.pk).update(
            state=ExtractState.STOPPED,
            stopped_because=because or (finding.sentence if finding else ""),
            **(Counts(findings=kept).as_dict()),
        )


@transaction.atomic
def withdraw_extract(extract: int, *, why: str, by: str) -> None:
    """Take back an extract that should not have been loaded; what it replaced counts again.

    Raises `Refusal` where it does not count or no reason is given.
    """
    held = Extract.objects.select_for_update().get(pk=extract)
    require(may_withdraw(held, why=why))
    record_act(
        "intake.withdraw_extract",
        by=by,
        thing_kind="extract",
        thing_id=str(extract),
        fields=["state"],
        why=why,
    )
    restore_rows(held)
    Extract.objects.filter(superseded_by=held).update(state=ExtractState.LOADED, superseded_by=None)
    Extract.objects.filter(pk=extract).update(
        state=ExtractState.WITHDRAWN, change_number=_next_change_number()
    )
    # A row that comes back may have been named by an extract later than this one.
    for later in Extract.objects.filter(
        agency=held.agency_id, format=held.format, state=ExtractState.LOADED, pk__gt=extract
    ).order_by("pk"):
        _replace_again(later)


def _replace_again(extract: Extract) -> None:
    form = format_named(extract.format)
    if form and form.delivery is Delivery.CHANGES:
        replace_rows(extract)
    withdraw_rows(extract)


@transaction.atomic
def register_agency(code: str, *, name: str, kind: AgencyKind, by: str) -> None:
    """Name an agency and say what it is, before or after its first extract."""
    require(may_load(code.strip(), by=by))
    Agency.objects.update_or_create(code=code.strip(), defaults={"name": name.strip(), "kind": kind.value})
    record_act(
        "intake.register_agency",
        by=by,
        thing_kind="agency",
        thing_id=code.strip(),
        fields=["name", "kind"],
    )


@transaction.atomic
def record_nothing_told(agency: str, *, kind: Nothing, asked_on: date, by: str, record_id: str = "") -> int:
    """Keep that an agency was asked and told nothing, of one record or of all. Raises `Refusal`."""
    require(
        Decision(
            allowed=Agency.objects.filter(code=agency).exists(),
            reason=f"There is no agency {agency}: register it first.",
            basis="intake",
        )
    )
    told = NothingTold.objects.create(
        agency_id=agency, record_id=record_id, kind=kind.value, asked_on=asked_on, by=by
    )
    record_act("intake.record_nothing_told", by=by, thing_kind="agency", thing_id=agency, fields=["kind"])
    return told.pk
