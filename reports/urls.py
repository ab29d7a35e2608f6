"""Addresses of builds (staff) and of what is released."""

from django.urls import path

from reports.views import (
    borough,
    builds,
    open_data,
    pictures,
    public,
    quality,
    releases,
    school,
    words,
)

AREA = "results/<slug:wave>/<slug:kind>/<slug:key>/"
EMBED = "results/<slug:wave>/embed/<slug:kind>/<slug:key>/<slug:measure>/"
BUILT = "builds/<uuid:build>/files/"
CHART = "charts/<slug:chart>.<slug:media>"
PICTURE = "pictures/<slug:measure>/"
REPORT = "reports/<slug:wave>/<slug:school>/"

urlpatterns = [
    path("results/<slug:wave>/", public.dashboard, name="dashboard"),
    path("results/<slug:wave>/method/", public.release_method, name="release-method"),
    path(EMBED, public.embed, name="embed"),
    path("results/<slug:wave>/table.xlsx", open_data.workbook, name="results-xlsx"),
    path("results/<slug:wave>/data/", open_data.open_data_page, name="open-data"),
    path("results/<slug:wave>/data/<str:path>", open_data.open_data_file, name="open-data-file"),
    path(f"results/<slug:wave>/{CHART}", pictures.dashboard_chart, name="dashboard-chart"),
    path(AREA, public.area, name="area"),
    path(f"{AREA}table.csv", public.area_csv, name="area-csv"),
    path(f"{AREA}{PICTURE}", pictures.picture_page, name="picture"),
    path(f"{AREA}{PICTURE}<slug:shape>.<slug:media>", pictures.picture_file, name="picture-file"),
    path(f"{AREA}{CHART}", pictures.area_chart, name="area-chart"),
    path(REPORT, school.school_report, name="school-report"),
    path(f"{REPORT}topics/<slug:topic>/", school.school_topic, name="school-topic"),
    path(f"{REPORT}report.pdf", school.school_report_pdf, name="school-report-pdf"),
    path(f"{REPORT}summary.pdf", school.school_summary_pdf, name="school-summary-pdf"),
    path(f"{REPORT}pupils.pdf", school.school_pupils_pdf, name="school-pupils-pdf"),
    path(f"{REPORT}table.csv", school.school_report_csv, name="school-report-csv"),
    path(f"{REPORT}table.xlsx", school.school_report_xlsx, name="school-report-xlsx"),
    path(f"{REPORT}{CHART}", school.school_chart, name="school-chart"),
    path("borough/<slug:wave>/", borough.borough_view, name="borough-view"),
    path("method/", public.method, name="method"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("builds/", builds.build_list, name="build-list"),
    path("builds/ask/<slug:wave>/", builds.build_request, name="build-request"),
    path("builds/<uuid:build>/", builds.build_page, name="build"),
    path("builds/<uuid:build>/progress/", builds.build_progress, name="build-progress"),
    path("builds/<uuid:build>/quality/", quality.quality, name="build-quality"),
    path("builds/<uuid:build>/approve/", releases.build_approve, name="build-approve"),
    path("builds/<uuid:build>/publish/", releases.build_publish, name="build-publish"),
    path(f"{BUILT}<slug:kind>/<slug:key>/<slug:media>/", releases.build_file, name="build-file"),
    path("words/<slug:authority>/", words.words_list, name="words"),
    path("words/<slug:authority>/<slug:kind>/", words.words_edit, name="words-edit"),
    path("releases/", releases.release_log, name="releases"),
]
