from .colours import RED

ALERT = RED
