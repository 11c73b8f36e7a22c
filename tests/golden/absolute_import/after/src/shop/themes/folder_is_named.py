from shop.themes.colours import RED

ALERT = RED
