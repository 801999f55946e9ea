"""Why two records are, or are not, taken for one child, in words a person can check."""

from collections.abc import Sequence

from sightline.identity import lookups
from sightline.identity.explaining import explain
from sightline.identity.learnt.lookups import weights_in_force
from sightline.identity.levels import FIELD_NAMES, PLACE
from sightline.identity.lookups import Evidence, RulingMade, links_among, people_for_linking, rulings_on
from sightline.identity.models import Answer, LinkKind, Question, Reason
from sightline.identity.standing import Record, pair_of
from sightline.identity.weights import Weights


class NotHeld(LookupError):
    """No such record is held. Its text is fit to be shown."""


_PROTECTED = "  Where the child lives is protected: it was compared, and is not shown."


def account_of(one: Record, other: Record, *, weights: Weights | None = None) -> list[str]:
    """Sentences: what the two records say, what their identities decided, what people ruled.

    How rare a name or a place is depends on everybody held, so everybody is read. Raises `NotHeld`.
    """
    pair = pair_of(one, other)
    people = people_for_linking().with_row_index("row")
    rows = []
    for agency, record_id in pair:
        found = people.filter((people["agency"] == agency) & (people["record_id"] == record_id))
        if found.is_empty():
            raise NotHeld(f"No child's record {agency}:{record_id} is held.")
        rows.append(int(found["row"][0]))
    explanation = explain(people.drop("row"), rows[0], rows[1], weights or weights_in_force())
    closed = [record for record, row in zip(pair, rows, strict=True) if people["is_restricted"][row]]
    is_protected = any(people["is_address_protected"][row] for row in rows)
    fields = [
        _PROTECTED if is_protected and each.field == FIELD_NAMES[PLACE] else f"  {each.sentence}"
        for each in explanation.fields
    ]
    return [
        f"{named(pair[0])} and {named(pair[1])}: {explanation.bits:+.1f} bits by their own words.",
        explanation.sentence,
        *fields,
        *(
            f"{named(record)} was closed at adoption: it is never part of another identity, whatever it says."
            for record in closed
        ),
        *_of_identities(pair),
        *_of_people(pair),
    ]


def _of_identities(pair: tuple[Record, Record]) -> list[str]:
    first, second = (lookups.identity_of(*record) for record in pair)
    if first is None or second is None:
        return ["They have not been linked since they were loaded."]
    if first != second:
        sizes = [len(lookups.records_of(each)) for each in (first, second)]
        said = [
            f"They are of two identities: {first} ({records(sizes[0])}) and {second} ({records(sizes[1])}). "
            "Whole identities are compared, so what the other records of the two say counts as well."
        ]
        return [*said, *_asked(first, second)]
    members = lookups.records_of(first)
    said = [f"Both are of {first}, which holds {records(len(members))}."]
    path = _path(pair, [each for each in links_among(members) if each.ended_at is None])
    if len(path) > 1:
        said.append("They were not joined with each other, but by way of other records:")
    return [*said, *(_of_link(each) for each in path)]


def _of_link(link: Evidence) -> str:
    joined = f"  {named(link.pair[0])} and {named(link.pair[1])} were joined on {link.made_at:%Y-%m-%d}"
    if link.kind is LinkKind.RULING:
        return f"{joined} by a person's ruling."
    return f"{joined}: the odds were {link.bits:+.1f} bits, everything else that was known weighed in."


def _path(pair: tuple[Record, Record], links: Sequence[Evidence]) -> list[Evidence]:
    """The links that lead from the one record to the other; none where the evidence is not on file."""
    reached: dict[Record, list[Evidence]] = {pair[0]: []}
    waiting = [pair[0]]
    while waiting:
        at = waiting.pop(0)
        for each in links:
            if at in each.pair:
                following = each.pair[1] if each.pair[0] == at else each.pair[0]
                if following not in reached:
                    reached[following] = [*reached[at], each]
                    waiting.append(following)
    return reached.get(pair[1], [])


_BECAUSE = {
    Reason.DOUBTFUL: "the evidence is not enough to decide",
    Reason.IDENTIFIERS_CONFLICT: "they agree, but two agencies hold different valid numbers for them",
    Reason.RULING_CONTRADICTED: "the evidence speaks against a ruling",
}


def _asked(first: str, second: str) -> list[str]:
    """The open questions between the two identities."""
    of_first, of_second = set(lookups.records_of(first)), set(lookups.records_of(second))
    said = []
    for row in Question.objects.filter(
        closed_in=None, record_a__in=[each for _, each in of_first | of_second]
    ):
        one, other = (row.agency_a, row.record_a), (row.agency_b, row.record_b)
        if (one in of_first and other in of_second) or (one in of_second and other in of_first):
            because = _BECAUSE[Reason(row.reason)]
            said.append(
                f"A person is asked about {named(one)} and {named(other)} ({row.bits:+.1f} bits): {because}."
            )
    return said


def _of_people(pair: tuple[Record, Record]) -> list[str]:
    made = [each for each in rulings_on(pair) if each.pair == pair]
    undone = {each.undoes for each in made if each.undoes}
    return [
        _of_ruling(each, is_undone=each.ruling in undone) for each in made if each.answer is not Answer.UNDONE
    ]


_RULED = {
    Answer.SAME: "are the same child",
    Answer.NEVER: "are never the same child",
    Answer.UNSURE: "cannot be told",
}


def _of_ruling(made: RulingMade, *, is_undone: bool) -> str:
    end = " It has been taken back." if is_undone else ""
    return f"Ruling {made.ruling} of {made.at:%Y-%m-%d} by {made.by}: they {_RULED[made.answer]}.{end}"


def records(count: int) -> str:
    return "one record" if count == 1 else f"{count:,} records"


def named(record: Record) -> str:
    return f"{record[0]}:{record[1]}"
