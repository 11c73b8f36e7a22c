from unittest.mock import Mock


def reply_with(status, body):
    reply = Mock(status_code=status)
    reply.json = Mock(return_value=body)
    reply.text = str(body)
    return reply


def test_reply():
    seen = Mock()
    seen(reply_with(200, {}).json())
    seen.assert_called_once_with({})
