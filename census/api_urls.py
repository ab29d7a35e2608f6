"""Addresses of the API, its schema and its page."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from reports import api as released
from schools import api as register
from surveys import api as lessons

PLACE = "waves/<slug:wave>/places/<slug:kind>/<str:key>/"

urlpatterns = [
    path("waves/", released.Waves.as_view(), name="api-waves"),
    path("waves/<slug:wave>/releases/", released.Releases.as_view(), name="api-releases"),
    path("waves/<slug:wave>/measures/", released.Measures.as_view(), name="api-measures"),
    path("waves/<slug:wave>/places/", released.Places.as_view(), name="api-places"),
    path(PLACE, released.Document.as_view(), name="api-place"),
    path(f"{PLACE}cells/", released.Cells.as_view(), name="api-cells"),
    path(f"{PLACE}changes/", released.Changes.as_view(), name="api-changes"),
    path(f"{PLACE}sentences/", released.Sentences.as_view(), name="api-sentences"),
    path("roll/", register.RollStatus.as_view(), name="api-roll"),
    path("lessons/", lessons.Lessons.as_view(), name="api-lessons"),
    path("schema/", SpectacularAPIView.as_view(permission_classes=[]), name="api-schema"),
    path(
        "",
        SpectacularSwaggerSplitView.as_view(url_name="api-schema", permission_classes=[]),
        name="api-docs",
    ),
]
