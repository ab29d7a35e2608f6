"""How every form of the site is drawn: label, hint, error and input in one template."""

from django.forms.renderers import TemplatesSetting


class Drawn(TemplatesSetting):
    """Fields by `forms/`, inputs by `django/forms/widgets/`: both lie in census/templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
