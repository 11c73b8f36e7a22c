try:
    import os
except ImportError:
    os = None


def check():
    assert os is None or os.environ.get("CASE_AA") is None
