from app.star_by_list import *

URL = f"http://{HOST}"
