import pytest

from tools import lint_templates
from tools.lint_templates import LOCK_RULES, PYTHON_RULES, TEMPLATE_RULES, faults


@pytest.fixture
def lint(tmp_path, monkeypatch):
    """Gives the lines of a file that break one of the rules."""
    monkeypatch.setattr(lint_templates, "ROOT", tmp_path)

    def find(text, rules):
        path = tmp_path / "file"
        path.write_text(text, encoding="utf-8")
        return list(faults(path, rules))

    return find


@pytest.mark.parametrize(
    "text",
    [
        "{{ post.content|truncatewords:20 }}",
        "{{ forum.description | lower }}",
        "{% if user.forum_profile.signature|length %}",
        '<p style="color: red">',
        "<p\n class='x'\n style='color: red'>",
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        '<button type="button" onclick="go()">',
        '<a href="javascript:go()">',
        '<script src="https://cdn.example.org/x.js"></script>',
        '<img alt="" src="//images.example.org/x.png">',
        '<link rel="stylesheet" href="https://fonts.example.org/x.css">',
    ],
)
def test_a_template_may_not_hold(lint, text):
    assert lint(f"<h1>Kop</h1>\n{text}", TEMPLATE_RULES)


@pytest.mark.parametrize(
    "text",
    [
        "{{ post.content.rendered }}",
        "{{ resource.description|truncatewords:20 }} {{ form.content|add_class:'x' }}",
        "{% block content %}{{ title|lower }}{% endblock content %}",
        '<p class="style">Met <em>style</em> = goed</p>',
        '<script src="{% static "x.js" %}" type="module"></script>',
        '{{ data|json_script:"data" }}',
        '<a href="https://www.example.org/">Elders</a>',
        '<link rel="canonical" href="https://www.example.org/">',
    ],
)
def test_a_template_may_hold(lint, text):
    assert lint(text, TEMPLATE_RULES) == []


def test_a_fault_names_its_file_and_line(lint):
    assert lint("<p>\n\n<p style='x'>", TEMPLATE_RULES)[0].startswith("file:3: ")


def test_python_may_not_format_the_text_of_a_post_as_html(lint):
    assert lint('format_html("<p>{}</p>", post.content)', PYTHON_RULES)
    assert not lint('format_html("<p>{}</p>", post.content.rendered)', PYTHON_RULES)


def test_a_lock_file_may_not_name_the_address_of_a_registry(lint):
    assert lint("--index-url x\ndjango==5.2", LOCK_RULES)
    assert lint("django @ https://files.example.org/django.whl", LOCK_RULES)
    assert not lint("django==5.2 \\\n    --hash=sha256:abc\n    # via wagtail", LOCK_RULES)


def test_the_project_itself_has_no_such_fault():
    assert list(lint_templates.all_faults()) == []
