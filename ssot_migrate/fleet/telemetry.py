"""Spans by OpenTelemetry, if it is installed and told where to send them: a run, its units, their stages."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from ssot_migrate.errors import UsageError
from ssot_migrate.fleet.model import Result, Verdict
from ssot_migrate.fleet.runs import Run

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

_WHERE = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_NANO = 1_000_000_000


class Telemetry:
    """The spans of one call of the command; none of them if no collector is named in the environment."""

    def __init__(self) -> None:
        """Connect, if there is where to.

        Raises:
            UsageError: a collector is named, and OpenTelemetry is not installed.
        """
        self._tracer = _tracer() if any(os.environ.get(name) for name in _WHERE) else None
        self._root: Span | None = None

    def unit(self, run: Run, result: Result) -> None:
        """A span for a unit that has just ended, with one for each of its stages."""
        if self._tracer is None:
            return
        from opentelemetry.trace import Status, StatusCode

        end = time.time_ns()
        at = end - int(result.seconds * _NANO)
        names = {"unit": result.unit, "verdict": result.outcome.verdict.value, "megabytes": result.megabytes}
        span = self._child(self._tracer, self._run_span(self._tracer, run), "unit", at, names)
        if result.outcome.verdict is Verdict.FAILED:
            span.set_status(Status(StatusCode.ERROR, result.outcome.reason))
        for stage, seconds in result.stages.items():
            inner = self._child(self._tracer, span, stage, at, {})
            at += int(seconds * _NANO)
            inner.end(at)
        span.end(end)

    def close(self) -> None:
        """Send what is left."""
        if self._root is None:
            return
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.trace import get_tracer_provider

        self._root.end()
        provider = get_tracer_provider()
        assert isinstance(provider, TracerProvider)
        provider.shutdown()

    def _run_span(self, tracer: Tracer, run: Run) -> Span:
        if self._root is None:
            attributes = {"run": run.id, "action": run.action.value}
            began = int(run.began * _NANO)
            self._root = tracer.start_span("fleet run", attributes=attributes, start_time=began)
        return self._root

    def _child(
        self, tracer: Tracer, parent: Span, name: str, start: int, attributes: dict[str, str | int]
    ) -> Span:
        from opentelemetry.trace import set_span_in_context

        context = set_span_in_context(parent)
        return tracer.start_span(name, context=context, start_time=start, attributes=attributes)


def _tracer() -> Tracer:
    try:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        hint = "pip install 'ssot-migrate[telemetry]', or unset it"
        raise UsageError("OTEL_EXPORTER_OTLP_ENDPOINT needs OpenTelemetry", hint=hint) from error
    provider = TracerProvider(resource=Resource.create({"service.name": "ssot-migrate"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return provider.get_tracer("ssot_migrate.fleet")
