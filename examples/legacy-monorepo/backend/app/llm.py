"""The language model behind the reply agent."""

from __future__ import annotations

from typing import Any

from backend.app import settings
from common import http_client
from common.text import mask


class LLMError(Exception):
    """The model gave no usable answer."""


class LLMClient:
    """Completions over HTTP; endpoint and key are read for each call."""

    def __init__(self, model: str = "harbor-small", max_tokens: int = 400):
        self.model = model
        self.max_tokens = max_tokens
        self.tokens_used = 0

    def complete(self, prompt: str, **options: Any) -> str:
        if not prompt.strip():
            raise ValueError("an empty prompt")
        answer = http_client.request_json(
            "POST",
            settings.llm_endpoint(),
            {"model": self.model, "prompt": prompt, "max_tokens": self.max_tokens, **options},
            {"Authorization": f"Bearer {settings.llm_key()}"},
        )
        if not answer or not answer.get("text"):
            raise LLMError(f"no text in the answer to a prompt of {len(prompt)} characters")
        self.tokens_used += answer.get("tokens", 0)
        return answer["text"].strip()

    def describe(self) -> str:
        return f"{self.model} at {settings.llm_endpoint()} with key {mask(settings.llm_key())}"
