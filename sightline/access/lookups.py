"""Reading the record of acts."""

from django.db.models import Max

from sightline.access.models import Act


def last_act_number() -> int:
    """The number of the newest act, 0 before the first.

    Every change writes an act in its own transaction, so nothing has changed for as long as this stays the
    same. Numbers only grow.
    """
    return Act.objects.aggregate(last=Max("id"))["last"] or 0
