from django.db import migrations, models

from sightline.access.append_only import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.TextField()),
                ('act', models.TextField()),
                ('thing_kind', models.TextField()),
                ('thing_id', models.TextField()),
                ('fields', models.JSONField(default=list)),
                ('why', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['thing_kind', 'thing_id'], name='act_of_thing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('by', ''), _negated=True), name='act_names_who'), models.CheckConstraint(condition=models.Q(('act', ''), _negated=True), name='act_names_what')],
            },
        ),
        append_only("access_act", key="id"),
    ]
