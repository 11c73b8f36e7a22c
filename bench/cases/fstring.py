import os


def check():
    os.environ["CASE_L"] = "7"
    assert f"<{os.environ['CASE_L']:>3}>" == "<  7>"
    assert f"{os.getenv('CASE_L2', 'no')!r}" == "'no'"
    assert rf"""{os.environ.get("CASE_L")}\n""" == "7\\n"
