import django.db.models.deletion
from django.db import migrations, models


def keep_slugs(apps, schema_editor):
    """Give the services that are there already the address of their slug; those to come get it when they are saved."""
    short_address = apps.get_model("referrals", "ShortAddress")
    for pk, slug in apps.get_model("referrals", "Service").objects.order_by("pk").values_list("pk", "slug"):
        short_address.objects.get_or_create(code=slug.lower(), defaults={"service_id": pk})


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0001_services'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShortAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=80, unique=True)),
                ('neutral', models.BooleanField(default=False)),
                ('service', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='short_addresses', to='referrals.service')),
            ],
            options={
                'ordering': ['neutral', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WeeklyCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(help_text='Its Monday.')),
                ('uses', models.PositiveIntegerField(default=0)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weekly_counts', to='referrals.service')),
            ],
            options={
                'ordering': ['week', 'service'],
                'constraints': [models.UniqueConstraint(fields=('service', 'week'), name='one_count_a_service_and_week')],
            },
        ),
        migrations.RunPython(keep_slugs, migrations.RunPython.noop, elidable=True),
    ]
