import nox


@nox.session
def tests(session):
    session.install("pytest")
    session.run("pytest", "tests", "--tb=short", *session.posargs)
    session.run("python", "-m", "pytest", "tests/unit", env={"CI": "1"})
