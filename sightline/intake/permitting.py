"""Whether an extract may be this agency's, and whether one may be taken back."""

from sightline.intake.declaration import Delivery, Format, Header
from sightline.intake.models import Agency, Extract, ExtractState
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.decisions import Decision, allowed, refused

_BASIS = "intake"


def may_load(agency: str, *, by: str) -> Decision:
    if not by.strip():
        return refused("Say who is doing this: nothing is changed by nobody.", basis=_BASIS)
    if not agency or len(agency) > 40 or any(not (each.isalnum() or each in "-_.:/") for each in agency):
        return refused(
            "Say whose extract this is by the agency's code, such as “RJ1” or “E09000001”: letters, digits "
            "and - _ . : / only.",
            basis=_BASIS,
        )
    return allowed(basis=_BASIS)


def may_replace(form: Format, header: Header, *, agency: str) -> Decision:
    """No extract may be taken for another agency's, nor an old one put over a newer."""
    if (known := Agency.objects.filter(code=agency).first()) is not None:
        kind = AgencyKind(known.kind)
        if kind not in form.kinds:
            return refused(
                f"{form.title} comes from {' or '.join(each.label.lower() for each in form.kinds)}, and "
                f"{agency} is an agency of {kind.label.lower()}: this looks like another agency's extract.",
                basis=_BASIS,
            )
        stated = known.stated_senders.get(form.name, "")
        if header.sender and stated and stated != header.sender:
            return refused(
                f"The file says that {header.sender} sent it; what {agency} sent before in this format says "
                f"{stated}: this looks like another agency's extract.",
                basis=_BASIS,
            )
    if header.sender:
        for other in Agency.objects.exclude(code=agency):
            if other.stated_senders.get(form.name) == header.sender:
                return refused(
                    f"The file says that {header.sender} sent it, and that is {other.code}: this looks like "
                    "another agency's extract.",
                    basis=_BASIS,
                )
    return _is_newest(form, header, agency=agency)


def _is_newest(form: Format, header: Header, *, agency: str) -> Decision:
    if header.made_on and form.delivery is Delivery.WHOLE:
        newer = Extract.objects.filter(
            agency=agency,
            format=form.name,
            collection=header.collection,
            state=ExtractState.LOADED,
            made_on__gt=header.made_on,
        ).first()
        if newer:
            return refused(
                f"This extract was made on {header.made_on}, and {newer}, which it would replace, on "
                f"{newer.made_on}. Withdraw that one first if the older is meant to count.",
                basis=_BASIS,
            )
    return allowed(basis=_BASIS)


def may_withdraw(extract: Extract, *, why: str) -> Decision:
    if not why.strip():
        return refused("Say why the extract is taken back.", basis=_BASIS)
    if extract.state != ExtractState.LOADED:
        return refused(
            f"Only an extract that counts can be taken back, and {extract} is "
            f"“{ExtractState(extract.state).label}”.",
            basis=_BASIS,
        )
    return allowed(basis=_BASIS)
