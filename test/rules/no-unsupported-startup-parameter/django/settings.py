DATABASES = {
    "default": {  # want no-migration-through-pooler ""
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pooler",
        "PORT": "6432",
        "NAME": "orders",
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"application_name": "orders", "options": "-c search_path=tenant_a"},  # want "`options` sends `search_path` at connect"
    },
}
