class Request:
    environ = {"PATH_INFO": "/x"}


class Handler:
    def __init__(self):
        self.os = Request()
        self.request = Request()

    def path(self):
        return self.request.environ.get("PATH_INFO"), self.os.environ["PATH_INFO"]


def check():
    assert Handler().path() == ("/x", "/x")
