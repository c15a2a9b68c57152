DATABASES = {
    "default": {  # want hint "The migrations of Django go through PgBouncer"
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pooler",
        "PORT": "6432",
        "NAME": "app",
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"application_name": "orders"},
    },
}
