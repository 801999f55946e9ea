"""What agencies have sent: who they are, each extract, and every record of it, accepted or refused.

A row of a person or an event counts where its extract is `loaded` and no later extract has replaced it. What
is replaced or withdrawn stays, so that what was known on a day can be shown later.
"""

from django.db import models

from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import Code, Sex
from sightline.vocabulary.events import DatePrecision, EventKind, EventSensitivity, Nothing, StatementType


class ExtractState(Code):
    LOADING = "loading", "Being loaded: nobody sees it yet"
    LOADED = "loaded", "Loaded"
    SUPERSEDED = "superseded", "Replaced by a later extract"
    WITHDRAWN = "withdrawn", "Withdrawn"
    STOPPED = "stopped", "Not taken: nothing of it is held"


class Agency(models.Model):
    """One body that sends extracts. `stated_senders` is what its files say of their sender, by format."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    kind = models.TextField(choices=AgencyKind.choices())
    stated_senders = models.JSONField(default=dict)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(code=""), name="agency_has_code")]

    def __str__(self) -> str:
        return self.code


class Extract(models.Model):
    """One file as it was loaded, or tried to be. While it is `loading`, its counts say how far it is."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="extracts")
    format = models.TextField()
    collection = models.TextField(blank=True)
    sender = models.TextField(blank=True)
    file_name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    made_on = models.DateField(null=True)
    received_at = models.DateTimeField()
    by = models.TextField()
    as_of = models.DateField()  # the day its records were judged against
    mapping = models.TextField(blank=True)  # SHA-256 of the mapping that it was read with
    code_version = models.TextField()  # of the formats; a load is resumed only by the same
    state = models.TextField(choices=ExtractState.choices())
    stopped_because = models.TextField(blank=True)
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="supersedes")
    change_number = models.BigIntegerField(null=True)  # grows with every change that can be seen
    read = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    accepted_with_findings = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    events = models.BigIntegerField(default=0)
    findings = models.BigIntegerField(default=0)
    withdrawals = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "format", "collection", "state"], name="extract_of_delivery"),
            models.Index(fields=["sha256"], name="extract_of_bytes"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(by=""), name="extract_names_who"),
            models.CheckConstraint(
                condition=models.Q(
                    read=models.F("accepted") + models.F("accepted_with_findings") + models.F("refused")
                ),
                name="extract_accounts_for_every_record",
            ),
        ]

    def __str__(self) -> str:
        return f"extract {self.pk} of {self.agency_id}"


class HeldPerson(models.Model):
    """`records.PersonRecord` as stored. `number` is the record's place in its extract, from 1."""

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    line = models.BigIntegerField()
    superseded_by = models.ForeignKey(
        Extract, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.TextField()
    record_id = models.TextField()
    surname = models.TextField()
    forenames = models.TextField()
    aliases = models.JSONField()
    preferred_forename = models.TextField()
    former_surname = models.TextField()
    born_on = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    died_on = models.DateField(null=True)
    sex = models.TextField(choices=Sex.choices())  # empty where the source says nothing
    ethnicity = models.TextField()
    nhs_number = models.TextField()
    upn = models.TextField()
    former_upn = models.TextField()
    other_ids = models.JSONField()
    postcode = models.TextField()
    address = models.TextField()
    former_postcodes = models.JSONField()
    la_code = models.TextField()
    school = models.TextField()
    gp_practice = models.TextField()
    is_adult = models.BooleanField()
    is_restricted = models.BooleanField()
    is_address_protected = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["agency", "record_id"], name="person_of_record")]

    def __str__(self) -> str:
        return f"person {self.pk}"


class HeldEvent(models.Model):
    """`records.SourceEvent` as stored."""

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    line = models.BigIntegerField()
    superseded_by = models.ForeignKey(
        Extract, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.TextField()
    record_id = models.TextField()
    event_id = models.TextField()
    kind = models.TextField(choices=EventKind.choices())
    on = models.DateField(null=True)
    summary = models.TextField()
    precision = models.TextField(choices=DatePrecision.choices())
    until = models.DateField(null=True)
    is_open = models.BooleanField()
    time = models.TextField()
    statement = models.TextField(choices=StatementType.choices())
    sensitivity = models.TextField(choices=EventSensitivity.choices())
    text = models.TextField()
    details = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["agency", "record_id"], name="event_of_record")]

    def __str__(self) -> str:
        return f"event {self.pk}"


class HeldFinding(models.Model):
    """What was found in an extract. `number` 0 and no `record_id`: about the file as a whole."""

    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="+")
    number = models.BigIntegerField()
    record_id = models.TextField()
    rule = models.TextField()
    severity = models.TextField()
    line = models.BigIntegerField()
    column = models.TextField()
    sentence = models.TextField()
    is_refused = models.BooleanField()  # what became of the record

    def __str__(self) -> str:
        return f"{self.rule} in extract {self.extract_id}"


class RefusedRecord(models.Model):
    """A record that nobody could use, kept as it stood so that nothing is lost."""

    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="+")
    number = models.BigIntegerField()
    line = models.BigIntegerField()
    table = models.TextField()
    content = models.JSONField()

    def __str__(self) -> str:
        return f"record {self.number} of extract {self.extract_id}"


class Withdrawal(models.Model):
    """A record that the sender asked to be removed; with an `event_id`, that event of it alone."""

    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="+")
    number = models.BigIntegerField()
    record_id = models.TextField()
    event_id = models.TextField()

    def __str__(self) -> str:
        return f"withdrawal {self.pk}"


class NothingTold(models.Model):
    """That an agency was asked and told nothing, and which of the four kinds of nothing it was.

    Without a `record_id` it is about every child of that agency.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record_id = models.TextField(blank=True)
    kind = models.TextField(choices=Nothing.choices())
    asked_on = models.DateField()
    by = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(by=""), name="nothing_told_names_who")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.agency_id}"


class Restriction(models.Model):
    """A record closed to everybody else, as before an adoption: never part of another identity."""

    agency = models.TextField()
    record_id = models.TextField()
    reason = models.TextField(blank=True)
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "record_id"], name="restriction_once_for_a_record"),
            models.CheckConstraint(
                condition=~models.Q(agency="") & ~models.Q(record_id="") & ~models.Q(by=""),
                name="restriction_names_record_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"restriction {self.pk}"
