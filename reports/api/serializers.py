"""The forms of the API's answers."""

from rest_framework import serializers

from reports.models import PublicationEvent


class WaveSerializer(serializers.Serializer):
    key = serializers.SlugField()
    name = serializers.CharField()
    authority = serializers.CharField()
    year_groups = serializers.ListField(child=serializers.IntegerField())
    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    made_up = serializers.BooleanField(help_text="Demonstration data, about no real person.")
    release = serializers.UUIDField(help_text="The build that is published.")


class PlaceSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=["borough", "locality", "ward", "school"])
    key = serializers.CharField()
    name = serializers.CharField()


class ReleaseSerializer(serializers.Serializer):
    """One entry of the public log of releases, corrections and roll-backs."""

    kind = serializers.ChoiceField(choices=PublicationEvent.Kind.choices)
    at = serializers.DateTimeField()
    note = serializers.CharField()
    release = serializers.UUIDField(source="build_id", help_text="The build that became public.")


class DocumentSerializer(PlaceSerializer):
    release = serializers.UUIDField()
    cube = serializers.JSONField(help_text="Everything released about the place.")
    participation = serializers.JSONField(allow_null=True)


class GroupSerializer(serializers.Serializer):
    """Whose figure it is: a place, and a value of each demographic or "all"."""

    place_kind = serializers.CharField()
    place = serializers.CharField()
    year_group = serializers.CharField()
    sex = serializers.CharField()
    fsm = serializers.CharField()
    sen = serializers.CharField()


class CellSerializer(GroupSerializer):
    """One published number."""

    pupils = serializers.IntegerField()
    measure = serializers.CharField()
    kind = serializers.ChoiceField(choices=["headline", "score", "answer"])
    answer = serializers.CharField(allow_null=True)
    n = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)
    unit = serializers.CharField()
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    sd = serializers.FloatField(allow_null=True)
    shown = serializers.CharField()


class ChangeSerializer(GroupSerializer):
    """One figure beside the wave before."""

    measure = serializers.CharField()
    kind = serializers.ChoiceField(choices=["headline", "score"])
    unit = serializers.CharField()
    n = serializers.IntegerField()
    value = serializers.FloatField()
    before_n = serializers.IntegerField()
    before = serializers.FloatField()
    change = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    schools = serializers.IntegerField(
        allow_null=True, help_text="Of the borough: how many schools took part both times."
    )
    verdict = serializers.ChoiceField(choices=["higher", "lower", "same"], allow_null=True)


class MeasureSerializer(serializers.Serializer):
    """What a measure of the cells is, in the words of the pages."""

    theme = serializers.CharField()
    topic = serializers.CharField()
    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=["headline", "score", "answer"])
    label = serializers.CharField(help_text='A headline\'s completes "34 in 100 pupils …".')
    direction = serializers.CharField(allow_null=True)


class CellIdSerializer(serializers.Serializer):
    """Where a number of a sentence stands: a group's id and a measure's key."""

    group = serializers.CharField()
    measure = serializers.CharField()


class SentenceSerializer(serializers.Serializer):
    """One sentence of a report, in the words of the release, with the cells of its numbers."""

    theme = serializers.CharField()
    topic = serializers.CharField()
    measure = serializers.CharField()
    text = serializers.CharField(help_text="Plain text, no markup.")
    cells = CellIdSerializer(many=True)
