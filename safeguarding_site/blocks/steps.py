from wagtail import blocks

from safeguarding_site.blocks.text import WordsBlock


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80)
    text = WordsBlock(required=False)


class StepsBlock(blocks.StructBlock):
    items = blocks.ListBlock(StepBlock(label="Step"), label="Steps")

    class Meta:
        icon = "list-ol"
        label = "Steps to take"
        template = "blocks/steps.html"
        group = "Lists"
        needs_heading = True
        description = "Things to do, numbered, the most helpful first."
        preview_value = {
            "items": [
                {"title": "Talk to someone", "text": "<p>You can start with a question.</p>"},
                {"title": "Write down what you saw", "text": "<p>The day, the place and the words.</p>"},
            ]
        }


class TimelineBlock(blocks.StructBlock):
    items = blocks.ListBlock(StepBlock(label="Stage"), label="Stages")

    class Meta:
        icon = "history"
        label = "What happens next"
        template = "blocks/timeline.html"
        group = "Lists"
        needs_heading = True
        description = "What others will do after somebody asks for help, in order."
        preview_value = {
            "items": [
                {"title": "Somebody listens", "text": "<p>They ask what you have seen.</p>"},
                {"title": "They look into it", "text": "<p>They talk to the people who can help.</p>"},
            ]
        }


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=120)
    answer = WordsBlock()


class QuestionsBlock(blocks.StructBlock):
    items = blocks.ListBlock(QuestionBlock(), label="Questions")

    class Meta:
        icon = "help"
        label = "Questions and answers"
        template = "blocks/questions.html"
        group = "Lists"
        description = "Questions that open when they are tapped. Not for anything a reader needs in danger."
        preview_value = {
            "items": [
                {"question": "Do I need proof?", "answer": "<p>No. A feeling that something is wrong is enough.</p>"},
                {
                    "question": "Will they know it was me?",
                    "answer": "<p>Say that you do not want to give your name.</p>",
                },
            ]
        }
