"""A Django project that reads its orders piece by piece."""

import os
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.db import models, transaction

address = urlsplit(os.environ["DATABASE_URL"])
items = None
block = None


def open(database):
    """Sets Django up. `database`: what stands in DATABASES beside the address."""
    global Order
    default = {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": address.hostname,
        "PORT": address.port,
        "NAME": address.path[1:],
        "USER": address.username,
        **database,
    }
    settings.configure(DATABASES={"default": default}, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
    django.setup()

    class Order(models.Model):
        item = models.TextField()

        class Meta:
            app_label = "shop"
            db_table = "orders"
            managed = False


def begin():
    """Enters atomic() and stays there."""
    global block
    block = transaction.atomic()
    block.__enter__()


def first_item():
    global items
    items = Order.objects.order_by("item").values_list("item", flat=True).iterator(chunk_size=1)
    return next(items)


def next_item():
    return next(items)
