from sqlalchemy import create_engine


def open_cache(url: str):
    return create_engine(url)
