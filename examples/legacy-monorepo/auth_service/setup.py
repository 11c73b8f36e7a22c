#!/usr/bin/env python3
"""Packaging of the auth service; the version comes from the release job."""
import os

from setuptools import find_packages, setup

setup(
    name="harbor-auth",
    version=os.environ.get("HARBOR_RELEASE", "0.0.0"),
    package_dir={"": "src"},
    packages=find_packages("src"),
    python_requires=">=3.10",
    entry_points={"console_scripts": ["harbor-auth = harbor_auth.__main__:main"]},
)
