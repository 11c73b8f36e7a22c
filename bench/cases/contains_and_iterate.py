import os


def check():
    os.environ["CASE_D"] = "1"
    assert "CASE_D" in os.environ
    assert "CASE_D2" not in os.environ
    assert [key for key in os.environ if key == "CASE_D"] == ["CASE_D"]
    assert sorted(k for k, _ in os.environ.items() if k == "CASE_D") == ["CASE_D"]
    assert len(os.environ) > 0
