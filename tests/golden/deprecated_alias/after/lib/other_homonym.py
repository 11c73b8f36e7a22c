class SameNameCase:
    pass
