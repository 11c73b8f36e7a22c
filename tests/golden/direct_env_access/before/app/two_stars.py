from os import *
from app.star import *

USER = environ["USER"]
