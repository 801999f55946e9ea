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
                'constraints': [models.UniqueConstraint(condition=models.Q(('child__isnull', False)), fields=('review', 'child', 'variable', 'value', 'coder', 'codebook_version'), name='coded_answer_unique_child'), models.UniqueConstraint(condition=models.Q(('child__isnull', True)), fields=('review', 'variable', 'value', 'coder', 'codebook_version'), name='coded_answer_unique_review'), models.CheckConstraint(condition=models.Q(('certainty__in', ('confirmed', 'likely', 'possible'))), name='coded_answer_certainty_code', violation_error_message='certainty is one of confirmed, likely, possible.'), models.CheckConstraint(condition=models.Q(('certainty__isnull', True), models.Q(('value__in', ('not_mentioned', 'not_known', 'not_applicable')), _negated=True), _connector='OR'), name='coded_answer_no_answer_is_not_certain'), models.CheckConstraint(condition=models.Q(('codebook_version__gte', 1)), name='coded_answer_codebook_from_1')],
                'indexes': [],
            },
        ),
    ]
