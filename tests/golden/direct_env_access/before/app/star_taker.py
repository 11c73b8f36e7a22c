from app.star_giver import *

PARENT = HOME + os.sep
