from django.db import migrations, models


def write_down(apps, schema_editor):
    """Builds that are there draw, from now on and for ever, the wards that they would draw today:
    of the vintages that have all of their wards the newest of the time of the lessons."""
    Build, Place, Area = (
        apps.get_model(*name)
        for name in (('reports', 'Build'), ('reports', 'ReleasedPlace'), ('schools', 'Area'))
    )
    for build in Build.objects.select_related('wave'):
        released = Place.objects.filter(build=build, kind='ward')
        wards = set(released.values_list('key', flat=True))
        areas = Area.objects.filter(authority=build.wave.authority_id, kind='ward')
        known = {}
        for vintage, code in areas.values_list('vintage', 'code'):
            known.setdefault(vintage, set()).add(code)
        day = build.wave.closes_on.isoformat()
        before = sorted((each for each in known if each <= day), reverse=True)
        after = sorted(each for each in known if each > day)
        found = [each for each in (*before, *after) if wards and wards <= known[each]]
        Build.objects.filter(pk=build.pk).update(vintage=(found or [''])[0])


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0006_register'),
        ('schools', '0002_class_number'),
    ]

    operations = [
        migrations.AddField(
            model_name='build',
            name='vintage',
            field=models.CharField(blank=True, help_text='Of the wards by which its pupils are placed, and which its maps draw.', max_length=10),
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
