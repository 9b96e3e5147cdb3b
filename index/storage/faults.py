"""Faults of SQLite, Chroma and the file system to the errors that a person should see."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from index.errors import StoreDamaged, StoreError, StoreFull, StoreLocked, StoreUnwritable


def store_error(path: Path, error: Exception) -> StoreError:
    """The error that a person should see for a fault of SQLite or of the file system."""
    name = getattr(error, "sqlite_errorname", "")
    number = getattr(error, "errno", None)
    disk_is_full = name == "SQLITE_FULL" or number == errno.ENOSPC or "database or disk is full" in str(error)
    if disk_is_full or (name.startswith("SQLITE_IOERR") and _free_bytes(path) < 1_000_000):
        return StoreFull(
            f"the disk that holds {path} is full. All that was committed is kept: make room and run it again"
        )
    if name.startswith("SQLITE_BUSY"):
        return StoreLocked(f"{path} is being written by another process. Try again in a moment")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) or isinstance(error, OSError):
        return StoreUnwritable(
            f"{path} cannot be written ({error}); a store's folder must be writable, also for asking"
        )
    return StoreDamaged(f"{path} cannot be read as a store ({error}). Look at it with: assistant doctor --store {path}")


def _free_bytes(path: Path) -> int:
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return 0


def vectors_error(path: Path, error: BaseException) -> StoreError:
    """The error that a person should see for a fault of Chroma, which tells its kind in words only."""
    if "disk is full" in str(error) or "No space left" in str(error):
        return StoreFull(
            f"the disk that holds {path} is full. All that was committed is kept: make room and run it again"
        )
    return StoreDamaged(
        f"Chroma cannot use {path} ({type(error).__name__}: {error}). "
        f"Its vectors can be had back with: assistant rebuild --store {path.parent}"
    )
