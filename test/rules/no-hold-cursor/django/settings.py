DATABASES = {
    "default": {  # related "is not set here" want no-migration-through-pooler "of Django"
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pooler",
        "PORT": "6432",
        "NAME": "orders",
        "OPTIONS": {"application_name": "orders"},
    },
}
