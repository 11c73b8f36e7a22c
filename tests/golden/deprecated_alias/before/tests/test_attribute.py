import lib.as_attribute as bases


class TestIt(bases.AttributeCase):
    pass
