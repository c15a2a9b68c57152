DATABASES = {
    "default": {  # want no-migration-through-pooler "of Django"
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pooler",
        "PORT": "6432",
        "NAME": "orders",
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"application_name": "orders"},
    },
}
