from money import cents


class Invoice:
    total = cents(3)
