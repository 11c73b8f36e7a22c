from os import *

from shared.isolated_environment import get_env

USER = get_env()["USER"]
