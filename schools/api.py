"""Roll status for those who may see it: how many pupils, never which."""

from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from schools.models import RollPupil, School
from schools.permissions import Action, schools_where


class RollStatusSerializer(serializers.Serializer):
    school = serializers.CharField()
    name = serializers.CharField()
    year_group = serializers.IntegerField()
    on_roll = serializers.IntegerField()
    opted_out = serializers.IntegerField()


class RollStatus(APIView):
    """How many pupils are on the roll, by school and year group."""

    @extend_schema(responses=RollStatusSerializer(many=True))
    def get(self, request: Request) -> Response:
        schools = schools_where(request.user, Action.SEE_ROLL_STATUS)
        if not schools:
            raise Http404
        found = _roll_status(schools)
        return Response(RollStatusSerializer(found, many=True).data)


def _roll_status(schools: list[School]) -> list[dict[str, Any]]:
    counted = (
        RollPupil.objects.on_roll()
        .filter(school__in=schools)
        .values("school__key", "school__name", "year_group")
        .annotate(on_roll=Count("pk"), opted_out=Count("pk", filter=Q(opted_out_on__isnull=False)))
        .order_by("school__key", "year_group")
    )
    return [{**row, "school": row["school__key"], "name": row["school__name"]} for row in counted]
