"""The members of the single-identifier record types (version 1), and of the systems that feed them."""

from sightline.intake.declaration import Column, Table


def _column(name: str, meaning: str, form: str = "text", *spellings: str) -> Column:
    return Column(name, meaning, form, spellings=spellings)


_STATUSES = "list of status"
PERSONAL = Table(
    "personal",
    (
        _column("firstName", "First name."),
        _column("lastName", "Last name."),
        _column("dateOfBirth", "Date of birth.", "date"),
        _column("address", "Main address.", "object of address"),
        _column("birthAssignedSex", "Sex at birth.", "sex"),
        _column("ethnicity", "Ethnicity in words."),
        _column("relatedPeople", "Parents and others, with risks noted.", "list of related_person"),
        _column("nhsNumber", "NHS number (feeding systems only).", "NHS number"),
    ),
    "Personal details.",
)
CHILDRENS_SERVICES = Table(
    "childrens-services",
    (
        _column("cscActiveStatusesAndPlans", "What the child is open to.", _STATUSES),
        _column("childrensServicesReferrals", "Referrals.", "list of referral", "cscReferrals", "referrals"),
        _column(
            "childProtection", "Whether there is a child protection plan (feeding systems).", "yes or no"
        ),
    ),
    "Children's services details.",
)
EDUCATION = Table(
    "education",
    (
        _column("educationSettingName", "School or other setting."),
        _column("educationActiveStatusesAndPlans", "Support and plans.", _STATUSES),
        _column(
            "yearlyEducationAttendances", "By school year.", "list of attendance", "educationAttendances"
        ),
        _column("electivelyHomeEducated", "Educated at home (feeding systems).", "yes or no"),
    ),
    "Education details.",
)
HEALTH = Table(
    "health",
    (
        _column("healthActiveStatusesAndPlans", "What the child is open to.", _STATUSES),
        _column("missedAppointments", "Appointments missed.", "list of occasion", "missedAppointmentReasons"),
        _column("emergencyDepartmentAttendances", "Emergency attendances.", "list of occasion"),
    ),
    "Health details.",
)
CRIME = Table(
    "crime-justice",
    (
        _column("policeMarkerDetails", "Markers, in words."),
        _column("lastPoliceProtectionPowerEvent", "Day of the last police protection.", "date"),
        _column("policePowersOfProtection", "Whether there was one (feeding systems).", "yes or no"),
        _column("missingEpisodes", "Missing episodes.", "list of missing"),
        _column("linkedCrimeRisks", "Risks with their days.", "list of risk"),
        _column("riskSexualExploitation", "Risk of sexual exploitation.", "yes or no"),
        _column("riskCriminalExploitation", "Risk of criminal exploitation.", "yes or no"),
        _column("riskRadicalisation", "Risk of radicalisation.", "yes or no"),
        _column("riskModernSlaveryAndTrafficking", "Risk of modern slavery and trafficking.", "yes or no"),
        _column("riskGangsAndYouthViolence", "Risk of gangs and youth violence.", "yes or no"),
        _column("crimeActiveStatusesAndPlans", "What the child is open to.", _STATUSES),
    ),
    "Crime and justice details.",
)
HOUSING = Table(
    "housing",
    (
        _column("caseId", "Number of the case."),
        _column("assessmentDate", "Day of the assessment.", "date"),
        _column("priorityNeed", "Priority need.", "yes or no"),
        _column("status", "Whether the case is open."),
        _column("temporaryAccommodation", "Kind of temporary accommodation."),
    ),
    "Homelessness case.",
)
_PARTS = (
    Table("address", (_column("line1", "Line."), _column("line2", "Line."), _column("townOrCity", "Town."))),
    Table(
        "related_person",
        (_column("relationshipToTheChild", "Relation."), _column("risk", "Risks noted.", "list of text")),
    ),
    Table("status", (_column("status", "Status."), _column("plan", "Plan."))),
    Table(
        "referral",
        (
            _column("date", "Day.", "date"),
            _column("type", "Early Help or Social Care."),
            _column("reason", "Why."),
        ),
    ),
    Table(
        "occasion",
        (
            _column("date", "Day.", "date"),
            _column("setting", "Where.", "text", "location"),
            _column("reason", "Why."),
        ),
    ),
    Table(
        "missing",
        (
            _column("date", "Day.", "date"),
            _column("returnedHomeInterviewAttended", "Interview held.", "yes or no"),
        ),
    ),
    Table("risk", (_column("date", "Day.", "date"), _column("riskType", "Which.", "text"))),
    Table(
        "attendance",
        (
            _column("academicTermYearStart", "Year in which the school year begins.", "number"),
            _column("academicTermYearEnd", "Year in which it ends.", "number"),
            _column("attendancePercentage", "Attendance in per cent.", "number"),
            _column("unauthorisedAbsencePercentage", "Unauthorised absence in per cent.", "number"),
            _column("suspensions", "How many suspensions.", "number"),
            _column("exclusions", "How many exclusions.", "number"),
            _column("schoolMovesNonTransitional", "Moves of school not at a usual time.", "number"),
        ),
    ),
)
_ADDRESS = _PARTS[0]
RECORD_TYPES = {each.name: each for each in (PERSONAL, CHILDRENS_SERVICES, EDUCATION, HEALTH, CRIME, HOUSING)}
TABLES = (
    RECORD_TYPES
    | {each.name: each for each in _PARTS[1:]}
    | {
        "address": Table(
            "address",
            (*_ADDRESS.columns, _column("county", "County."), _column("postcode", "Postcode.", "postcode")),
        )
    }
)
