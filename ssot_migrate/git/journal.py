"""What each run is about to write, with the values before: on record first, so that ``undo`` knows all of it.

One file per run below git's own folder. A run that is killed may have written less than its record says;
undoing compares every ref and file with both values, so that is no difficulty.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import msgspec

from ssot_migrate.atomic import write_atomically
from ssot_migrate.errors import Refused, SsotMigrateError, UsageError
from ssot_migrate.git.records import FileWrite, Record, file_write
from ssot_migrate.git.refs import RefUpdate


class Journal:
    """The record of one run, kept on disk from the first thing that it announces."""

    def __init__(self, path: Path, record: Record) -> None:
        """Use ``Journal.begin`` for a new run, ``Journal.all`` for those that there are."""
        self.path, self.record = path, record

    @classmethod
    def begin(cls, common_dir: Path, plan: str, *, in_place: bool = False) -> Self:
        """A run that applies the plan with this digest; nothing is written yet."""
        path = _folder(common_dir) / f"{time.time_ns():020}-{plan[:12]}.json"
        return cls(path, Record(plan, in_place=in_place))

    @classmethod
    def again(cls, common_dir: Path, plan: str) -> Self:
        """A run whose branches are there already, so that it only writes its reports anew.

        It goes on with the record of the run before if that applied the same plan: both are undone together.
        """
        with suppress(SsotMigrateError):  # a record that cannot be read is no reason not to begin
            before = next(cls.all(common_dir), None)
            if before and (before.record.plan, before.record.in_place) == (plan, False):
                return cls(before.path, msgspec.structs.replace(before.record, finished=False))
        return cls.begin(common_dir, plan)

    @classmethod
    def resume(cls, common_dir: Path, plan: str, *, in_place: bool = False) -> Self:
        """The newest run, which was interrupted while it applied the plan with this digest.

        Raises:
            Refused: it applied another plan, or in another way.
            UsageError: it came to its end, or there is none.
        """
        journal = next(cls.all(common_dir), None)
        if journal is None or journal.record.finished:
            hint = "leave out --resume: a run that has written nothing is simply made again"
            raise UsageError("no interrupted run is on record", hint=hint)
        record = journal.record
        if record.plan != plan:
            hint = "give the same options, or its --plan, on the same commit; or `ssot-migrate undo --last`"
            raise Refused(
                f"the interrupted run applied the plan {record.plan[:12]}, not {plan[:12]}", hint=hint
            )
        if record.in_place != in_place:
            way, hint = ("in place", "add") if record.in_place else ("to branches", "leave out")
            raise Refused(f"the interrupted run applied its plan {way}", hint=f"{hint} --in-place")
        return journal

    @classmethod
    def all(cls, common_dir: Path) -> Iterator[Self]:
        """The runs on record that are not undone, newest first.

        Raises:
            SsotMigrateError: a record cannot be read.
        """
        for path in sorted(_folder(common_dir).glob("*.json"), reverse=True):
            try:
                yield cls(path, msgspec.json.decode(path.read_bytes(), type=Record))
            except (OSError, msgspec.MsgspecError) as error:
                hint = "move it away; what that run wrote has to be undone by hand"
                raise SsotMigrateError(f"cannot read {path}: {error}", hint=hint) from error

    def announce_refs(self, updates: Iterable[RefUpdate]) -> None:
        """Record refs that are about to be written."""
        refs = {update.name: update for update in (*self.record.refs, *updates)}
        self._keep(msgspec.structs.replace(self.record, refs=tuple(refs.values())))

    def announce(self, contents: Mapping[Path, bytes]) -> None:
        """Record files outside of git that are about to get these bytes."""
        self.announce_files([write for path, data in contents.items() if (write := file_write(path, data))])

    def announce_files(self, writes: Sequence[FileWrite]) -> None:
        """Record files that are about to be written, and the folders that this will make."""
        parents = {folder for write in writes for folder in Path(write.path).parents}
        fresh = {str(folder) for folder in parents if not folder.exists()} - set(self.record.folders)
        folders = (*self.record.folders, *sorted(fresh))
        files = {write.path: write for write in self.record.files}
        for write in writes:
            first = files.get(write.path)
            # What the interrupted run found is what there was before; this one may find what that one wrote.
            files[write.path] = msgspec.structs.replace(first, after=write.after) if first else write
        self._keep(msgspec.structs.replace(self.record, files=tuple(files.values()), folders=folders))

    def finish(self) -> None:
        """Record that the run has come to its end."""
        self._keep(msgspec.structs.replace(self.record, finished=True))

    def reduce(self, record: Record) -> None:
        """Keep what could not be undone, or forget the run if that is nothing."""
        if record.refs or record.files:
            self._keep(record)
        else:
            self.path.unlink(missing_ok=True)

    def _keep(self, record: Record) -> None:
        self.record = record
        if not (record.refs or record.files):
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path, msgspec.json.encode(record))
        except OSError as error:
            raise SsotMigrateError(
                f"cannot write the journal: {error}", hint="nothing else was written"
            ) from error


def _folder(common_dir: Path) -> Path:
    return common_dir / "ssot-migrate" / "journal"
