DATABASES = {
    "default": {  # want hint "in Django.s own commands" want no-migration-through-pooler "of Django"
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pooler",
        "PORT": "6432",
        "NAME": "orders",
        "OPTIONS": {"application_name": "orders"},
    },
}
