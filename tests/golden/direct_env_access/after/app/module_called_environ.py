"""django-environ is a module, whatever it is called; what else has the name is not known."""

import environ

from app.elsewhere import environ as settings

env = environ.Env()
environ.Env.read_env()
NAME = settings.Env()
