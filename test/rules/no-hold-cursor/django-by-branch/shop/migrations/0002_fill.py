from django.db import migrations

from shop.models import Order


# Django runs this in a transaction.
def fill(apps, schema_editor):
    for order in Order.objects.all().iterator():
        order.save()


class Migration(migrations.Migration):
    operations = [migrations.RunPython(fill)]
