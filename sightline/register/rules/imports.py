"""What can be wrong with new files beside the register they come into."""

from sightline.register.rules.files import FileRule
from sightline.vocabulary.findings import Severity

ROWS_KEPT = FileRule(
    "rows_kept",
    Severity.WARNING,
    "{count} of the register are not in this file and were kept, {such_as}. Nothing is removed by an import.",
)
AS_NOTIFIED_DIFFERS = FileRule(
    "as_notified_differs",
    Severity.ERROR,
    "{column} was notified as «{before}» and the file says «{after}». What was notified is never "
    "overwritten: put it back, or import with the reason for a clerical correction, which keeps both.",
)
POSITION_OF_KEPT_CHILD = FileRule(
    "position_of_kept_child",
    Severity.ERROR,
    "{kept} is in the register and not in this file, was kept, and has this position in the same incident; "
    "add its row with the position it is to have.",
)
IMPORT_RULES = (ROWS_KEPT, AS_NOTIFIED_DIFFERS, POSITION_OF_KEPT_CHILD)
