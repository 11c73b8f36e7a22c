"""A program outside the paths that pytest is told of."""


def test_server():
    print("server is up")
    return True


if __name__ == "__main__":
    test_server()
