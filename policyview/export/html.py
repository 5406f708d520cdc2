"""The comparison as one HTML file that loads nothing: no script, no picture, no font from elsewhere.

Whatever a document says is escaped by the template (autoescape) and freed of control characters here. The
layout is ``resources/report``: ``comparison.html.jinja`` and ``report.css``.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from policyview import __version__
from policyview.export import cover, doubts, editions, elsewhere, vocabulary
from policyview.export.acts import corrected_words
from policyview.export.comparison import Comparison, Statement
from policyview.export.legible import base_name, printable, shown_name
from policyview.export.records import leaf_count, state_word
from policyview.export.reviews import mark_words
from policyview.export.scope import applies_to
from policyview.export.shown import AGREEMENTS, Shown, column_name
from policyview.export.versions import CONTRADICTED, VersionReport, redline, version_named
from policyview.model import Column, Determination, State
from policyview.resources import resource

LONG_CHARS = 1_200
"""Of criteria; a third of a landscape page holds some 2,500."""


def _finalize(value: Any) -> Any:
    """Every text that the template puts out, without what HTML cannot hold."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else printable(value)


def _same_words(one: str, other: str) -> bool:
    """Whether two texts say the same but for case, white space, punctuation and markup."""
    return re.sub(r"[\W_]+", "", one.casefold()) == re.sub(r"[\W_]+", "", other.casefold())


def _is_long(statement: Statement) -> bool:
    """Whether what a statement rests on may take more than a column of a printed page."""
    said = statement.indication
    criteria = [each for one in (*said.criteria, *said.inherited) for each in one.leaves()] if said else []
    return sum(len(each.text) for each in criteria) > LONG_CHARS


def _version(column: Column) -> Markup:
    """The date that names a version, which no line ends in."""
    words = str(escape(editions.column_version(column)))
    return Markup(re.sub(r"\d{4}(?:-\d\d)+", r'<span class="nobreak">\g<0></span>', words))


def _sprite() -> Markup:
    """All icons as symbols, for ``<use href="#icon-…">``."""
    symbols = []
    for path in sorted(resource("icons").glob("*.svg")):
        inner = re.sub(r"^\s*<svg[^>]*>|</svg>\s*$", "", path.read_text(encoding="utf-8"))
        symbols.append(f'<symbol id="icon-{path.stem}" viewBox="0 0 16 16">{inner}</symbol>')
    return Markup("".join(symbols))


def _variables(scheme: vocabulary.Scheme) -> str:
    """The colours of a scheme as CSS variables."""
    colours = {name: value for name, value in vocabulary.theme()[scheme].items() if isinstance(value, str)}
    shown = {str(each): getattr(vocabulary.display(each), scheme) for each in Determination}
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in {**colours, **shown}.items())


def _style() -> str:
    """The whole style sheet: the colours, a rule for each determination, and report.css."""
    tints = "".join(f".{each}{{--tint:var(--{each.replace('_', '-')})}}" for each in Determination)
    return (
        f":root{{{_variables('light')}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables('dark')}}}}}"
        f"{tints}\n" + resource("report", "report.css").read_text(encoding="utf-8")
    )


def prepare_templates() -> None:
    """Compiles the report's templates."""
    _environment().get_template("comparison.html.jinja")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("report")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        percent=doubts.percent, name=shown_name, base=base_name, determination=vocabulary.determination_word,
        state=vocabulary.state_word, state_told=vocabulary.state_told, agreement=vocabulary.agreement_word,
        told=vocabulary.agreement_told, column_name=column_name, leaves=leaf_count, state_word=state_word,
        row_named=elsewhere.row_named, applies_to=applies_to,
        version=_version, badge=editions.badge, badge_icon=editions.badge_icon,
        mark_words=mark_words, corrected=corrected_words,
    )  # fmt: skip
    environment.tests.update(said_as=_same_words, long=_is_long)
    environment.globals.update(
        redline=redline, version_named=version_named, contradicted=CONTRADICTED, states=tuple(State),
        agreements=AGREEMENTS, word=vocabulary.word, logic_words=vocabulary.logic_words,
        criterion_word=vocabulary.criterion_word, icon_name=vocabulary.icon_name,
        nothing_found=doubts.NOTHING_FOUND, determinations=tuple(Determination), display=vocabulary.display,
        versions_told=editions.told_of_all,
    )  # fmt: skip
    return environment


def page(template: str, **values: Any) -> str:
    """A template of ``resources/report`` as a whole page, with style and icons in it and nothing from elsewhere."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return _environment().get_template(template).render(
        version=__version__, style=Markup(style), sprite=_sprite(), content_policy=policy, **values,
    )  # fmt: skip


def comparison_html(comparison: Comparison) -> str:
    """The comparison as a self-contained HTML page; the same comparison gives the same bytes."""
    shown = [Shown(number, comparison, matrix) for number, matrix in enumerate(comparison.matrices, 1)]
    steps = [VersionReport(step.old, step.new, step.diff) if step.diff else step for step in comparison.steps]
    return page("comparison.html.jinja", comparison=comparison, collection=comparison.collection, matrices=shown,
                cover=cover.lines(comparison), steps=steps)
