from unittest.mock import Mock


def reply_with(status, body):
    reply = Mock(status_code=status)
    reply.json = Mock(return_value=body)
    reply.text = str(body)
    return reply
