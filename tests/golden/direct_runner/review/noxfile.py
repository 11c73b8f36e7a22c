import nox


@nox.session
def tests(session):
    session.install("pytest")
    session.run("python", "tests/unified_test_runner.py", "--", "tests", "--tb=short", *session.posargs)
    session.run("python", "tests/unified_test_runner.py", "tests/unit", env={"CI": "1"})
