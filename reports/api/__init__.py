"""Read-only API of what is released. Areas are public; schools only to those who may see them."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from reports import queries
from reports.api.serializers import (
    CellSerializer,
    ChangeSerializer,
    DocumentSerializer,
    MeasureSerializer,
    PlaceSerializer,
    ReleaseSerializer,
    SentenceSerializer,
    WaveSerializer,
)
from reports.models import Build, Publication, ReleasedPlace
from reports.presenters import source
from reports.presenters.outline import Headline, Topic, outline
from reports.presenters.sentences import told
from reports.tables import changes, rows
from reports.views.caching import etag
from schools.audit import record
from schools.models import School
from schools.permissions import Action, may, signed_in


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
