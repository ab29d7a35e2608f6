"""Addresses of the lesson. Pupils' addresses hold no word that a web filter could stumble over."""

from django.urls import path, re_path

from surveys.views import console, lessons, pupil, save, start, waves

urlpatterns = [
    path("go/", start.enter, name="enter"),
    path("go/<slug:code>/", start.scanned, name="scanned"),
    path("lesson/", pupil.welcome, name="welcome"),
    path("lesson/save/", save.save, name="save"),
    path("lesson/finish/", pupil.finishing, name="finishing"),
    path("lesson/stop/", pupil.stopping, name="stopping"),
    path("lesson/done/", pupil.done, name="done"),
    re_path(r"^lesson/(?P<key>p[0-9]{2,3})/$", pupil.page, name="lesson-page"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/book/", lessons.book, name="book-lesson"),
    path("lessons/<uuid:lesson>/", console.console, name="console"),
    path("lessons/<uuid:lesson>/counts/", console.lesson_counts, name="lesson-counts"),
    path("lessons/<uuid:lesson>/slips/<slug:name>/", console.print_slips, name="print-slips"),
    path("lessons/<uuid:lesson>/<slug:name>/", console.change, name="change-lesson"),
    path("waves/", waves.waves, name="waves"),
    path("waves/<slug:key>/", waves.wave, name="wave"),
    path("waves/<slug:key>/<slug:name>/", waves.change_wave, name="change-wave"),
]
