DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pooler",
        "PORT": "6432",
        "NAME": "orders",
        "OPTIONS": {"application_name": "orders"},
        "DISABLE_SERVER_SIDE_CURSORS": True,
    },
}
