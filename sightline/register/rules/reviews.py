"""Rules on rapid_reviews.csv, panel_responses.csv and local_reviews.csv."""

import polars as pl

from sightline.register.rules.rule import error, not_before, warning
from sightline.vocabulary.findings import Severity

RAPID_REVIEW_RULES = (
    not_before(
        "rapid_reviews.received_before_notified",
        later="received_on",
        earlier="notifications.notified_on",
        what="It was received on {received_on}, before the notification of {notifications.notified_on}",
    ),
    warning(
        "rapid_reviews.notification_id.withdrawn",
        "The notification was withdrawn on {notifications.withdrawn_on}, and a rapid review hangs on it; "
        "check the withdrawal.",
        pl.col("notifications.withdrawn_on").is_not_null(),
        column="notification_id",
    ),
    warning(
        "rapid_reviews.notification_id.second_review",
        "Another rapid review (line {same_notification_as}) hangs on the same notification; check the "
        "reference.",
        pl.col("same_notification_as").is_not_null(),
        column="notification_id",
    ),
)

PANEL_RESPONSE_RULES = (
    not_before(
        "panel_responses.responded_before_received",
        later="responded_on",
        earlier="rapid_reviews.received_on",
        what="The panel replied on {responded_on}, before it had the review on {rapid_reviews.received_on}",
    ),
)

LOCAL_REVIEW_RULES = (
    not_before(
        "local_reviews.published_before_decided",
        later="published_on",
        earlier="decided_on",
        what="It was published on {published_on}, before it was decided on {decided_on}",
    ),
    not_before(
        "local_reviews.decided_before_notified",
        later="decided_on",
        earlier="notifications.notified_on",
        what="It was decided on {decided_on}, before the notification of {notifications.notified_on}",
        severity=Severity.WARNING,
    ),
    warning(
        "local_reviews.review_id.not_decided",
        "The rapid review's decision on a local review is “{rapid_reviews.lcspr_decision}”; check it.",
        pl.col("rapid_reviews.lcspr_decision") != "yes",
        column="review_id",
    ),
    warning(
        "local_reviews.review_id.second_review",
        "Another local review (line {same_review_as}) follows the same rapid review; check the reference.",
        pl.col("same_review_as").is_not_null(),
        column="review_id",
    ),
    error(
        "local_reviews.published_on.not_published",
        "There is a date of publication and the publication is “{publication}”; correct one of them.",
        pl.col("published_on").is_not_null() & pl.col("publication").is_in(["not_published", "in_progress"]),
        column="published_on",
    ),
    warning(
        "local_reviews.published_on.not_supplied",
        "The publication is “{publication}” and its date is not supplied; give it.",
        pl.col("published_on").is_null() & pl.col("publication").is_in(["full_report", "improvements_only"]),
        column="published_on",
    ),
)
