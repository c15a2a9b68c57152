import sqlalchemy


def from_settings(config, prefix: str):
    # What the settings say of the pool, nobody knows here.
    settings = {name: value for name, value in config.get_settings().items() if name.startswith(prefix)}
    settings.setdefault(prefix + "poolclass", "app.pool.Backlog")
    return sqlalchemy.engine_from_config(settings, prefix=prefix, url=settings[prefix + "url"])
