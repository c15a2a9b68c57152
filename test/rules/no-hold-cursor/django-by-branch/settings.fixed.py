import os

import dj_database_url

if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.config()}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.environ.get("POSTGRES_HOST"),
            "NAME": os.environ.get("POSTGRES_DB"),
            "OPTIONS": {"application_name": "my-service"},
            "DISABLE_SERVER_SIDE_CURSORS": True,
        }
    }
