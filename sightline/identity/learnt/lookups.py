"""Which weights are in force, and which were before."""

from sightline.identity.learnt.models import LearntBy, LearntWeights
from sightline.identity.weights import Weights, shipped_weights, weights_of


def weights_in_force() -> Weights:
    """The newest that were learnt here, or those shipped: what every linking and explanation takes."""
    newest = LearntWeights.objects.order_by("-pk").first()
    if newest is None or newest.learnt_by == LearntBy.SHIPPED.value:
        return shipped_weights()
    return weights_of(newest.rows, version=newest.version)


def next_version() -> str:
    """Counted, not taken from a key: a server's keys leave gaps, and rows of this table are never removed."""
    return f"{shipped_weights().version}-learnt-{LearntWeights.objects.count() + 1}"
