from setuptools import setup

setup(name="lib", package_dir={"": "src"}, packages=["lib"])
