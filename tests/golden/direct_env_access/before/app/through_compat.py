from app.compat import environ

LEVEL = environ.get("LEVEL")
