import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0002_safety'),
        ('safeguarding_site', '0002_site'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='FinderEnding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='For editors. Readers do not see it.', max_length=80, unique=True)),
                ('heading', models.CharField(help_text='The first words a reader sees here.', max_length=80)),
                ('text', models.TextField(blank=True, help_text='An empty line begins a new paragraph.', verbose_name='a few sentences')),
                ('say', models.TextField(blank=True, help_text='In the reader’s own words, one sentence on each line.', verbose_name='what to say when they answer')),
                ('danger', models.BooleanField(default=False, help_text='Begins with 999 and 55. Nothing more is asked before it.', verbose_name='danger now')),
                ('ask_how', models.BooleanField(default=True, help_text='Asks one more question, and picks the services that can be reached in that way.', verbose_name='ask how they can get in touch safely')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('topic', models.ForeignKey(help_text='When none of the services below is there any more, readers get the line for this topic.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='safeguarding_site.topic')),
            ],
            options={
                'verbose_name': 'finder ending',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='FinderQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='For editors. Readers do not see it: several questions may read “Who is it about?”', max_length=80, unique=True)),
                ('text', models.CharField(help_text='In plain words: “Who is it about?”', max_length=80, verbose_name='question')),
                ('help', models.CharField(blank=True, max_length=200, verbose_name='a line under it')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
            ],
            options={
                'verbose_name': 'finder question',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='FinderCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, unique=True)),
                ('how', models.CharField(blank=True, max_length=6)),
                ('ending', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='referrals.finderending')),
                ('question', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='referrals.finderquestion')),
            ],
        ),
        migrations.CreateModel(
            name='FinderSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('intro', models.CharField(blank=True, max_length=200, verbose_name='a line on the first page')),
                ('how', models.CharField(default='How can you get in touch safely?', max_length=80, verbose_name='the question how')),
                ('how_help', models.CharField(blank=True, max_length=200, verbose_name='a line under it')),
                ('phone', models.CharField(default='I can talk on the phone', max_length=80, verbose_name='answer: by phone')),
                ('quiet', models.CharField(default='I can write, but not speak', max_length=80, verbose_name='answer: without speaking')),
                ('person', models.CharField(default='I want to meet someone in person', max_length=80, verbose_name='answer: in person')),
                ('later', models.CharField(default='Only at a time that is safe for me', max_length=80, verbose_name='answer: at a safe time')),
                ('first_question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='starts', to='referrals.finderquestion')),
            ],
            options={
                'verbose_name': 'finder',
            },
        ),
        migrations.CreateModel(
            name='FinderPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('ending', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='referrals.finderending')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='finder_places', to='referrals.service')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('ending', 'service'), name='a_service_once_in_an_ending')],
            },
        ),
        migrations.CreateModel(
            name='FinderAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('text', models.CharField(max_length=80, verbose_name='answer')),
                ('note', models.CharField(blank=True, max_length=120, verbose_name='a line under it')),
                ('ending', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_to_by', to='referrals.finderending', verbose_name='or to the ending')),
                ('next_question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_to_by', to='referrals.finderquestion', verbose_name='leads to the question')),
                ('question', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='referrals.finderquestion')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('next_question', None), ('ending', None), _connector='XOR'), name='an_answer_leads_to_one_place')],
            },
        ),
    ]
