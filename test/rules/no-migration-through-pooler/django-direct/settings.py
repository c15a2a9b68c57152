DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pooler",
        "PORT": "6432",
        "NAME": "app",
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"application_name": "orders"},
    },
    "direct": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "postgres",
        "PORT": "5432",
        "NAME": "app",
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"application_name": "orders-migrations"},
    },
}
