from shop.themes.folder_is_named import ALERT


def test_alert():
    assert ALERT == "#f00"
