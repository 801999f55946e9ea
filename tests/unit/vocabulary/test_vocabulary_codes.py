import json

import pytest

from sightline.vocabulary import codes
from sightline.vocabulary.codes import AgeBand, Code, EducationStatus, Ethnicity, EthnicityGroup, Nature

LAYOUT_1 = {
    "OccurredPrecision": "day, month, year, unknown",
    "AbuseOrNeglect": "known, suspected, neither, not_known",
    "YesNo": "yes, no",
    "YesNoNotKnown": "yes, no, not_known",
    "Role": "died, seriously_harmed, caused_harm, other",
    "Sex": "female, male, not_known, transgender",
    "Ethnicity": "WBRI, WIRI, WIRT, WOTH, WROM, MWBC, MWBA, MWAS, MOTH, AIND, APKN, ABAN, AOTH, BCRB, BAFR, "
    "BOTH, CHNE, OOTH, REFU, NOBT, NKNW",
    "PlacementType": "living_at_home, living_with_relatives, foster_care, residential_childrens_home, "
    "semi_independent, mother_and_baby_unit, secure, hospital, other, not_known",
    "PlanStatus": "current, previous, never, not_known",
    "Route": "serious_incident, looked_after_child_death, care_leaver_death",
    "Nature": "death, serious_harm, other",
    "LcsprDecision": "yes, no, undecided",
    "NationalReviewPotential": "yes, no, unsure",
    "PanelOutcome": "agrees, disagrees, asks_for_more, criteria_not_met, considers_national_review",
    "Publication": "full_report, improvements_only, not_published, in_progress",
    "DelayCause": "none, investigation, trial, inquest, family_proceedings, other",
    "Certainty": "confirmed, likely, possible",
    "NoAnswer": "not_mentioned, not_known, not_applicable",
    "EducationStatus": "too_young, early_years, on_roll, on_roll_regularly_absent, part_time_timetable, "
    "excluded, home_educated, missing_education, awaiting_place, alternative_provision, not_in_education, "
    "post_16_education",
    "LikelyCause": "intrafamilial_assault, neglect, other_maltreatment, sudi, suicide, "
    "extrafamilial_assault, accident, medical, not_yet_known",
    "HarmType": "physical_abuse, neglect, intrafamilial_sexual_abuse, extrafamilial_sexual_abuse, "
    "criminal_exploitation, serious_youth_violence, self_harm, fabricated_or_induced_illness, other",
    "PracticeTheme": "information_sharing, professional_curiosity, whole_family_assessment, "
    "responding_to_changing_risk, critical_thinking, voice_of_the_child, race_ethnicity_culture, "
    "leadership_and_culture, early_intervention",
    "RecommendationLevel": "single_agency, multi_agency, regional, national",
    "Accepted": "yes, partly, no",
    "RecommendationStatus": "open, in_progress, done, evidenced, superseded",
}
"""The text of register layout 1 and codebook 1, by the set that stands for it."""

CODE_SETS = [
    each
    for each in vars(codes).values()
    if isinstance(each, type) and issubclass(each, Code) and each is not Code
]


@pytest.mark.parametrize("name", LAYOUT_1)
def test_code_set_holds_the_codes_of_the_layout(name):
    assert set(getattr(codes, name).codes()) == set(LAYOUT_1[name].split(", "))


def test_every_code_set_of_files_is_checked_against_the_layout():
    derived = {"AgeBand", "EthnicityGroup"}
    assert {each.__name__ for each in CODE_SETS} == LAYOUT_1.keys() | derived


@pytest.mark.parametrize("code_set", CODE_SETS, ids=lambda each: each.__name__)
def test_every_code_has_a_label_of_its_own_that_starts_with_a_capital(code_set):
    labels = list(code_set.labels().values())
    assert len(set(labels)) == len(labels)
    assert all(label and label[0] == label[0].upper() and label == label.strip() for label in labels)


def test_a_code_is_its_text_wherever_text_is_wanted():
    assert Nature.DEATH == "death" and f"{Nature.DEATH}" == str(Nature.DEATH) == "death"
    assert json.dumps({"nature": Nature.DEATH}) == '{"nature": "death"}'
    assert Nature("serious_harm") is Nature.SERIOUS_HARM
    assert Nature.choices()[0] == ("death", "Child death")


@pytest.mark.parametrize("text", ["Death", "", "dead", " death"])
def test_what_is_not_a_code_is_refused(text):
    with pytest.raises(ValueError, match="is not a valid Nature"):
        Nature(text)


def test_age_bands_begin_where_the_one_before_ends():
    starts = codes.AGE_BAND_STARTS_AT_MONTHS
    assert list(starts) == [band for band in AgeBand if band is not AgeBand.UNKNOWN]
    assert [months // 12 for months in starts.values()] == [0, 1, 6, 11, 16]
    assert all(months % 12 == 0 for months in starts.values())


def test_school_age_runs_from_the_fifth_birthday_to_the_day_before_the_sixteenth():
    assert codes.SCHOOL_AGE_MONTHS == (5 * 12, 16 * 12 - 1)


def test_nobody_is_both_on_roll_and_out_of_school():
    assert not set(codes.NOT_IN_SCHOOL) & set(codes.ON_ROLL_ANY)
    assert EducationStatus.ALTERNATIVE_PROVISION not in {*codes.NOT_IN_SCHOOL, *codes.ON_ROLL_ANY}


@pytest.mark.parametrize(
    ("code", "group"),
    [("CHNE", "asian"), ("OOTH", "other"), ("REFU", "unknown"), ("NOBT", "unknown"), ("NKNW", "unknown")],
)
def test_ethnicity_codes_whose_first_letter_misleads_are_grouped_right(code, group):
    assert Ethnicity(code).group is EthnicityGroup(group)


REWORDED = {"Gypsy/Roma": "Gypsy or Roma", "Caribbean": "Black Caribbean", "African": "Black African"}
"""The department's label where ours says more, so that it can be read outside its group."""


def test_ethnicity_labels_are_the_departments(reference_rows):
    listed = {row["code"]: row["description"] for row in reference_rows("dfe-ethnicity_codes.csv")}
    assert set(Ethnicity.codes()) == {*listed, "NKNW"}
    for code, description in listed.items():
        assert Ethnicity(code).label.lower() == REWORDED.get(description, description).lower()


PUBLISHED_AS = {
    "White British": "English/Welsh/Scottish/Northern Irish/British",
    "White Irish": "Irish",
    "Traveller of Irish heritage": "Gypsy or Irish Traveller",
    "Gypsy or Roma": "Roma",
    "Any other mixed background": "Any other Mixed/Multiple ethnic background",
    "Black Caribbean": "Caribbean",
    "Black African": "African",
    "Any other Black background": "Any other Black/African/Caribbean background",
}
"""Our label to the department's minor group where the words differ."""

MAJOR_GROUPS = {
    "White": EthnicityGroup.WHITE,
    "Mixed/Multiple ethnic groups": EthnicityGroup.MIXED,
    "Asian/Asian British": EthnicityGroup.ASIAN,
    "Black/African/Caribbean/Black British": EthnicityGroup.BLACK,
    "Other ethnic group": EthnicityGroup.OTHER,
}


def test_every_ethnicity_stands_in_the_departments_major_group(reference_rows):
    published = {
        row["ethnicity_minor"]: row["ethnicity_major"]
        for row in reference_rows("dfe-ethnicity.csv")
        if " / " not in row["ethnicity_major"]  # the list carries each name twice, with and without spaces
    }
    known = [each for each in Ethnicity if each.group is not EthnicityGroup.UNKNOWN]
    assert len(known) == 18
    for each in known:
        minor = PUBLISHED_AS.get(each.label, each.label)
        assert MAJOR_GROUPS[published[minor]] is each.group, each
