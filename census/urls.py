"""Every address of the site, by app."""

from django.contrib.auth import views as auth
from django.urls import include, path

from census import council, views

urlpatterns = [
    path("", include("surveys.urls")),
    path("", views.home, name="home"),
    path("council.css", council.council_css, name="council-css"),
    path("council-logo", council.council_logo, name="council-logo"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("log-in/", auth.LoginView.as_view(template_name="login.html"), name="login"),
    path("log-out/", auth.LogoutView.as_view(), name="logout"),
    path("api/v1/", include("census.api_urls")),
    path("", include("reports.urls")),
]
