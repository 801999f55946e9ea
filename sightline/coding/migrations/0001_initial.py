import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CodedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='coded_answers', to='casework.rapidreview')),
                ('child', models.ForeignKey(blank=True, db_column='child_ref', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coded_answers', to='casework.child')),
                ('variable', models.CharField(max_length=40)),
                ('value', models.CharField(max_length=40)),
                ('certainty', models.CharField(blank=True, choices=[('confirmed', 'Confirmed'), ('likely', 'Likely'), ('possible', 'Possible')], max_length=40, null=True)),
                ('coder', models.CharField(max_length=100)),
                ('coded_on', models.DateField(blank=True, null=True)),
                ('codebook_version', models.PositiveIntegerField()),
                ('register_position', models.IntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('child__isnull', False)), fields=('review', 'child', 'variable', 'value', 'coder', 'codebook_version'), name='coded_answer_unique_child'), models.UniqueConstraint(condition=models.Q(('child__isnull', True)), fields=('review', 'variable', 'value', 'coder', 'codebook_version'), name='coded_answer_unique_review'), models.CheckConstraint(condition=models.Q(('certainty', 'confirmed'), ('certainty', 'likely'), ('certainty', 'possible'), _connector='OR'), name='coded_answer_certainty_code', violation_error_message='certainty is one of confirmed, likely, possible.'), models.CheckConstraint(condition=models.Q(('certainty__isnull', True), models.Q(('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR', _negated=True), _connector='OR'), name='coded_answer_no_answer_is_not_certain'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('variable', 'family_known_to_social_care'), ('child__isnull', True), models.Q(('value', 'yes'), ('value', 'no'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'domestic_abuse'), ('child__isnull', True), models.Q(('value', 'yes'), ('value', 'no'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'parental_mental_health'), ('child__isnull', True), models.Q(('value', 'yes'), ('value', 'no'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'parental_substance_misuse'), ('child__isnull', True), models.Q(('value', 'yes'), ('value', 'no'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'practice_theme'), ('child__isnull', True), models.Q(('value', 'information_sharing'), ('value', 'professional_curiosity'), ('value', 'whole_family_assessment'), ('value', 'responding_to_changing_risk'), ('value', 'critical_thinking'), ('value', 'voice_of_the_child'), ('value', 'race_ethnicity_culture'), ('value', 'leadership_and_culture'), ('value', 'early_intervention'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'neglect_experienced'), ('child__isnull', False), models.Q(('value', 'yes'), ('value', 'no'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'education_status'), ('child__isnull', False), models.Q(('value', 'too_young'), ('value', 'early_years'), ('value', 'on_roll'), ('value', 'on_roll_regularly_absent'), ('value', 'part_time_timetable'), ('value', 'excluded'), ('value', 'home_educated'), ('value', 'missing_education'), ('value', 'awaiting_place'), ('value', 'alternative_provision'), ('value', 'not_in_education'), ('value', 'post_16_education'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'looked_after_ever'), ('child__isnull', False), models.Q(('value', 'yes'), ('value', 'no'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'child_protection_plan_ever'), ('child__isnull', False), models.Q(('value', 'yes'), ('value', 'no'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'child_mental_health_condition'), ('child__isnull', False), models.Q(('value', 'yes'), ('value', 'no'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'child_health_condition'), ('child__isnull', False), models.Q(('value', 'yes'), ('value', 'no'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'likely_cause_primary'), ('child__isnull', False), models.Q(('value', 'intrafamilial_assault'), ('value', 'neglect'), ('value', 'other_maltreatment'), ('value', 'sudi'), ('value', 'suicide'), ('value', 'extrafamilial_assault'), ('value', 'accident'), ('value', 'medical'), ('value', 'not_yet_known'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), models.Q(('variable', 'harm_primary'), ('child__isnull', False), models.Q(('value', 'physical_abuse'), ('value', 'neglect'), ('value', 'intrafamilial_sexual_abuse'), ('value', 'extrafamilial_sexual_abuse'), ('value', 'criminal_exploitation'), ('value', 'serious_youth_violence'), ('value', 'self_harm'), ('value', 'fabricated_or_induced_illness'), ('value', 'other'), ('value', 'not_mentioned'), ('value', 'not_known'), ('value', 'not_applicable'), _connector='OR')), _connector='OR'), ('codebook_version', 1)), name='coded_answer_in_codebook')],
                'indexes': [],
            },
        ),
    ]
