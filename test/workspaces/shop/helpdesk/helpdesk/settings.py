"""Django's settings of the help desk."""

import os

INSTALLED_APPS = ["django.contrib.contenttypes", "tickets"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pgbouncer",
        "PORT": "6432",
        "NAME": "shop",
        "USER": "shop",
        "PASSWORD": os.environ["HELPDESK_PASSWORD"],
        # A connection that is kept, and a pool: Django takes one or the other.
        "CONN_MAX_AGE": 60,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"application_name": "shop-helpdesk", "pool": True},
    },
}
