"""Every error of the project; one class, one exit code.

* AssistantError (1)
    * SettingsInvalid (3)
    * StoreError
        * StoreMissing (4)
        * StoreMismatch (5)
        * StoreLocked (6)
        * StoreDamaged (7)
        * StoreFull (8)
        * StoreUnwritable (12)
    * ModelMissing (9)
    * QuestionInvalid (10)
    * ArticleUnknown (11)
    * DateInvalid (14)
    * OutletUnknown (15)
    * WebInvalid (16)
    * SuiteInvalid (2): an evaluation that could not run, as in every use of ``assistant eval``
    * ModelFailed (13)
    * ExtraMissing (17)
    * SourceError: one thing that could not be read; the rest of a batch goes on
        * SourceMissing (20)
        * NothingToRead (21)
        * FileEmpty (22)
        * FileBinary (23)
        * FileUndecodable (24)
        * FileUnreadable (25)
        * ArticleTooLong (26)
        * LineMalformed (27)
        * IdDuplicate (28)
        * RootAmbiguous (29)
        * PageUnreachable (31)
        * PageGone (32)
        * AddressForbidden (33)
    * SourceUnknown (34)
    * NothingRemembered (35)
    * SomeFailed (30): a batch in which things failed for different reasons

Exit code 2 is the command line's own (wrong usage); 130 is an interrupt.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors that a person may see; its text is one line that says how to mend it."""

    exit_code = 1


class SettingsInvalid(AssistantError):
    """A setting is unknown or has a value that cannot be."""

    exit_code = 3


class StoreError(AssistantError):
    """Something about the store on disk."""


class StoreMissing(StoreError):
    """There is no store at that path yet."""

    exit_code = 4


class StoreMismatch(StoreError):
    """The store was built with other settings, or by another version."""

    exit_code = 5


class StoreLocked(StoreError):
    """Another process is writing the store."""

    exit_code = 6


class StoreDamaged(StoreError):
    """The store's files cannot be read as a store."""

    exit_code = 7


class StoreFull(StoreError):
    """The disk is full; what was committed before is kept."""

    exit_code = 8


class StoreUnwritable(StoreError):
    """The store's folder cannot be made or written."""

    exit_code = 12


class ModelMissing(AssistantError):
    """The embedding model's weights are not installed, or are not the ones expected."""

    exit_code = 9


class QuestionInvalid(AssistantError):
    """The question is empty or too long."""

    exit_code = 10


class DateInvalid(AssistantError):
    """A date that cannot be parsed or does not exist."""

    exit_code = 14


class OutletUnknown(AssistantError):
    """No article is of an outlet of this name."""

    exit_code = 15


class WebInvalid(AssistantError):
    """The page cannot be served as it was asked for."""

    exit_code = 16


class SuiteInvalid(AssistantError):
    """A suite of questions, or a run of one, cannot be read."""

    exit_code = 2


class ArticleUnknown(AssistantError):
    """No article has that id."""

    exit_code = 11


class ModelFailed(AssistantError):
    """A language model could not be reached, or gave nothing that can be used."""

    exit_code = 13


class ExtraMissing(AssistantError):
    """Something was asked for that needs a library which is only installed with an extra."""

    exit_code = 17


class SourceError(AssistantError):
    """One file, line or article that could not be read."""


class SourceMissing(SourceError):
    """The path does not exist."""

    exit_code = 20


class NothingToRead(SourceError):
    """A folder holds no file of a kind that can be read."""

    exit_code = 21


class FileEmpty(SourceError):
    """A file without any text."""

    exit_code = 22


class FileBinary(SourceError):
    """A file that is not text."""

    exit_code = 23


class FileUndecodable(SourceError):
    """A text file in no encoding that could be recognised."""

    exit_code = 24


class FileUnreadable(SourceError):
    """The operating system refused to read it, or its compression is broken."""

    exit_code = 25


class ArticleTooLong(SourceError):
    """More characters than one article may have."""

    exit_code = 26


class LineMalformed(SourceError):
    """A line of a JSON Lines file that is not an article."""

    exit_code = 27


class IdDuplicate(SourceError):
    """An id that another article already has."""

    exit_code = 28


class RootAmbiguous(SourceError):
    """A folder whose name stands for another folder in this store already."""

    exit_code = 29


class PageUnreachable(SourceError):
    """A server does not answer, or not with something that can be read."""

    exit_code = 31


class PageGone(SourceError):
    """A server says that there is nothing at an address any more."""

    exit_code = 32


class AddressForbidden(SourceError):
    """An address that may not be asked: a private one, one on another host, or one closed to programs."""

    exit_code = 33


class SourceUnknown(AssistantError):
    """Nobody named a source of that path or address."""

    exit_code = 34


class NothingRemembered(AssistantError):
    """A store has no sources that it could look at again."""

    exit_code = 35


class SomeFailed(AssistantError):
    """Things failed for different reasons; all else was done."""

    exit_code = 30
