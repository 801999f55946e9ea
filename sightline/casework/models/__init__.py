"""What casework stores. The first seven are the files of register layout 1, column for column."""

from sightline.casework.models.incidents import Child, Incident, ParallelProcess
from sightline.casework.models.notifications import (
    AsNotified,
    ClericalCorrection,
    Notification,
)
from sightline.casework.models.recommendations import Evidence, Recommendation
from sightline.casework.models.reviews import (
    Delay,
    LocalReview,
    NationalReview,
    NationalReviewIncident,
    PanelResponse,
    PartnersReply,
    RapidReview,
    RequestedAction,
)

__all__ = [
    "AsNotified",
    "Child",
    "ClericalCorrection",
    "Delay",
    "Evidence",
    "Incident",
    "LocalReview",
    "NationalReview",
    "NationalReviewIncident",
    "Notification",
    "PanelResponse",
    "ParallelProcess",
    "PartnersReply",
    "RapidReview",
    "Recommendation",
    "RequestedAction",
]
