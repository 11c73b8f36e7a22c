class BoughtError(Exception):
    pass
