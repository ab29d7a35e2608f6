"""Addresses of builds (staff) and of what is released."""

from django.urls import path

from reports.views import builds

urlpatterns = [
    path("builds/", builds.build_list, name="build-list"),
    path("builds/ask/<slug:wave>/", builds.build_request, name="build-request"),
    path("builds/<uuid:build>/", builds.build_page, name="build"),
    path("builds/<uuid:build>/progress/", builds.build_progress, name="build-progress"),
    path("builds/<uuid:build>/approve/", builds.build_approve, name="build-approve"),
    path("builds/<uuid:build>/publish/", builds.build_publish, name="build-publish"),
]
