"""A merchant's plain documents: from a file's bytes to clauses an answer can cite.

:func:`read` looks at content, not names, and has one reader for each form give the file's *blocks*
(headings, paragraphs, list items, rows of tables). `outline` finds the headings, numbers and
questions that are only written, not marked. `cutting` makes clauses of what is then there. What is
hard to trust (docx, pdf, workbooks) is opened in a process of its own.
"""

from zhanggui.knowledge.documents.cutting import LONGEST, MOST_CLAUSES, Clause
from zhanggui.knowledge.documents.reading import MAX_BYTES, Draft, clauses_of_text, read

__all__ = ["LONGEST", "MAX_BYTES", "MOST_CLAUSES", "Clause", "Draft", "clauses_of_text", "read"]
