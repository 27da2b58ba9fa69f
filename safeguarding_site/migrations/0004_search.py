import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


def stem_in_sqlite(apps, schema_editor):
    """Have SQLite's full text find "drinks" for "drinking", as PostgreSQL's does.

    Wagtail makes its table without a tokenizer of choice. The triggers that fill it go by its name and stay.
    """
    if schema_editor.connection.vendor != "sqlite":
        return
    entries = apps.get_model("wagtailsearch", "IndexEntry")._meta.db_table
    tables = schema_editor.connection.introspection.table_names()
    if f"{entries}_fts" not in tables:
        return  # this SQLite has no full text; Wagtail then searches without it
    schema_editor.execute(f"DROP TABLE {entries}_fts")
    schema_editor.execute(
        f"CREATE VIRTUAL TABLE {entries}_fts USING fts5(autocomplete, body, title, tokenize='porter unicode61')"
    )
    schema_editor.execute(
        f"INSERT INTO {entries}_fts(title, body, autocomplete, rowid) SELECT title, body, autocomplete, id FROM {entries}"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('safeguarding_site', '0003_safety'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='EditorsPick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(help_text='One search a line. It counts when a reader types these words and nothing else of weight.')),
                ('address', models.CharField(help_text='The address on this site, such as /get-help/shout/.', max_length=200, validators=[django.core.validators.RegexValidator('^/([\\w-]+/)+$', 'Write the address on this site from its first slash to its last, for example /get-help/shout/.')])),
                ('sort_order', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'editors’ pick',
                'verbose_name_plural': 'editors’ picks',
                'ordering': ['sort_order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SearchPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('summary', models.CharField(blank=True, help_text='One sentence under the title: what the reader gets here.', max_length=200)),
                ('quick_exit', models.CharField(blank=True, choices=[(None, 'As the page above this one'), ('on', 'On, here and on the pages below'), ('off', 'Off, here and on the pages below')], help_text='Off only where nobody reads who may be in danger.', max_length=3, verbose_name='“Leave this page”')),
                ('neutral_title', models.CharField(blank=True, help_text='For a page that somebody may have to hide. It then stands in the browser’s tab and history in place of the real title, for example “Help and support, part 2”. Links then lead to a short address that tells nothing either. The heading on the page stays as it is.', max_length=60)),
                ('reviewed_on', models.DateField(blank=True, help_text='The day somebody last read the whole page and found it right.', null=True)),
                ('reviewed_by', models.CharField(blank=True, max_length=100, verbose_name='reviewed by (team)')),
                ('review_due', models.DateField(blank=True, null=True, verbose_name='next review by')),
            ],
            options={
                'verbose_name': 'search page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SearchWeek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(help_text='Its Monday.', unique=True)),
                ('searches', models.PositiveIntegerField(default=0)),
                ('without_result', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['-week'],
            },
        ),
        migrations.CreateModel(
            name='DangerRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='For editors.', max_length=80)),
                ('words', models.TextField(blank=True, help_text='One a line. A line of several words is found in their order with up to two others in between. Endings and small slips make no difference.')),
                ('not_words', models.TextField(blank=True, help_text='One a line: sayings that hold such words and mean no harm.', verbose_name='but not these')),
                ('whole_topic', models.BooleanField(default=False, help_text='Also when none of the words above is there.', verbose_name='for every search about the topic')),
                ('lines', models.JSONField(blank=True, default=list)),
                ('sort_order', models.PositiveSmallIntegerField(default=0, help_text='Where several rules fit, the lines of the lowest come first.', verbose_name='place')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='safeguarding_site.topic')),
            ],
            options={
                'ordering': ['sort_order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WordsPeopleUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('canonical', models.CharField(max_length=100, verbose_name='what our pages call it')),
                ('kind', models.CharField(choices=[('name', 'Another name'), ('phrase', 'What people say'), ('slang', 'Slang'), ('misspelling', 'Misspelling'), ('headline', 'From the news'), ('jargon', 'Trade words')], default='phrase', max_length=12)),
                ('terms', models.TextField(help_text='One a line. Capitals, apostrophes, hyphens and small slips make no difference. These are readers’ words, not ours: they are never shown to others.', verbose_name='what people type')),
                ('whole_query_only', models.TextField(blank=True, help_text='Words that mean something else in most sentences, such as “snow”. One a line.', verbose_name='only if nothing else is typed')),
                ('urgent', models.BooleanField(default=False, help_text='Put emergency and crisis lines above the results for these words.')),
                ('address', models.CharField(blank=True, help_text='Only if it is not the page about the topic: the address on this site, such as /stay-safe-online/.', max_length=200, validators=[django.core.validators.RegexValidator('^/([\\w-]+/)+$', 'Write the address on this site from its first slash to its last, for example /get-help/shout/.')], verbose_name='leads to')),
                ('note', models.CharField(blank=True, help_text='Seen by editors only.', max_length=250)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='safeguarding_site.topic')),
            ],
            options={
                'verbose_name': 'words people use',
                'verbose_name_plural': 'words people use',
                'ordering': ['canonical', 'pk'],
            },
        ),
        migrations.RunPython(stem_in_sqlite, migrations.RunPython.noop),
    ]
