"""Static files in production: small, compressed, under names that change with their content."""

from typing import Any

from django.core.files.base import ContentFile, File
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    # Scripts import one another by these names, too: a browser never mixes two versions.
    support_js_module_import_aggregation = True

    # A class of thirty fetches each of them thirty times over one school's line: without comments
    # and spaces they weigh a quarter less.
    def _save(self, name: str, content: "File[Any]") -> str:
        if name.endswith(".js"):
            content.seek(0)
            content = ContentFile(jsmin(bytes(content.read())))
        return super()._save(name, content)
