import importlib
import sys


class BoughtFinder:
    """Serves ``import bought`` from the copy that comes with the shop."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname != "bought":
            return None
        module = importlib.import_module("_bought")
        module.__name__ = "bought"
        return importlib.util.spec_from_loader("bought", Given(module))


class Given:
    def __init__(self, module):
        self.module = module

    def create_module(self, spec):
        return self.module

    def exec_module(self, module):
        pass


sys.meta_path.insert(0, BoughtFinder())
