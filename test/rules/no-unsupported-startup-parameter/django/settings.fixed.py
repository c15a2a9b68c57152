# Set once in the database: ALTER ROLE CURRENT_USER SET search_path = tenant_a;
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pooler",
        "PORT": "6432",
        "NAME": "orders",
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"application_name": "orders"},
    },
}
