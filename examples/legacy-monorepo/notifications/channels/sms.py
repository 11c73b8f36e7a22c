"""Text messages."""
import os
import re

NUMBER = re.compile(r"^\+[1-9]\d{7,14}$")
GSM = set("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà\n\r"
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


class BadNumber(ValueError):
    pass


def normalise(number):
    """``0031 6-12345678`` and the like in international form."""
    digits = re.sub(r"[\s\-./()]", "", number)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = os.environ.get("NOTIFY_COUNTRY_CODE", "+31") + digits[1:]
    if not NUMBER.match(digits):
        raise BadNumber(number)
    return digits


def parts(text):
    """How many messages the text is charged as."""
    single, each = (160, 153) if set(text) <= GSM else (70, 67)
    if len(text) <= single:
        return 1
    return -(-len(text) // each)


class SmsChannel:
    name = "sms"

    def __init__(self, post):
        self.post = post

    def send(self, number, text):
        limit = int(os.environ.get("NOTIFY_SMS_PARTS", "3"))
        if parts(text) > limit:
            raise ValueError("%d parts, at most %d are allowed" % (parts(text), limit))
        return self.post(os.environ["NOTIFY_SMS_URL"], {"to": normalise(number), "text": text})
