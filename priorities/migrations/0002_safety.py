import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('priorities', '0001_pages'),
    ]

    operations = [
        migrations.AddField(
            model_name='homepage',
            name='neutral_title',
            field=models.CharField(blank=True, help_text='For a page that somebody may have to hide. It then stands in the browser’s tab and history in place of the real title, for example “Help and support, part 2”. Links then lead to a short address that tells nothing either. The heading on the page stays as it is.', max_length=60),
        ),
        migrations.AddField(
            model_name='homepage',
            name='quick_exit',
            field=models.CharField(blank=True, choices=[(None, 'As the page above this one'), ('on', 'On, here and on the pages below'), ('off', 'Off, here and on the pages below')], help_text='Off only where nobody reads who may be in danger.', max_length=3, verbose_name='“Leave this page”'),
        ),
        migrations.AddField(
            model_name='priorityindexpage',
            name='neutral_title',
            field=models.CharField(blank=True, help_text='For a page that somebody may have to hide. It then stands in the browser’s tab and history in place of the real title, for example “Help and support, part 2”. Links then lead to a short address that tells nothing either. The heading on the page stays as it is.', max_length=60),
        ),
        migrations.AddField(
            model_name='priorityindexpage',
            name='quick_exit',
            field=models.CharField(blank=True, choices=[(None, 'As the page above this one'), ('on', 'On, here and on the pages below'), ('off', 'Off, here and on the pages below')], help_text='Off only where nobody reads who may be in danger.', max_length=3, verbose_name='“Leave this page”'),
        ),
        migrations.AddField(
            model_name='prioritypage',
            name='neutral_title',
            field=models.CharField(blank=True, help_text='For a page that somebody may have to hide. It then stands in the browser’s tab and history in place of the real title, for example “Help and support, part 2”. Links then lead to a short address that tells nothing either. The heading on the page stays as it is.', max_length=60),
        ),
        migrations.AddField(
            model_name='prioritypage',
            name='quick_exit',
            field=models.CharField(blank=True, choices=[(None, 'As the page above this one'), ('on', 'On, here and on the pages below'), ('off', 'Off, here and on the pages below')], help_text='Off only where nobody reads who may be in danger.', max_length=3, verbose_name='“Leave this page”'),
        ),
        migrations.AlterField(
            model_name='prioritypage',
            name='body',
            field=wagtail.fields.StreamField([('heading', 0), ('prose', 1), ('signs', 8), ('steps', 13), ('timeline', 16), ('callout', 19), ('do_dont', 23), ('questions', 27), ('links', 34), ('fact', 39), ('picture', 43), ('table', 47), ('quiet_visit', 48), ('exit_practice', 49), ('services', 52), ('who_deals', 62)], blank=True, block_lookup={0: ('safeguarding_site.blocks.text.HeadingBlock', (), {}), 1: ('safeguarding_site.blocks.text.ProseBlock', (), {}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'For example that one sign proves nothing.', 'label': 'First sentence', 'max_length': 250, 'required': False}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'Needed only if there are two lists.', 'max_length': 60, 'required': False}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Sign', 'max_length': 200}), 5: ('wagtail.blocks.ListBlock', (4,), {'label': 'Signs'}), 6: ('wagtail.blocks.StructBlock', [[('heading', 3), ('items', 5)]], {'label': 'List'}), 7: ('wagtail.blocks.ListBlock', (6,), {'label': 'Lists', 'max_num': 3}), 8: ('wagtail.blocks.StructBlock', [[('intro', 2), ('groups', 7)]], {}), 9: ('wagtail.blocks.CharBlock', (), {'max_length': 80}), 10: ('safeguarding_site.blocks.text.WordsBlock', (), {'required': False}), 11: ('wagtail.blocks.StructBlock', [[('title', 9), ('text', 10)]], {'label': 'Step'}), 12: ('wagtail.blocks.ListBlock', (11,), {'label': 'Steps'}), 13: ('wagtail.blocks.StructBlock', [[('items', 12)]], {}), 14: ('wagtail.blocks.StructBlock', [[('title', 9), ('text', 10)]], {'label': 'Stage'}), 15: ('wagtail.blocks.ListBlock', (14,), {'label': 'Stages'}), 16: ('wagtail.blocks.StructBlock', [[('items', 15)]], {}), 17: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('note', 'Note: good to know'), ('warning', 'Warning: be careful')], 'label': 'Kind'}), 18: ('safeguarding_site.blocks.text.WordsBlock', (), {}), 19: ('wagtail.blocks.StructBlock', [[('kind', 17), ('title', 9), ('text', 18)]], {}), 20: ('wagtail.blocks.CharBlock', (), {'max_length': 150}), 21: ('wagtail.blocks.ListBlock', (20,), {'label': 'Do'}), 22: ('wagtail.blocks.ListBlock', (20,), {'label': 'Don’t'}), 23: ('wagtail.blocks.StructBlock', [[('do', 21), ('dont', 22)]], {}), 24: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 25: ('wagtail.blocks.StructBlock', [[('question', 24), ('answer', 18)]], {}), 26: ('wagtail.blocks.ListBlock', (25,), {'label': 'Questions'}), 27: ('wagtail.blocks.StructBlock', [[('items', 26)]], {}), 28: ('wagtail.blocks.CharBlock', (), {'help_text': 'Name the place it leads to. Not “click here”.', 'max_length': 100}), 29: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page of this site', 'required': False}), 30: ('wagtail.blocks.URLBlock', (), {'help_text': 'Starting with https://', 'label': 'Or an address elsewhere', 'required': False}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'Line under the link', 'max_length': 150, 'required': False}), 32: ('wagtail.blocks.StructBlock', [[('text', 28), ('page', 29), ('url', 30), ('note', 31)]], {}), 33: ('wagtail.blocks.ListBlock', (32,), {'label': 'Links'}), 34: ('wagtail.blocks.StructBlock', [[('items', 33)]], {}), 35: ('safeguarding_site.blocks.text.WordsBlock', (), {'help_text': 'A figure or somebody’s words, with their source below.'}), 36: ('wagtail.blocks.CharBlock', (), {'label': 'Who says so', 'max_length': 100}), 37: ('wagtail.blocks.URLBlock', (), {'label': 'Address'}), 38: ('wagtail.blocks.CharBlock', (), {'max_length': 20, 'required': False}), 39: ('wagtail.blocks.StructBlock', [[('text', 35), ('source', 36), ('url', 37), ('year', 38)]], {}), 40: ('wagtail.images.blocks.ImageChooserBlock', (), {}), 41: ('wagtail.blocks.CharBlock', (), {'help_text': 'What the picture shows, for people who cannot see it. One sentence, not the file name.', 'label': 'Alternative text', 'max_length': 255}), 42: ('wagtail.blocks.CharBlock', (), {'max_length': 200, 'required': False}), 43: ('wagtail.blocks.StructBlock', [[('image', 40), ('alt', 41), ('caption', 42)]], {}), 44: ('wagtail.blocks.CharBlock', (), {'help_text': 'What it is about; a screen reader says it first. Leave the caption inside the table empty.', 'label': 'Title of the table', 'max_length': 150}), 45: ('wagtail.blocks.CharBlock', (), {'max_length': 250}), 46: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 45)]], {}), 47: ('wagtail.blocks.StructBlock', [[('caption', 44), ('table', 46)]], {}), 48: ('safeguarding_site.blocks.safety.QuietVisitBlock', (), {}), 49: ('safeguarding_site.blocks.safety.ExitPracticeBlock', (), {}), 50: ('wagtail.snippets.blocks.SnippetChooserBlock', ('referrals.Service',), {}), 51: ('wagtail.blocks.ListBlock', (50,), {'label': 'Services'}), 52: ('wagtail.blocks.StructBlock', [[('services', 51)]], {}), 53: ('wagtail.blocks.CharBlock', (), {'help_text': 'What the reader sees or hears, in their words.', 'max_length': 80}), 54: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Shows “Call 999” before everything else in this row.', 'label': 'An emergency', 'required': False}), 55: ('wagtail.blocks.CharBlock', (), {'help_text': 'Always name somebody. Never only who does not.', 'label': 'Who deals with it', 'max_length': 120}), 56: ('wagtail.snippets.blocks.SnippetChooserBlock', ('referrals.Service',), {'help_text': 'Its name becomes a link; its number follows the record.', 'required': False}), 57: ('wagtail.blocks.CharBlock', (), {'help_text': 'Needed where there is no service to choose.', 'label': 'How to tell them', 'max_length': 200, 'required': False}), 58: ('wagtail.blocks.CharBlock', (), {'help_text': 'What they will ask, and what keeps people safe.', 'label': 'What to note', 'max_length': 200, 'required': False}), 59: ('wagtail.blocks.CharBlock', (), {'help_text': 'Only what you know. Leave it out if unsure.', 'label': 'What happens then', 'max_length': 200, 'required': False}), 60: ('wagtail.blocks.StructBlock', [[('situation', 53), ('urgent', 54), ('who', 55), ('service', 56), ('how', 57), ('note', 58), ('then', 59)]], {'label': 'Row'}), 61: ('wagtail.blocks.ListBlock', (60,), {'label': 'Rows'}), 62: ('wagtail.blocks.StructBlock', [[('items', 61)]], {})}, help_text='What it is, signs to look for, what to do now.'),
        ),
    ]
