import django.db.models.deletion
from django.db import migrations, models

from sightline.access.append_only import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('incident_id', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('occurred_on', models.DateField(blank=True, null=True)),
                ('occurred_precision', models.CharField(blank=True, choices=[('day', 'To the day'), ('month', 'To the month'), ('year', 'To the year'), ('unknown', 'Not known')], max_length=40, null=True)),
                ('incident_la_code', models.CharField(blank=True, max_length=9, null=True)),
                ('outside_england', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=40, null=True)),
                ('place_type', models.TextField(blank=True, null=True)),
                ('abuse_or_neglect', models.CharField(blank=True, choices=[('known', 'Known'), ('suspected', 'Suspected'), ('neither', 'Neither known nor suspected'), ('not_known', 'Not known')], max_length=40, null=True)),
                ('register_position', models.IntegerField(blank=True, editable=False, null=True)),
                ('aware_on', models.DateField(blank=True, null=True)),
                ('not_notifiable_on', models.DateField(blank=True, null=True)),
                ('not_notifiable_reason', models.TextField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('occurred_precision', 'day'), ('occurred_precision', 'month'), ('occurred_precision', 'year'), ('occurred_precision', 'unknown'), _connector='OR'), name='incident_occurred_precision_code', violation_error_message='occurred_precision is one of day, month, year, unknown.'), models.CheckConstraint(condition=models.Q(('outside_england', 'yes'), ('outside_england', 'no'), _connector='OR'), name='incident_outside_england_code', violation_error_message='outside_england is one of yes, no.'), models.CheckConstraint(condition=models.Q(('abuse_or_neglect', 'known'), ('abuse_or_neglect', 'suspected'), ('abuse_or_neglect', 'neither'), ('abuse_or_neglect', 'not_known'), _connector='OR'), name='incident_abuse_or_neglect_code', violation_error_message='abuse_or_neglect is one of known, suspected, neither, not_known.'), models.CheckConstraint(condition=models.Q(('not_notifiable_on__isnull', True), models.Q(('not_notifiable_reason__isnull', False), models.Q(('not_notifiable_reason', ''), _negated=True)), _connector='OR'), name='incident_not_notifiable_says_why')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Child',
            fields=[
                ('child_ref', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('incident', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='casework.incident')),
                ('position', models.PositiveIntegerField()),
                ('role', models.CharField(blank=True, choices=[('died', 'Died'), ('seriously_harmed', 'Seriously harmed'), ('caused_harm', 'Caused harm'), ('other', 'Other')], max_length=40, null=True)),
                ('date_of_birth', models.DateField(blank=True, null=True)),
                ('age_in_months', models.PositiveIntegerField(blank=True, null=True)),
                ('sex', models.CharField(blank=True, choices=[('female', 'Female'), ('male', 'Male'), ('not_known', 'Not known'), ('transgender', 'Transgender (older returns)')], max_length=40, null=True)),
                ('ethnicity_code', models.CharField(blank=True, choices=[('WBRI', 'White British'), ('WIRI', 'White Irish'), ('WIRT', 'Traveller of Irish heritage'), ('WROM', 'Gypsy or Roma'), ('WOTH', 'Any other White background'), ('MWBC', 'White and Black Caribbean'), ('MWBA', 'White and Black African'), ('MWAS', 'White and Asian'), ('MOTH', 'Any other mixed background'), ('AIND', 'Indian'), ('APKN', 'Pakistani'), ('ABAN', 'Bangladeshi'), ('AOTH', 'Any other Asian background'), ('CHNE', 'Chinese'), ('BCRB', 'Black Caribbean'), ('BAFR', 'Black African'), ('BOTH', 'Any other Black background'), ('OOTH', 'Any other ethnic group'), ('REFU', 'Refused'), ('NOBT', 'Information not yet obtained'), ('NKNW', 'Not known')], max_length=40, null=True)),
                ('disability', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], max_length=40, null=True)),
                ('residence_la_code', models.CharField(blank=True, max_length=9, null=True)),
                ('placement_type', models.CharField(blank=True, choices=[('living_at_home', 'Living at home'), ('living_with_relatives', 'Living with relatives'), ('foster_care', 'Foster care'), ('residential_childrens_home', "Residential children's home"), ('semi_independent', 'Semi-independent'), ('mother_and_baby_unit', 'Mother and baby unit'), ('secure', 'Secure setting'), ('hospital', 'Hospital'), ('other', 'Other'), ('not_known', 'Not known')], max_length=40, null=True)),
                ('looked_after', models.CharField(blank=True, choices=[('current', 'Current'), ('previous', 'Previous'), ('never', 'Never'), ('not_known', 'Not known')], max_length=40, null=True)),
                ('child_protection_plan', models.CharField(blank=True, choices=[('current', 'Current'), ('previous', 'Previous'), ('never', 'Never'), ('not_known', 'Not known')], max_length=40, null=True)),
                ('child_in_need_plan', models.CharField(blank=True, choices=[('current', 'Current'), ('previous', 'Previous'), ('never', 'Never'), ('not_known', 'Not known')], max_length=40, null=True)),
                ('known_to_agencies', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], max_length=40, null=True)),
                ('register_position', models.IntegerField(blank=True, editable=False, null=True)),
                ('incident_la_code', models.CharField(blank=True, max_length=9, null=True)),
                ('responsible_la_code', models.CharField(blank=True, max_length=9, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('incident', 'position'), name='child_position_unique'), models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='child_position_from_1'), models.CheckConstraint(condition=models.Q(('role', 'died'), ('role', 'seriously_harmed'), ('role', 'caused_harm'), ('role', 'other'), _connector='OR'), name='child_role_code', violation_error_message='role is one of died, seriously_harmed, caused_harm, other.'), models.CheckConstraint(condition=models.Q(('sex', 'female'), ('sex', 'male'), ('sex', 'not_known'), ('sex', 'transgender'), _connector='OR'), name='child_sex_code', violation_error_message='sex is one of female, male, not_known, transgender.'), models.CheckConstraint(condition=models.Q(('ethnicity_code', 'WBRI'), ('ethnicity_code', 'WIRI'), ('ethnicity_code', 'WIRT'), ('ethnicity_code', 'WROM'), ('ethnicity_code', 'WOTH'), ('ethnicity_code', 'MWBC'), ('ethnicity_code', 'MWBA'), ('ethnicity_code', 'MWAS'), ('ethnicity_code', 'MOTH'), ('ethnicity_code', 'AIND'), ('ethnicity_code', 'APKN'), ('ethnicity_code', 'ABAN'), ('ethnicity_code', 'AOTH'), ('ethnicity_code', 'CHNE'), ('ethnicity_code', 'BCRB'), ('ethnicity_code', 'BAFR'), ('ethnicity_code', 'BOTH'), ('ethnicity_code', 'OOTH'), ('ethnicity_code', 'REFU'), ('ethnicity_code', 'NOBT'), ('ethnicity_code', 'NKNW'), _connector='OR'), name='child_ethnicity_code_code', violation_error_message='ethnicity_code is one of WBRI, WIRI, WIRT, WROM, WOTH, MWBC, MWBA, MWAS, MOTH, AIND, APKN, ABAN, AOTH, CHNE, BCRB, BAFR, BOTH, OOTH, REFU, NOBT, NKNW.'), models.CheckConstraint(condition=models.Q(('disability', 'yes'), ('disability', 'no'), ('disability', 'not_known'), _connector='OR'), name='child_disability_code', violation_error_message='disability is one of yes, no, not_known.'), models.CheckConstraint(condition=models.Q(('placement_type', 'living_at_home'), ('placement_type', 'living_with_relatives'), ('placement_type', 'foster_care'), ('placement_type', 'residential_childrens_home'), ('placement_type', 'semi_independent'), ('placement_type', 'mother_and_baby_unit'), ('placement_type', 'secure'), ('placement_type', 'hospital'), ('placement_type', 'other'), ('placement_type', 'not_known'), _connector='OR'), name='child_placement_type_code', violation_error_message='placement_type is one of living_at_home, living_with_relatives, foster_care, residential_childrens_home, semi_independent, mother_and_baby_unit, secure, hospital, other, not_known.'), models.CheckConstraint(condition=models.Q(('looked_after', 'current'), ('looked_after', 'previous'), ('looked_after', 'never'), ('looked_after', 'not_known'), _connector='OR'), name='child_looked_after_code', violation_error_message='looked_after is one of current, previous, never, not_known.'), models.CheckConstraint(condition=models.Q(('child_protection_plan', 'current'), ('child_protection_plan', 'previous'), ('child_protection_plan', 'never'), ('child_protection_plan', 'not_known'), _connector='OR'), name='child_child_protection_plan_code', violation_error_message='child_protection_plan is one of current, previous, never, not_known.'), models.CheckConstraint(condition=models.Q(('child_in_need_plan', 'current'), ('child_in_need_plan', 'previous'), ('child_in_need_plan', 'never'), ('child_in_need_plan', 'not_known'), _connector='OR'), name='child_child_in_need_plan_code', violation_error_message='child_in_need_plan is one of current, previous, never, not_known.'), models.CheckConstraint(condition=models.Q(('known_to_agencies', 'yes'), ('known_to_agencies', 'no'), ('known_to_agencies', 'not_known'), _connector='OR'), name='child_known_to_agencies_code', violation_error_message='known_to_agencies is one of yes, no, not_known.')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ParallelProcess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('incident', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='parallel_processes', to='casework.incident')),
                ('kind', models.CharField(choices=[('child_death_review', 'Child death review'), ('inquest', 'Inquest'), ('criminal_investigation', 'Criminal investigation'), ('family_proceedings', 'Family proceedings'), ('domestic_abuse_related_death_review', 'Domestic abuse related death review'), ('safeguarding_adult_review', 'Safeguarding adult review'), ('mappa_review', 'Public protection serious case review')], max_length=40)),
                ('reference', models.CharField(max_length=100)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('incident', 'kind', 'reference'), name='parallel_process_unique'), models.CheckConstraint(condition=models.Q(('kind', 'child_death_review'), ('kind', 'inquest'), ('kind', 'criminal_investigation'), ('kind', 'family_proceedings'), ('kind', 'domestic_abuse_related_death_review'), ('kind', 'safeguarding_adult_review'), ('kind', 'mappa_review'), _connector='OR'), name='parallel_process_kind_code', violation_error_message='kind is one of child_death_review, inquest, criminal_investigation, family_proceedings, domestic_abuse_related_death_review, safeguarding_adult_review, mappa_review.')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('notification_id', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to='casework.incident')),
                ('index_child', models.ForeignKey(blank=True, db_column='index_child_ref', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notifications_led', to='casework.child')),
                ('route', models.CharField(choices=[('serious_incident', 'Serious incident'), ('looked_after_child_death', 'Death of a looked-after child'), ('care_leaver_death', 'Death of a care leaver')], max_length=40)),
                ('nature', models.CharField(choices=[('death', 'Child death'), ('serious_harm', 'Serious harm'), ('other', 'Other')], max_length=40)),
                ('notifying_la_code', models.CharField(blank=True, max_length=9, null=True)),
                ('aware_on', models.DateField(blank=True, null=True)),
                ('notified_on', models.DateField()),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('withdrawn_reason', models.TextField(blank=True, null=True)),
                ('register_position', models.IntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('route', 'serious_incident'), ('route', 'looked_after_child_death'), ('route', 'care_leaver_death'), _connector='OR'), name='notification_route_code', violation_error_message='route is one of serious_incident, looked_after_child_death, care_leaver_death.'), models.CheckConstraint(condition=models.Q(('nature', 'death'), ('nature', 'serious_harm'), ('nature', 'other'), _connector='OR'), name='notification_nature_code', violation_error_message='nature is one of death, serious_harm, other.'), models.CheckConstraint(condition=models.Q(('notified_on__gte', models.F('aware_on'))), name='notification_notified_on_order', violation_error_message='notified_on cannot be before aware_on.'), models.CheckConstraint(condition=models.Q(('withdrawn_on__gte', models.F('notified_on'))), name='notification_withdrawn_on_order', violation_error_message='withdrawn_on cannot be before notified_on.')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='AsNotified',
            fields=[
                ('notification', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_notified', serialize=False, to='casework.notification')),
                ('said', models.JSONField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ClericalCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clerical_corrections', to='casework.notification')),
                ('field', models.CharField(max_length=40)),
                ('as_notified', models.TextField(blank=True, null=True)),
                ('corrected', models.TextField(blank=True, null=True)),
                ('reason', models.TextField()),
                ('by', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('field', 'index_child_ref'), ('field', 'route'), ('field', 'nature'), ('field', 'notifying_la_code'), ('field', 'aware_on'), ('field', 'notified_on'), _connector='OR'), name='clerical_correction_field_code'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='clerical_correction_says_why'), models.CheckConstraint(condition=models.Q(('by', ''), _negated=True), name='clerical_correction_names_who')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='RapidReview',
            fields=[
                ('review_id', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('notification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rapid_reviews', to='casework.notification')),
                ('partnership', models.TextField(blank=True, null=True)),
                ('received_on', models.DateField(blank=True, null=True)),
                ('nature', models.CharField(blank=True, choices=[('death', 'Child death'), ('serious_harm', 'Serious harm'), ('other', 'Other')], max_length=40, null=True)),
                ('lcspr_decision', models.CharField(blank=True, choices=[('yes', 'Local review to be held'), ('no', 'No local review'), ('undecided', 'Undecided')], max_length=40, null=True)),
                ('national_review_potential', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('unsure', 'Unsure')], max_length=40, null=True)),
                ('register_position', models.IntegerField(blank=True, editable=False, null=True)),
                ('decision_reason', models.TextField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('nature', 'death'), ('nature', 'serious_harm'), ('nature', 'other'), _connector='OR'), name='rapid_review_nature_code', violation_error_message='nature is one of death, serious_harm, other.'), models.CheckConstraint(condition=models.Q(('lcspr_decision', 'yes'), ('lcspr_decision', 'no'), ('lcspr_decision', 'undecided'), _connector='OR'), name='rapid_review_lcspr_decision_code', violation_error_message='lcspr_decision is one of yes, no, undecided.'), models.CheckConstraint(condition=models.Q(('national_review_potential', 'yes'), ('national_review_potential', 'no'), ('national_review_potential', 'unsure'), _connector='OR'), name='rapid_review_national_review_potential_code', violation_error_message='national_review_potential is one of yes, no, unsure.')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='PanelResponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='panel_responses', to='casework.rapidreview')),
                ('responded_on', models.DateField()),
                ('outcome', models.CharField(choices=[('agrees', 'Agrees'), ('disagrees', 'Disagrees'), ('asks_for_more', 'Asks for more information'), ('criteria_not_met', 'Criteria not met'), ('considers_national_review', 'Considers a national review')], max_length=40)),
                ('agrees_with_lcspr_decision', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=40, null=True)),
                ('register_position', models.IntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'responded_on', 'outcome'), name='panel_response_unique'), models.CheckConstraint(condition=models.Q(('outcome', 'agrees'), ('outcome', 'disagrees'), ('outcome', 'asks_for_more'), ('outcome', 'criteria_not_met'), ('outcome', 'considers_national_review'), _connector='OR'), name='panel_response_outcome_code', violation_error_message='outcome is one of agrees, disagrees, asks_for_more, criteria_not_met, considers_national_review.'), models.CheckConstraint(condition=models.Q(('agrees_with_lcspr_decision', 'yes'), ('agrees_with_lcspr_decision', 'no'), _connector='OR'), name='panel_response_agrees_with_lcspr_decision_code', violation_error_message='agrees_with_lcspr_decision is one of yes, no.')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='RequestedAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requested_actions', to='casework.panelresponse')),
                ('what', models.TextField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='requested_action_says_what')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='PartnersReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='partners_replies', to='casework.rapidreview')),
                ('to_letter_of', models.DateField()),
                ('replied_on', models.DateField()),
                ('reply', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'to_letter_of', 'replied_on'), name='partners_reply_unique'), models.CheckConstraint(condition=models.Q(('replied_on__gte', models.F('to_letter_of'))), name='partners_reply_replied_on_order', violation_error_message='replied_on cannot be before to_letter_of.')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='LocalReview',
            fields=[
                ('local_review_id', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='local_reviews', to='casework.rapidreview')),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('publication', models.CharField(blank=True, choices=[('full_report', 'Full report'), ('improvements_only', 'Improvements only'), ('not_published', 'Not published'), ('in_progress', 'In progress')], max_length=40, null=True)),
                ('delay_cause', models.CharField(blank=True, choices=[('none', 'None'), ('investigation', 'Criminal investigation'), ('trial', 'Trial'), ('inquest', 'Inquest'), ('family_proceedings', 'Family proceedings'), ('other', 'Other')], max_length=40, null=True)),
                ('register_position', models.IntegerField(blank=True, editable=False, null=True)),
                ('publication_planned_on', models.DateField(blank=True, null=True)),
                ('copy_sent_on', models.DateField(blank=True, null=True)),
                ('not_published_reason', models.TextField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('publication', 'full_report'), ('publication', 'improvements_only'), ('publication', 'not_published'), ('publication', 'in_progress'), _connector='OR'), name='local_review_publication_code', violation_error_message='publication is one of full_report, improvements_only, not_published, in_progress.'), models.CheckConstraint(condition=models.Q(('delay_cause', 'none'), ('delay_cause', 'investigation'), ('delay_cause', 'trial'), ('delay_cause', 'inquest'), ('delay_cause', 'family_proceedings'), ('delay_cause', 'other'), _connector='OR'), name='local_review_delay_cause_code', violation_error_message='delay_cause is one of none, investigation, trial, inquest, family_proceedings, other.'), models.CheckConstraint(condition=models.Q(('published_on__gte', models.F('decided_on'))), name='local_review_published_on_order', violation_error_message='published_on cannot be before decided_on.')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='NationalReview',
            fields=[
                ('national_review_id', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('title', models.TextField()),
                ('commissioned_on', models.DateField()),
                ('reason', models.TextField()),
                ('published_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='national_review_says_why'), models.CheckConstraint(condition=models.Q(('published_on__gte', models.F('commissioned_on'))), name='national_review_published_on_order', violation_error_message='published_on cannot be before commissioned_on.')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='NationalReviewIncident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('national_review', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='drawn_on', to='casework.nationalreview')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='national_reviews', to='casework.incident')),
                ('reason', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('national_review', 'incident'), name='national_review_incident_unique'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='national_review_incident_says_why')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Delay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notification', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delays', to='casework.notification')),
                ('rapid_review_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rapid_review_delays', to='casework.notification')),
                ('local_review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delays', to='casework.localreview')),
                ('cause', models.CharField(choices=[('none', 'None'), ('investigation', 'Criminal investigation'), ('trial', 'Trial'), ('inquest', 'Inquest'), ('family_proceedings', 'Family proceedings'), ('other', 'Other')], max_length=40)),
                ('started_on', models.DateField()),
                ('expected_end_on', models.DateField(blank=True, null=True)),
                ('told', models.TextField()),
                ('told_on', models.DateField(blank=True, null=True)),
                ('interim_learning_issued', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=40, null=True)),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('cause', 'none'), ('cause', 'investigation'), ('cause', 'trial'), ('cause', 'inquest'), ('cause', 'family_proceedings'), ('cause', 'other'), _connector='OR'), name='delay_cause_code', violation_error_message='cause is one of none, investigation, trial, inquest, family_proceedings, other.'), models.CheckConstraint(condition=models.Q(('interim_learning_issued', 'yes'), ('interim_learning_issued', 'no'), _connector='OR'), name='delay_interim_learning_issued_code', violation_error_message='interim_learning_issued is one of yes, no.'), models.CheckConstraint(condition=models.Q(('cause', 'none'), _negated=True), name='delay_has_cause'), models.CheckConstraint(condition=models.Q(('expected_end_on__gte', models.F('started_on'))), name='delay_expected_end_on_order', violation_error_message='expected_end_on cannot be before started_on.'), models.CheckConstraint(condition=models.Q(models.Q(('local_review__isnull', True), ('notification__isnull', False), ('rapid_review_of__isnull', True)), models.Q(('local_review__isnull', True), ('notification__isnull', True), ('rapid_review_of__isnull', False)), models.Q(('local_review__isnull', False), ('notification__isnull', True), ('rapid_review_of__isnull', True)), _connector='OR'), name='delay_of_one_thing')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('recommendation_id', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('source_review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='casework.localreview')),
                ('level', models.CharField(blank=True, choices=[('single_agency', 'Single agency'), ('multi_agency', 'Multi-agency'), ('regional', 'Regional'), ('national', 'National')], max_length=40, null=True)),
                ('addressee', models.TextField(blank=True, null=True)),
                ('theme', models.CharField(blank=True, choices=[('information_sharing', 'Information sharing'), ('professional_curiosity', 'Professional curiosity'), ('whole_family_assessment', 'Whole-family assessment'), ('responding_to_changing_risk', 'Responding to changing risk'), ('critical_thinking', 'Critical thinking'), ('voice_of_the_child', 'Voice of the child'), ('race_ethnicity_culture', 'Race, ethnicity and culture'), ('leadership_and_culture', 'Leadership and culture'), ('early_intervention', 'Early intervention')], max_length=40, null=True)),
                ('made_on', models.DateField(blank=True, null=True)),
                ('accepted', models.CharField(blank=True, choices=[('yes', 'Accepted'), ('partly', 'Partly accepted'), ('no', 'Not accepted')], max_length=40, null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('status', models.CharField(blank=True, choices=[('open', 'Open'), ('in_progress', 'In progress'), ('done', 'Done'), ('evidenced', 'Evidenced'), ('superseded', 'Superseded')], max_length=40, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('register_position', models.IntegerField(blank=True, editable=False, null=True)),
                ('national_review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='casework.nationalreview')),
                ('text', models.TextField(blank=True, null=True)),
                ('owner', models.TextField(blank=True, null=True)),
                ('accepted_reason', models.TextField(blank=True, null=True)),
                ('repeats', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeated_by', to='casework.recommendation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level', 'single_agency'), ('level', 'multi_agency'), ('level', 'regional'), ('level', 'national'), _connector='OR'), name='recommendation_level_code', violation_error_message='level is one of single_agency, multi_agency, regional, national.'), models.CheckConstraint(condition=models.Q(('theme', 'information_sharing'), ('theme', 'professional_curiosity'), ('theme', 'whole_family_assessment'), ('theme', 'responding_to_changing_risk'), ('theme', 'critical_thinking'), ('theme', 'voice_of_the_child'), ('theme', 'race_ethnicity_culture'), ('theme', 'leadership_and_culture'), ('theme', 'early_intervention'), _connector='OR'), name='recommendation_theme_code', violation_error_message='theme is one of information_sharing, professional_curiosity, whole_family_assessment, responding_to_changing_risk, critical_thinking, voice_of_the_child, race_ethnicity_culture, leadership_and_culture, early_intervention.'), models.CheckConstraint(condition=models.Q(('accepted', 'yes'), ('accepted', 'partly'), ('accepted', 'no'), _connector='OR'), name='recommendation_accepted_code', violation_error_message='accepted is one of yes, partly, no.'), models.CheckConstraint(condition=models.Q(('status', 'open'), ('status', 'in_progress'), ('status', 'done'), ('status', 'evidenced'), ('status', 'superseded'), _connector='OR'), name='recommendation_status_code', violation_error_message='status is one of open, in_progress, done, evidenced, superseded.'), models.CheckConstraint(condition=models.Q(('closed_on__gte', models.F('made_on'))), name='recommendation_closed_on_order', violation_error_message='closed_on cannot be before made_on.'), models.CheckConstraint(condition=models.Q(models.Q(('national_review__isnull', True), ('source_review__isnull', False)), models.Q(('national_review__isnull', False), ('source_review__isnull', True)), _connector='OR'), name='recommendation_of_one_review'), models.CheckConstraint(condition=models.Q(('repeats', models.F('recommendation_id')), _negated=True), name='recommendation_repeats_another')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='casework.recommendation')),
                ('dated_on', models.DateField()),
                ('shows', models.TextField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('shows', ''), _negated=True), name='evidence_says_what')],
                'indexes': [],
            },
        ),
        append_only("casework_asnotified", key="notification_id"),
        append_only("casework_clericalcorrection", key="id"),
    ]
