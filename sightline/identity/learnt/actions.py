"""Putting learnt weights in force, and the shipped ones back. Nothing is linked anew by that alone."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from sightline.access.actions import record_act
from sightline.identity.learnt.lookups import next_version, weights_in_force
from sightline.identity.learnt.models import LearntBy, LearntWeights
from sightline.identity.lookups import people_for_linking
from sightline.identity.permitting import names_somebody, says_why
from sightline.identity.reading import population
from sightline.identity.relearning import Method, Trial, may_be_put_in_force, try_learning
from sightline.identity.weights import rows_of
from sightline.vocabulary.decisions import require
from sightline.vocabulary.progress import Progress, silent


def tried(*, method: Method = Method.KNOWN_PAIRS, progress: Progress = silent) -> Trial:
    """What learning from the records held now would give. Nothing is stored.

    Raises `Refusal` where too few records share an identifier.
    """
    progress("reading people", 0, 0)
    people = people_for_linking()
    held = population(people, people["agency"].unique().sort().to_list())
    return try_learning(held, weights_in_force(), version=next_version(), method=method, progress=progress)


def relearn(*, by: str, method: Method = Method.KNOWN_PAIRS, progress: Progress = silent) -> Trial:
    """Learn from the records held now and put the result in force for every later run.

    Raises `Refusal` where nobody is named, too few records share an identifier, or what was learnt does worse
    on the pairs held out than what is in force.
    """
    require(names_somebody(by))
    trial = tried(method=method, progress=progress)
    require(may_be_put_in_force(trial))
    measures = {
        name: asdict(each) for name, each in (("before", trial.before), ("after", trial.after)) if each
    }
    with transaction.atomic():
        _keep(
            LearntWeights(
                by=by.strip(),
                learnt_by=LearntBy(trial.method.value).value,
                version=trial.weights.version,
                rows=rows_of(trial.weights),
                same_pairs=trial.same_pairs,
                home_pairs=trial.home_pairs,
                left_out=trial.contradicted,
                measures=measures,
            )
        )
    return trial


def use_shipped_weights(*, by: str, why: str) -> None:
    """Put the weights shipped with Sightline back in force; what was learnt stays on record."""
    require(names_somebody(by))
    require(says_why(why))
    with transaction.atomic():
        _keep(
            LearntWeights(
                by=by.strip(),
                learnt_by=LearntBy.SHIPPED.value,
                version=next_version(),
                rows=[],
                same_pairs=0,
                home_pairs=0,
                left_out=0,
                measures={},
            ),
            why=why,
        )


def _keep(kept: LearntWeights, *, why: str = "") -> None:
    """The version is unique, so of two who learn at one moment the second is refused by the database."""
    kept.at = timezone.now()
    kept.started_from = weights_in_force().version
    kept.save()
    act = "identity.use_shipped_weights" if kept.learnt_by == LearntBy.SHIPPED.value else "identity.relearn"
    record_act(act, by=kept.by, thing_kind="learnt_weights", thing_id=str(kept.pk), why=why, at=kept.at)
