"""Facts of small invented documents, read the way a worker reads them."""

from __future__ import annotations

from pathlib import Path

from policyview import lexicon, read
from policyview.extract import extract
from policyview.model import Criterion, Document, Facts, Indication
from policyview.segment import segment

LEXICON = lexicon.load()


def facts_of(tmp_path: Path, text: str, suffix: str = ".md") -> tuple[Document, Facts]:
    path = tmp_path / f"invented{suffix}"
    path.write_text(text, encoding="utf-8")
    document = read.document(path)
    return document, extract(document, segment(document, LEXICON), LEXICON)


def indications_of(tmp_path: Path, text: str, suffix: str = ".md") -> list[Indication]:
    return list(facts_of(tmp_path, text, suffix)[1].indications)


def tree(criteria: tuple[Criterion, ...]) -> list[object]:
    """Criteria as nested lists of (label, text) for comparison."""
    return [[c.text, c.logic, tree(c.children)] if c.children else c.text for c in criteria]
