"""Which records are one child, on what evidence, by whose ruling, and who relied on it.

Nothing is written over: a membership, a link and a question begin in one run and end in another, so that
what was held together on any day can be told. Rulings, changes and reliances only grow.
"""

from django.db import models

from sightline.identity.learnt.models import LearntWeights as LearntWeights
from sightline.identity.numbering import ChangeKind
from sightline.identity.pds.models import PdsRuling as PdsRuling
from sightline.identity.pds.models import PdsTrace as PdsTrace
from sightline.identity.review.models import ReviewLabel as ReviewLabel
from sightline.identity.review.models import ReviewPair as ReviewPair
from sightline.identity.review.models import ReviewSample as ReviewSample
from sightline.vocabulary.codes import Code


class Answer(Code):
    """What a person ruled of two records; `undone` takes back an earlier ruling."""

    SAME = "same", "The same child"
    NEVER = "never", "Never the same child"
    UNSURE = "unsure", "Looked at, and not to be told"
    UNDONE = "undone", "An earlier ruling is taken back"


class LinkKind(Code):
    MODEL = "model", "Decided by the weights"
    RULING = "ruling", "Ruled by a person"


class Reason(Code):
    """Why two records need a person."""

    DOUBTFUL = "doubtful", "The evidence is not enough to decide"
    IDENTIFIERS_CONFLICT = "identifiers_conflict", "They agree, but bear different numbers that should be one"
    RULING_CONTRADICTED = "ruling_contradicted", "The evidence speaks against a ruling"


def child_id_of(number: int) -> str:
    """The number of an identity as people see it: C0000123."""
    return f"C{number:07d}"


class Ruling(models.Model):
    """What a person decided of two records, the lesser of them first. Append-only: an undoing is a row."""

    agency_a = models.TextField()
    record_a = models.TextField()
    agency_b = models.TextField()
    record_b = models.TextField()
    answer = models.TextField(choices=Answer.choices())
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    by = models.TextField()
    at = models.DateTimeField()
    why = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(by="") & ~models.Q(why=""), name="ruling_says_who_why"
            ),
            models.CheckConstraint(
                condition=models.Q(answer=Answer.UNDONE.value, undoes__isnull=False)
                | (~models.Q(answer=Answer.UNDONE.value) & models.Q(undoes__isnull=True)),
                name="ruling_undoes_one_or_none",
            ),
            models.CheckConstraint(
                condition=~models.Q(agency_a=models.F("agency_b"), record_a=models.F("record_b")),
                name="ruling_is_of_two_records",
            ),
        ]

    def __str__(self) -> str:
        return f"ruling {self.pk}"


class LinkRun(models.Model):
    """One deciding: of every record, or with a `ruling` of the identities that it concerns. Append-only."""

    at = models.DateTimeField()
    by = models.TextField()
    as_of = models.DateField()
    ruling = models.OneToOneField(Ruling, null=True, on_delete=models.PROTECT, related_name="run")
    records = models.BigIntegerField()
    identities = models.BigIntegerField()
    joined = models.BigIntegerField()  # merges, so records = identities + joined
    asked = models.BigIntegerField()
    last_ruling = models.BigIntegerField()  # the newest when it ran; 0 before the first
    weights_version = models.TextField()
    code_version = models.TextField()
    people_sha256 = models.TextField(blank=True)  # of the folded records; of a ruling's run empty
    answer_sha256 = models.TextField(blank=True)  # of every record with its identity

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(by=""), name="link_run_names_who"),
            models.CheckConstraint(
                condition=models.Q(records=models.F("identities") + models.F("joined")),
                name="link_run_accounts_for_every_record",
            ),
        ]

    def __str__(self) -> str:
        return f"link run {self.pk}"


class Identity(models.Model):
    """One child as far as is known. `number` is given once and never again to another."""

    number = models.BigIntegerField(primary_key=True)
    begun_in = models.ForeignKey(LinkRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    retired_in = models.ForeignKey(
        LinkRun, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="took_in")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gt=0), name="identity_is_numbered"),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(retired_in__isnull=False),
                name="identity_merged_is_retired",
            ),
        ]

    def __str__(self) -> str:
        return child_id_of(self.number)


class Membership(models.Model):
    """That a record was of an identity from one run on, until another. One of a record is current."""

    agency = models.TextField()
    record_id = models.TextField()
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="memberships")
    from_run = models.ForeignKey(LinkRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    until_run = models.ForeignKey(
        LinkRun, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["agency", "record_id"], name="membership_of_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "record_id"],
                condition=models.Q(until_run=None),
                name="membership_one_current_of_a_record",
            ),
            models.CheckConstraint(
                condition=models.Q(until_run=None) | models.Q(until_run__gt=models.F("from_run")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Link(models.Model):
    """The two records that one merge rests on, and their bits when it was made."""

    agency_a = models.TextField()
    record_a = models.TextField()
    agency_b = models.TextField()
    record_b = models.TextField()
    bits = models.FloatField()
    kind = models.TextField(choices=LinkKind.choices())
    from_run = models.ForeignKey(LinkRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    until_run = models.ForeignKey(
        LinkRun, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["agency_a", "record_a"], name="link_of_record_a"),
            models.Index(fields=["agency_b", "record_b"], name="link_of_record_b"),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"


class Question(models.Model):
    """Two records that need a person. Open until a ruling answers it or a later run no longer asks it."""

    agency_a = models.TextField()
    record_a = models.TextField()
    agency_b = models.TextField()
    record_b = models.TextField()
    bits = models.FloatField()
    reason = models.TextField(choices=Reason.choices())
    asked_in = models.ForeignKey(LinkRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    closed_in = models.ForeignKey(
        LinkRun, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_a", "record_a", "agency_b", "record_b"],
                condition=models.Q(closed_in=None),
                name="question_open_once_of_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


class IdentityChange(models.Model):
    """What a run did to a number: merged, split, moved or ended. Append-only."""

    run = models.ForeignKey(LinkRun, on_delete=models.PROTECT, related_name="changes", db_index=False)
    kind = models.TextField(choices=ChangeKind.choices())
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="changes")
    into = models.ForeignKey(Identity, null=True, on_delete=models.PROTECT, related_name="gained_by")
    records = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=ChangeKind.ENDED.value, into=None)
                | (~models.Q(kind=ChangeKind.ENDED.value) & models.Q(into__isnull=False)),
                name="identity_change_leads_somewhere",
            )
        ]

    def __str__(self) -> str:
        return f"change {self.pk}"


class Reliance(models.Model):
    """That somebody acted on an identity as it stood after a run. Append-only.

    Whoever relied on a link that turns out to be wrong is found through it.
    """

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="reliances")
    run = models.ForeignKey(LinkRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.TextField()
    at = models.DateTimeField()
    why = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(by="") & ~models.Q(why=""), name="reliance_says_who_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"reliance {self.pk}"
