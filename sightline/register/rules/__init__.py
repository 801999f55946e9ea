"""Every rule that a register is checked against, by file. A new rule goes into its subject's module."""

from sightline.register.layout import LAYOUT_1
from sightline.register.rules.cells import cell_rules
from sightline.register.rules.children import CHILD_RULES
from sightline.register.rules.codings import CODING_RULES
from sightline.register.rules.incidents import INCIDENT_RULES
from sightline.register.rules.notifications import NOTIFICATION_RULES
from sightline.register.rules.recommendations import RECOMMENDATION_RULES
from sightline.register.rules.reviews import LOCAL_REVIEW_RULES, PANEL_RESPONSE_RULES, RAPID_REVIEW_RULES
from sightline.register.rules.rows import row_rules
from sightline.register.rules.rule import Rule

_OF_SUBJECT: dict[str, tuple[Rule, ...]] = {
    "incidents": INCIDENT_RULES,
    "children": CHILD_RULES,
    "notifications": NOTIFICATION_RULES,
    "rapid_reviews": RAPID_REVIEW_RULES,
    "panel_responses": PANEL_RESPONSE_RULES,
    "local_reviews": LOCAL_REVIEW_RULES,
    "codings": CODING_RULES,
    "recommendations": RECOMMENDATION_RULES,
}

CELL_RULES = {name: cell_rules(file) for name, file in LAYOUT_1.items()}
"""On the cells as they stand in the file, all text."""
ROW_RULES = {name: (*row_rules(file), *_OF_SUBJECT[name]) for name, file in LAYOUT_1.items()}
"""On the cells as they were read, and on what other files say of the same thing."""
RULES = tuple(rule for name in LAYOUT_1 for rule in (*CELL_RULES[name], *ROW_RULES[name]))
