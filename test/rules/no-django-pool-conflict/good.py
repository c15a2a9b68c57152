DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pooler",
        "NAME": "orders",
        "CONN_MAX_AGE": 0,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"application_name": "orders", "pool": {"min_size": 2}},
    },
    "persistent": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pooler",
        "NAME": "orders",
        "CONN_MAX_AGE": None,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"application_name": "orders"},
    },
    "files": {"ENGINE": "django.db.backends.sqlite3", "NAME": "orders.sqlite3", "CONN_MAX_AGE": 60},
}
