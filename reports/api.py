"""Read-only API of what is released. Areas are public; schools only to those who may see them."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from reports import queries
from reports.models import Build, Publication, PublicationEvent, ReleasedPlace
from reports.tables import rows
from schools.models import School
from schools.permissions import Action, may


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


class CellSerializer(serializers.Serializer):
    """One published number."""

    place_kind = serializers.CharField()
    place = serializers.CharField()
    year_group = serializers.CharField()
    sex = serializers.CharField()
    fsm = serializers.CharField()
    sen = serializers.CharField()
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


class PublicView(APIView):
    permission_classes = (AllowAny,)


class Waves(PublicView):
    """Published waves, the newest first."""

    @extend_schema(responses=WaveSerializer(many=True))
    def get(self, request: Request) -> Response:
        found = [_wave(each) for each in queries.published_waves()]
        return Response(WaveSerializer(found, many=True).data)


class Releases(PublicView):
    """The release log of a wave, the newest first."""

    @extend_schema(responses=ReleaseSerializer(many=True))
    def get(self, request: Request, wave: str) -> Response:
        found = queries.releases().filter(wave=queries.published(wave).wave)
        return Response(ReleaseSerializer(found, many=True).data)


class Places(PublicView):
    """The places of a published wave that you may see."""

    @extend_schema(responses=PlaceSerializer(many=True))
    def get(self, request: Request, wave: str) -> Response:
        places = queries.published(wave).places.defer("document")
        seen = [place for place in places if _may_see(request, place)]
        return Response(PlaceSerializer(seen, many=True).data)


class Document(PublicView):
    """Everything released about one place."""

    @extend_schema(responses=DocumentSerializer)
    def get(self, request: Request, wave: str, kind: str, key: str) -> Response:
        build, place = _released(request, wave, kind, key)
        about = {
            "kind": kind,
            "key": key,
            "name": place.name,
            "release": build.pk,
            "cube": place.document,
            "participation": place.participation,
        }
        return Response(DocumentSerializer(about).data)


class Cells(PublicView):
    """The published numbers of one place, a row each."""

    FILTERS = ("measure", "kind", "year_group", "sex", "fsm", "sen")

    @extend_schema(
        responses=CellSerializer(many=True),
        parameters=[OpenApiParameter(name, description="exact") for name in FILTERS],
    )
    def get(self, request: Request, wave: str, kind: str, key: str) -> Response:
        _, place = _released(request, wave, kind, key)
        wanted = {
            name: request.query_params[name]
            for name in self.FILTERS
            if name in request.query_params
        }
        found = [
            row
            for row in rows(queries.cube(place))
            if all(str(row[name]) == value for name, value in wanted.items())
        ]
        return Response(CellSerializer(found, many=True).data)


def _released(request: Request, wave: str, kind: str, key: str) -> tuple[Build, ReleasedPlace]:
    build = queries.published(wave)
    place = queries.place(build, kind, key)
    if not _may_see(request, place):
        raise Http404
    return build, place


def _may_see(request: Request, place: ReleasedPlace) -> bool:
    if place.kind != "school":
        return True
    school = School.objects.filter(key=place.key).first()
    return school is not None and may(request.user, Action.SEE_SCHOOL_REPORT, school)


def _wave(publication: Publication) -> dict[str, Any]:
    wave = publication.wave
    return {
        "key": wave.key,
        "name": wave.name,
        "authority": wave.authority.name,
        "year_groups": wave.year_groups,
        "opens_on": wave.opens_on,
        "closes_on": wave.closes_on,
        "made_up": wave.made_up,
        "release": publication.build_id,
    }
