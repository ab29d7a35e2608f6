"""Read-only API of what is released. Areas are public; schools only to those who may see them."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from reports import queries
from reports.models import Build, Publication, PublicationEvent, ReleasedPlace
from reports.presenters import source
from reports.presenters.outline import Headline, Topic, outline
from reports.presenters.sentences import told
from reports.tables import changes, rows
from reports.views.caching import etag
from schools.audit import record
from schools.models import School
from schools.permissions import Action, may, signed_in


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


class ChangeSerializer(serializers.Serializer):
    """One figure beside the wave before."""

    place_kind = serializers.CharField()
    place = serializers.CharField()
    year_group = serializers.CharField()
    sex = serializers.CharField()
    fsm = serializers.CharField()
    sen = serializers.CharField()
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


class PublicView(APIView):
    permission_classes = (AllowAny,)


class WaveView(PublicView):
    """Of one published wave: a reader who has this release's answer is told so, and no more.

    The answer is made first, so that nobody is told "you have it" who may no longer see it.
    """

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        made = super().finalize_response(request, response, *args, **kwargs)
        if made.status_code != 200 or "wave" not in kwargs:
            return made
        mark = etag(request._request, queries.published(kwargs["wave"]))
        patch_cache_control(made, private=True, no_cache=True)
        made["ETag"] = mark
        return get_conditional_response(request._request, mark, None, made) or made


class Waves(PublicView):
    """Published waves, the newest first."""

    @extend_schema(responses=WaveSerializer(many=True))
    def get(self, request: Request) -> Response:
        found = [_wave(each) for each in queries.published_waves()]
        return Response(WaveSerializer(found, many=True).data)


class Releases(WaveView):
    """The release log of a wave, the newest first."""

    @extend_schema(responses=ReleaseSerializer(many=True))
    def get(self, request: Request, wave: str) -> Response:
        found = queries.releases().filter(wave=queries.published(wave).wave)
        return Response(ReleaseSerializer(found, many=True).data)


class Places(PublicView):
    """The places of a published wave that you may see."""

    # No mark of the release: the list changes with what is granted to the person, too.

    @extend_schema(responses=PlaceSerializer(many=True))
    def get(self, request: Request, wave: str) -> Response:
        places = queries.published(wave).places.defer("document")
        seen = [place for place in places if _may_see(request, place)]
        return Response(PlaceSerializer(seen, many=True).data)


class Measures(WaveView):
    """What is measured: headlines, scores and questions, in the order of the pages."""

    @extend_schema(responses=MeasureSerializer(many=True))
    def get(self, request: Request, wave: str) -> Response:
        parts = outline(queries.published(wave).wave.questionnaire.definition)
        found = [
            {"theme": theme.title, "topic": topic.title, **measure}
            for theme in parts.themes
            for topic in theme.topics
            for measure in _measures(topic)
        ]
        return Response(MeasureSerializer(found, many=True).data)


class Document(WaveView):
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


class Cells(WaveView):
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


class Changes(WaveView):
    """A place's figures beside the wave before. Schools and the borough have them."""

    @extend_schema(responses=ChangeSerializer(many=True))
    def get(self, request: Request, wave: str, kind: str, key: str) -> Response:
        _, place = _released(request, wave, kind, key)
        found = [
            row
            for row in changes(queries.cube(place))
            if (row["place_kind"], row["place"]) == (kind, key)
        ]
        return Response(ChangeSerializer(found, many=True).data)


class Sentences(WaveView):
    """What the pages say of all pupils of one place, in the words of the release."""

    @extend_schema(responses=SentenceSerializer(many=True))
    def get(self, request: Request, wave: str, kind: str, key: str) -> Response:
        build, place = _released(request, wave, kind, key)
        found = [
            {
                "theme": theme.title,
                "topic": topic.title,
                "measure": finding.key,
                "text": sentence.text,
                "cells": sentence.cells,
            }
            for theme, topic, finding in told(source(build, place))
            for sentence in finding.sentences
        ]
        return Response(SentenceSerializer(found, many=True).data)


def _measures(topic: Topic) -> Iterator[dict[str, Any]]:
    for kind, found in (("headline", topic.headlines), ("score", topic.scores)):
        for each in found:
            label = each.label if isinstance(each, Headline) else each.title
            yield {"key": each.key, "kind": kind, "label": label, "direction": each.direction}
    for question in topic.questions:
        for part in question.parts:
            yield {"key": part.key, "kind": "answer", "label": part.label, "direction": None}


def _released(request: Request, wave: str, kind: str, key: str) -> tuple[Build, ReleasedPlace]:
    build = queries.published(wave)
    place = queries.place(build, kind, key)
    if not _may_see(request, place):
        raise Http404
    if place.kind == "school":
        details = {"wave": wave, "build": str(build.pk), "form": "api"}
        with transaction.atomic():
            by = signed_in(request._request)
            record(by=by, action="school_report.seen", subject=key, details=details)
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
