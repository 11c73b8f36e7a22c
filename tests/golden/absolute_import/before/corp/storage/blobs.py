class Blob:
    pass
