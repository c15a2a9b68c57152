DATABASES = {
    "default": {  # want no-migration-through-pooler "of Django"
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pooler",
        "PORT": "6432",
        "NAME": "orders",
        "CONN_MAX_AGE": 60,  # want error "exclude each other"
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"application_name": "orders", "pool": True},  # related "switched on here"
    },
}
