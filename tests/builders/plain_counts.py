"""The register counted a second time, with nothing but loops, from the words of register layout 1.

It shares no code with sightline.statistics (only the tables of areas and bank holidays), is written to be
read beside the layout, and is as slow as it looks. The tests hold the fast counts against it.
"""

import csv
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from sightline.vocabulary.areas import AUTHORITIES
from sightline.vocabulary.working_days import BANK_HOLIDAYS

FILES = (
    "incidents",
    "children",
    "notifications",
    "rapid_reviews",
    "panel_responses",
    "local_reviews",
    "codings",
    "recommendations",
)
HOLIDAYS = set(BANK_HOLIDAYS)
CHILD_VARIABLES = (
    "looked_after_ever",
    "child_protection_plan_ever",
    "child_mental_health_condition",
    "child_health_condition",
)
REVIEW_VARIABLES = (
    "family_known_to_social_care",
    "domestic_abuse",
    "parental_mental_health",
    "parental_substance_misuse",
)
NOT_IN_SCHOOL = ("home_educated", "missing_education", "excluded", "awaiting_place", "not_in_education")
ON_ROLL = ("on_roll", "on_roll_regularly_absent", "part_time_timetable")
GROUPS = {
    "white": ("WBRI", "WIRI", "WIRT", "WROM", "WOTH"),
    "mixed": ("MWBC", "MWBA", "MWAS", "MOTH"),
    "asian": ("AIND", "APKN", "ABAN", "AOTH", "CHNE"),
    "black": ("BCRB", "BAFR", "BOTH"),
    "other": ("OOTH",),
}


def read_rows(folder):
    """The eight files as lists of dictionaries of text."""
    rows = {}
    for name in FILES:
        with (Path(folder) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows[name] = list(csv.DictReader(file))
    return rows


def plain_figures(rows, *, first, last, data_from):
    """{(figure, way): (count, base)}; a breakdown has only the values that occur."""
    counter = _Counter(rows, first, last)
    counter.panel(first, last)
    counter.longer_window(data_from)
    counter.department()
    counter.whole_register()
    return counter.figures


def day(text):
    return date.fromisoformat(text) if text else None


def working_day_number(start, number):
    found = start
    while number:
        found += timedelta(days=1)
        if found.weekday() < 5 and found not in HOLIDAYS:
            number -= 1
    return found


def working_days_from(start, end):
    return sum(
        1
        for step in range(1, (end - start).days + 1)
        if (each := start + timedelta(days=step)).weekday() < 5 and each not in HOLIDAYS
    )


def occurred(incident):
    """The first day of the month or year where no more is known."""
    found = day(incident["occurred_on"])
    if found and incident["occurred_precision"] == "month":
        return found.replace(day=1)
    if found and incident["occurred_precision"] == "year":
        return found.replace(month=1, day=1)
    return found


def months_old(child, on):
    born = day(child["date_of_birth"])
    if born and on:
        months = 0
        while not _not_yet(born, months + 1, on):
            months += 1
        return months
    return int(child["age_in_months"]) if child["age_in_months"] else None


def _not_yet(born, months, on):
    """Whether the child is not yet that many months old: the day of the month has not come round."""
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    return (on.year, on.month, on.day) < (year, month + 1, born.day)


def band(months):
    if months is None:
        return "unknown"
    years = months // 12
    if years < 1:
        return "under_1"
    if years <= 5:
        return "1_to_5"
    if years <= 10:
        return "6_to_10"
    return "11_to_15" if years <= 15 else "16_and_over"


def ethnic_group(child):
    for group, codes in GROUPS.items():
        if child["ethnicity_code"] in codes:
            return group
    return "unknown"


class _Counter:
    def __init__(self, rows, first, last):
        self.rows, self.first, self.last = rows, first, last
        self.figures = {}
        self.incidents = {each["incident_id"]: each for each in rows["incidents"]}
        self.notifications = {each["notification_id"]: each for each in rows["notifications"]}
        self.children = {each["child_ref"]: each for each in rows["children"]}
        self.children_of = defaultdict(list)
        for child in rows["children"]:
            self.children_of[child["incident_id"]].append(child)
        self.replies = {each["review_id"]: each for each in rows["panel_responses"]}
        self.reviews_of = defaultdict(list)
        for review in rows["rapid_reviews"]:
            notification = self.notifications[review["notification_id"]]
            self.reviews_of[notification["incident_id"]].append(review)
        for reviews in self.reviews_of.values():
            reviews.sort(key=self._order)
        self.codings = defaultdict(list)
        for coding in rows["codings"]:
            self.codings[coding["review_id"], coding["child_ref"], coding["variable"]].append(coding)
        self.on_neglect = defaultdict(list)
        for (review_id, _, variable), found in self.codings.items():
            if variable == "neglect_experienced" and len(found) > 1:
                self.on_neglect[review_id].append(found)

    def _order(self, review):
        withdrawn = self.notifications[review["notification_id"]]["withdrawn_on"] != ""
        return withdrawn, review["received_on"], review["review_id"]

    def note(self, way, figure, count, base=None):
        self.figures[figure, way] = (count, base)

    def note_each(self, way, prefix, values, base):
        for value in set(values):
            self.note(way, f"{prefix}_{value or 'not_supplied'}", values.count(value), base)

    def agreed_rows(self, incident_id, child_ref, variable):
        """The rows of the lowest coder letter, in the first review of the incident that has any."""
        for review in self.reviews_of[incident_id]:
            found = self.codings[review["review_id"], child_ref, variable]
            if found:
                lowest = min(each["coder"] for each in found)
                return [each["value"] for each in found if each["coder"] == lowest]
        return []

    def answer(self, incident_id, child_ref, variable):
        found = self.agreed_rows(incident_id, child_ref, variable)
        return found[0] if found else "not_coded"

    def panel_incidents(self, first, last):
        return [
            each
            for each in self.rows["incidents"]
            if self.reviews_of[each["incident_id"]] and occurred(each) and first <= occurred(each) <= last
        ]

    def children_in(self, incidents):
        return [child for each in incidents for child in self.children_of[each["incident_id"]]]

    def index_child(self, incident):
        return min(self.children_of[incident["incident_id"]], key=lambda child: int(child["position"]))

    def panel(self, first, last):
        incidents = self.panel_incidents(first, last)
        reviews = [self.reviews_of[each["incident_id"]][0] for each in incidents]
        index = [self.index_child(each) for each in incidents]
        total = len(incidents)
        self.note("panel", "incidents_total", total, total)
        self.note_each("panel", "nature", [each["nature"] for each in reviews], total)
        self._panel_children(incidents, index)
        self._panel_answers(incidents, reviews, index)
        self._panel_time(incidents, reviews)
        self.note_each("panel", "lcspr_decision", [each["lcspr_decision"] for each in reviews], total)
        replies = [self.replies.get(each["review_id"], defaultdict(str)) for each in reviews]
        self.note_each("panel", "panel_outcome", [each["outcome"] for each in replies], total)
        self.note_each(
            "panel",
            "panel_agrees_with_lcspr_decision",
            [each["agrees_with_lcspr_decision"] for each in replies],
            total,
        )
        elsewhere = sum(
            1
            for incident, child in zip(incidents, index, strict=True)
            if incident["incident_la_code"]
            and child["residence_la_code"]
            and incident["incident_la_code"] != child["residence_la_code"]
        )
        self.note("panel", "incident_la_is_not_residence_la", elsewhere, total)
        abroad = sum(1 for each in incidents if each["outside_england"] == "yes")
        self.note("panel", "outside_england", abroad, total)
        self._local_reviews(first, last)
        pairs = [
            pair
            for each in incidents
            for review in self.reviews_of[each["incident_id"]]
            for pair in self._pairs(review)
        ]
        self._agreement("panel", pairs)

    def _panel_children(self, incidents, index):
        total = len(incidents)
        everybody = self.children_in(incidents)
        self.note("panel", "children_total", len(everybody))
        others = len(everybody) - len(index)
        self.note("panel", "children_who_are_not_the_index_child", others, len(everybody))
        ids = {each["incident_id"] for each in incidents}
        theirs = [each for each in self.rows["notifications"] if each["incident_id"] in ids]
        self.note("panel", "notifications_of_these_incidents", len(theirs))
        live = [each for each in theirs if not each["withdrawn_on"]]
        self.note("panel", "notifications_of_these_incidents_not_withdrawn", len(live))
        late = sum(
            1
            for incident_id in ids
            if all(
                day(each["notified_on"]) > self.last for each in theirs if each["incident_id"] == incident_id
            )
        )
        self.note("panel", "incidents_notified_only_after_the_year", late, total)
        ages = [months_old(child, occurred(each)) for each, child in zip(incidents, index, strict=True)]
        babies = sum(1 for months in ages if months is not None and months < 12)
        self.note("panel", "index_child_under_12_months", babies, total)
        self.note_each("panel", "age", [band(months) for months in ages], total)
        self.note_each("panel", "sex", [child["sex"] for child in index], total)
        self.note_each("panel", "ethnicity", [ethnic_group(child) for child in index], total)
        pupils = [
            self.answer(child["incident_id"], child["child_ref"], "education_status")
            for child, months in zip(index, ages, strict=True)
            if months is not None and 60 <= months <= 191
        ]
        self.note("panel", "school_age_index_children", len(pupils), total)
        self.note_each("panel", "school_age_education", pupils, len(pupils))
        for figure, values in (
            ("not_in_school", NOT_IN_SCHOOL),
            ("regularly_absent", ("on_roll_regularly_absent",)),
            ("on_roll_any", ON_ROLL),
        ):
            self.note(
                "panel", f"school_age_{figure}", sum(1 for each in pupils if each in values), len(pupils)
            )

    def _panel_answers(self, incidents, reviews, index):
        total = len(incidents)
        neglected = [
            any(
                self.answer(child["incident_id"], child["child_ref"], "neglect_experienced") == "yes"
                for child in self.children_of[each["incident_id"]]
            )
            for each in incidents
        ]
        self.note("panel", "reviews_neglect_experienced", sum(neglected), total)
        of_index = {
            variable: [self.answer(each["incident_id"], each["child_ref"], variable) for each in index]
            for variable in (
                *CHILD_VARIABLES,
                "neglect_experienced",
                "likely_cause_primary",
                "harm_primary",
            )
        }
        yes = of_index["neglect_experienced"].count("yes")
        self.note("panel", "index_children_neglect_experienced", yes, total)
        for variable in CHILD_VARIABLES:
            self.note_each("panel", variable, of_index[variable], total)
        of_review = {
            variable: [self.answer(each["incident_id"], "", variable) for each in incidents]
            for variable in REVIEW_VARIABLES
        }
        for variable in REVIEW_VARIABLES:
            self.note_each("panel", variable, of_review[variable], total)
        for prefix, variable, nature in (
            ("likely_cause", "likely_cause_primary", "death"),
            ("harm", "harm_primary", "serious_harm"),
        ):
            these = [
                value
                for value, review in zip(of_index[variable], reviews, strict=True)
                if review["nature"] == nature
            ]
            self.note_each("panel", prefix, these, len(these))
        self._mental_health(incidents)
        suicides = [
            mental
            for mental, cause, review in zip(
                of_index["child_mental_health_condition"],
                of_index["likely_cause_primary"],
                reviews,
                strict=True,
            )
            if cause == "suicide" and review["nature"] == "death"
        ]
        self.note("panel", "suicide_with_mental_health_condition", suicides.count("yes"), len(suicides))
        with_young = [
            answer
            for answer, each in zip(of_review["parental_mental_health"], incidents, strict=True)
            if any(
                (months := months_old(child, occurred(each))) is not None and 12 <= months <= 71
                for child in self.children_of[each["incident_id"]]
            )
        ]
        self.note(
            "panel",
            "parental_mental_health_yes_where_a_child_is_1_to_5",
            with_young.count("yes"),
            len(with_young),
        )
        raised = [set(self.agreed_rows(each["incident_id"], "", "practice_theme")) for each in incidents]
        for theme in {theme for themes in raised for theme in themes}:
            self.note("panel", f"practice_theme_{theme}", sum(theme in each for each in raised), total)

    def _mental_health(self, incidents):
        ages = [
            months_old(child, occurred(self.incidents[child["incident_id"]]))
            for child in self.children_in(incidents)
            if self.answer(child["incident_id"], child["child_ref"], "child_mental_health_condition") == "yes"
        ]
        everybody = len(self.children_in(incidents))
        self.note("panel", "all_children_mental_health_condition", len(ages), everybody)
        known = [months for months in ages if months is not None]
        older = sum(1 for months in known if 11 * 12 <= months < 18 * 12)
        self.note("panel", "all_children_mental_health_condition_aged_11_to_17", older, len(ages))
        youngest = min(known) // 12 if known else None
        self.note("panel", "youngest_with_mental_health_condition_years", youngest)

    def _panel_time(self, incidents, reviews):
        total = len(incidents)
        notified = [self.notifications[each["notification_id"]] for each in reviews]
        self._notified_in_time("panel", notified)
        late = []
        for review, notification in zip(reviews, notified, strict=True):
            due = working_day_number(day(notification["notified_on"]), 15)
            if day(review["received_on"]) > due:
                late.append(working_days_from(due, day(review["received_on"])))
        self.note("panel", "rapid_review_within_15_wd", total - len(late), total)
        self.note("panel", "rapid_review_late", len(late), total)
        tenths = (20 * sum(late) + len(late)) // (2 * len(late)) if late else None
        mean = tenths / 10 if late else None
        self.note("panel", "rapid_review_late_mean_wd_late", mean, len(late))

    def _notified_in_time(self, way, notifications):
        aware = [each for each in notifications if each["aware_on"]]
        good = sum(
            1 for each in aware if day(each["notified_on"]) <= working_day_number(day(each["aware_on"]), 5)
        )
        self.note(way, "notified_within_5_wd", good, len(aware))
        self.note(way, "notified_late", len(aware) - good, len(aware))

    def _local_reviews(self, first, last):
        received = {each["review_id"]: each["received_on"] for each in self.rows["rapid_reviews"]}
        clocks = {
            "lcsprs_considered": lambda each: each["published_on"],
            "local_reviews_published_in_year": lambda each: each["published_on"],
            "local_reviews_decided_in_year": lambda each: each["decided_on"],
            "local_reviews_of_rapid_reviews_received_in_year": lambda each: received.get(each["review_id"]),
        }
        for figure, clock in clocks.items():
            found = [each for each in self.rows["local_reviews"] if clock(each)]
            self.note("panel", figure, sum(first <= day(clock(each)) <= last for each in found))

    def longer_window(self, data_from):
        incidents = self.panel_incidents(data_from, self.last)
        total = len(incidents)
        way = "panel_15_months"
        self.note(way, "incidents_total", total, total)
        natures = [self.reviews_of[each["incident_id"]][0]["nature"] for each in incidents]
        self.note_each(way, "nature", natures, total)
        before = sum(1 for each in incidents if occurred(each) < self.first)
        self.note(way, "incidents_in_the_quarter_before", before, total)
        self.note(way, "children_total", len(self.children_in(incidents)))

    def department(self):
        way = "department"
        in_period = [
            each for each in self.rows["notifications"] if self.first <= day(each["notified_on"]) <= self.last
        ]
        leavers = [each for each in in_period if each["route"] == "care_leaver_death"]
        withdrawn = [each for each in in_period if each["withdrawn_on"] and each not in leavers]
        counted = [each for each in in_period if each not in leavers and each not in withdrawn]
        self.note(way, "left_out_withdrawn", len(withdrawn))
        self.note(way, "left_out_care_leaver_death", len(leavers))
        total = len(counted)
        self.note(way, "notifications_total", total, total)
        self.note_each(way, "nature", [each["nature"] for each in counted], total)
        self._department_children(counted)
        self._department_places_and_quarters(counted)
        self.note_each(way, "route", [each["route"] for each in counted], total)
        self._notified_in_time(way, counted)
        incidents = {each["incident_id"] for each in counted}
        self.note(way, "incidents_behind_these_notifications", len(incidents))
        reviewed = sum(1 for each in counted if self.reviews_of[each["incident_id"]])
        self.note(way, "notifications_with_rapid_review_on_the_incident", reviewed, total)
        days = [occurred(self.incidents[each["incident_id"]]) for each in counted]
        self.note(way, "occurred_before_the_year", sum(1 for d in days if d and d < self.first), total)
        self.note(way, "occurred_on_not_supplied", sum(1 for d in days if not d), total)

    def _department_children(self, counted):
        way, total = "department", len(counted)
        child_of = {each["notification_id"]: self.children[each["index_child_ref"]] for each in counted}
        age_of = {
            each["notification_id"]: band(
                months_old(child_of[each["notification_id"]], occurred(self.incidents[each["incident_id"]]))
            )
            for each in counted
        }
        self.note_each(way, "age", list(age_of.values()), total)
        self.note_each(way, "ethnicity", [ethnic_group(each) for each in child_of.values()], total)
        for column in (
            "sex",
            "looked_after",
            "child_protection_plan",
            "child_in_need_plan",
            "known_to_agencies",
            "disability",
            "placement_type",
        ):
            self.note_each(way, column, [each[column] for each in child_of.values()], total)
        for prefix, natures in (("death", ("death",)), ("serious_harm_and_other", ("serious_harm", "other"))):
            these = [each["notification_id"] for each in counted if each["nature"] in natures]
            current = sum(1 for each in these if child_of[each]["looked_after"] == "current")
            self.note(way, f"{prefix}_looked_after_current", current, len(these))
            self.note_each(way, f"{prefix}_sex", [child_of[each]["sex"] for each in these], len(these))
            self.note_each(way, f"{prefix}_age", [age_of[each] for each in these], len(these))
        deaths = [
            self.incidents[each["incident_id"]]["abuse_or_neglect"]
            for each in counted
            if each["nature"] == "death" and child_of[each["notification_id"]]["looked_after"] == "current"
        ]
        neither = deaths.count("neither")
        prefix = "looked_after_current_death"
        self.note(way, f"{prefix}_no_abuse_or_neglect", neither, len(deaths))
        self.note(way, f"{prefix}_abuse_or_neglect_or_not_known", len(deaths) - neither, len(deaths))

    def _department_places_and_quarters(self, counted):
        way, total = "department", len(counted)
        regions = [str(AUTHORITIES[each["notifying_la_code"]].region) for each in counted]
        self.note_each(way, "region", regions, total)
        for region in set(regions):
            tens = (regions.count(region) + 5) // 10
            self.note(way, f"region_{region}_rounded_to_10", tens * 10)
        first = self.first.year * 12 + self.first.month
        quarter_of = [
            (day(each["notified_on"]).year * 12 + day(each["notified_on"]).month - first) // 3 + 1
            for each in counted
        ]
        self.note_each(way, "quarter", quarter_of, total)
        for quarter in set(quarter_of):
            natures = [
                each["nature"] for each, found in zip(counted, quarter_of, strict=True) if found == quarter
            ]
            self.note_each(way, f"quarter_{quarter}", natures, len(natures))

    def whole_register(self):
        way = "register"
        for name in FILES:
            self.note(way, f"rows_{name}", len(self.rows[name]))
        coders = defaultdict(set)
        for coding in self.rows["codings"]:
            coders[coding["review_id"]].add(coding["coder"])
        reviews = self.rows["rapid_reviews"]
        twice = sum(1 for each in reviews if len(coders[each["review_id"]]) > 1)
        self.note(way, "reviews_coded_twice", twice, len(reviews))
        live = defaultdict(int)
        for notification in self.rows["notifications"]:
            live[notification["incident_id"]] += not notification["withdrawn_on"]
        several = sum(1 for count in live.values() if count > 1)
        self.note(way, "incidents_with_two_live_notifications", several, len(self.rows["incidents"]))
        published = [each for each in self.rows["local_reviews"] if each["published_on"]]
        self.note(way, "local_reviews_published", len(published), len(self.rows["local_reviews"]))
        in_time = sum(
            1
            for each in published
            if each["decided_on"] and day(each["published_on"]) <= six_months_after(day(each["decided_on"]))
        )
        self.note(way, "local_reviews_published_within_6_months", in_time, len(published))
        statuses = [each["status"] for each in self.rows["recommendations"]]
        self.note_each(way, "recommendation_status", statuses, len(statuses))
        self._agreement(way, [pair for each in reviews for pair in self._pairs(each)])

    def _pairs(self, review):
        """The answers on neglect of each child that two coders answered for in this review."""
        for found in self.on_neglect[review["review_id"]]:
            first, second = sorted(found, key=lambda each: each["coder"])[:2]
            pair = (first["value"], second["value"])
            if set(pair) <= {"yes", "no", "not_mentioned"}:
                yield pair

    def _agreement(self, way, pairs):
        agree = sum(1 for first, second in pairs if first == second)
        self.note(way, "neglect_experienced_coders_agree", agree, len(pairs))
        by_chance = sum(
            sum(first == value for first, _ in pairs) * sum(second == value for _, second in pairs)
            for value in ("yes", "no", "not_mentioned")
        )
        kappa = None
        if pairs and by_chance < len(pairs) ** 2:
            kappa = (agree * len(pairs) - by_chance) / (len(pairs) ** 2 - by_chance)
        self.note(way, "neglect_experienced_cohens_kappa", kappa, len(pairs))


def six_months_after(start):
    year, month = divmod(start.year * 12 + start.month - 1 + 6, 12)
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(start.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
