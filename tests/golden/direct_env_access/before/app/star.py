from os import *

USER = environ["USER"]
