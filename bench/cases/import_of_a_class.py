class Shell:
    import os

    home = os.environ.get("CASE_AK", "/")

    def join(self, name):
        return self.os.path.join(self.home, name)


def check():
    assert Shell().join("a") == "/a"
