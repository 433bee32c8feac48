"""The blocks that editors build a page from: few, and each with a preview in the block chooser."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label="Citaat", max_length=600)
    source = blocks.CharBlock(label="Wie zegt dit", required=False, max_length=120)

    class Meta:
        label = "Citaat"
        icon = "openquote"
        template = "components/blocks/quote.html"
        preview_value = {
            "quote": "Begin met één semester, dan ziet het team dat het kan.",
            "source": "Een schoolopleider",
        }
        description = "Een uitspraak van iemand, met naam of rol."


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Kop", max_length=120)
    text = blocks.RichTextBlock(label="Tekst", features=["bold", "italic", "link", "ul"])

    class Meta:
        label = "Kader"
        icon = "info-circle"
        template = "components/blocks/callout.html"
        preview_value = {"title": "Goed om te weten", "text": "<p>Je kunt altijd later nog aansluiten.</p>"}
        description = "Een kader voor iets dat eruit mag springen."


class ImageWithCaptionBlock(blocks.StructBlock):
    image = ImageBlock(label="Afbeelding")
    caption = blocks.CharBlock(label="Bijschrift", required=False, max_length=250)

    class Meta:
        label = "Afbeelding"
        icon = "image"
        template = "components/blocks/image.html"
        description = "Een afbeelding met beschrijving voor wie haar niet ziet."


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Kop", required=False, max_length=120)
    steps = blocks.ListBlock(blocks.TextBlock(label="Stap", max_length=400), label="Stappen", min_num=2)

    class Meta:
        label = "Stappen"
        icon = "list-ol"
        template = "components/blocks/steps.html"
        preview_value = {"title": "Zo begin je", "steps": ["Kies een netwerk.", "Meld je aan.", "Stel je voor."]}
        description = "Genummerde stappen, in volgorde."


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label="Vraag", max_length=200)
    answer = blocks.RichTextBlock(label="Antwoord", features=TEXT_FEATURES)

    class Meta:
        label = "Vraag en antwoord"
        icon = "help"
        template = "components/blocks/question.html"
        preview_value = {"question": "Kost meedoen geld?", "answer": "<p>Nee, aansluiten is gratis.</p>"}
        description = "Een vraag die open klapt en het antwoord laat zien."


class BodyBlock(blocks.StreamBlock):
    """What a page's body may hold."""

    heading = blocks.CharBlock(
        label="Tussenkop",
        icon="title",
        max_length=120,
        template="components/blocks/heading.html",
        preview_value="Zo doe je mee",
        description="Een kop boven een nieuw stuk tekst.",
    )
    text = blocks.RichTextBlock(
        label="Tekst",
        icon="pilcrow",
        features=TEXT_FEATURES,
        template="components/blocks/text.html",
        preview_value="<p>Flexibel opleiden begint bij de vraag van de student.</p>",
        description="Gewone tekst met links, lijstjes en nadruk.",
    )
    quote = QuoteBlock()
    callout = CalloutBlock()
    image = ImageWithCaptionBlock()
    steps = StepsBlock()
    question = QuestionBlock()
