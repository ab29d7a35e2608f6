"""Lesson counts for those who run lessons: seats as numbers, never a code and never an answer."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from schools.permissions import Action, schools_where
from surveys.counts import counts
from surveys.models import Lesson


class LessonCountsSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    wave = serializers.SlugField(source="wave.key")
    school = serializers.CharField(source="school.key")
    title = serializers.CharField()
    held_on = serializers.DateField()
    state = serializers.CharField()
    codes = serializers.IntegerField()
    not_started = serializers.IntegerField(allow_null=True)
    connecting = serializers.IntegerField(allow_null=True)
    under_way = serializers.IntegerField(allow_null=True)
    finished = serializers.IntegerField(allow_null=True)
    everyone_finished = serializers.BooleanField()


class Lessons(APIView):
    """Lessons of the schools where you run them, with seats as counts; rehearsals are left out.

    A lesson of fewer than five slips has null counts, and only says whether everyone finished.
    """

    @extend_schema(responses=LessonCountsSerializer(many=True))
    def get(self, request: Request) -> Response:
        schools = schools_where(request.user, Action.RUN_LESSONS)
        if not schools:
            raise Http404
        lessons = Lesson.objects.filter(school__in=schools, rehearsal=False)
        lessons = lessons.select_related("wave", "school")
        found = [{**_about(lesson), **counts(lesson)} for lesson in lessons]
        return Response(LessonCountsSerializer(found, many=True).data)


def _about(lesson: Lesson) -> dict[str, object]:
    return {
        "id": lesson.pk,
        "wave": lesson.wave,
        "school": lesson.school,
        "title": lesson.title,
        "held_on": lesson.held_on,
        "state": lesson.state,
    }
