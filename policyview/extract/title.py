"""The policy's title and number, by label or by where letterheads print them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policyview.anchor import anchor_at
from policyview.extract.dates import read_dates
from policyview.extract.fields import Field, any_label, iter_fields
from policyview.lexicon import Entry, Lexicon
from policyview.model import Anchor, Boilerplate, Document, Role, Structure

_TITLE_CHARS = 320  # the longest real title, a list of brand names, has about 260
_TITLE_WORDS = 45
_HEADLINE_WORDS = 5  # fewer are a masthead or its motto
_HEAD_CHARS = 1500  # of the letterhead, in which an unlabelled title or number stands
_LONG_LINE = 95  # a longer line is running text, no further line of a title
_ADDRESS = re.compile(r"https?:|www\.|\blicensee\b|\d{3}[.-]\d{3,4}|\b(?:fax|phone)\b|\d{1,2}:\d\d [AP]M|\(/", re.I)
_LINE_TITLE_CHARS = 200  # a longer first line is running text
_SECTION_WORDS = 4  # a longer heading names a subject too
_RULES = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED, Role.DESCRIPTION, Role.BACKGROUND, Role.CODING})
_HEADING_NUMBER = re.compile(r"(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)]\s+")
_STATING = re.compile(r"\b(?:is|are|was|were|may|must|should|will|shall|can|cannot|has|have|does|do|[Pp]lease)\b")
_COLUMN = re.compile(r"\t| {4,}")  # what stands behind it is of another column of the letterhead
_FULL_LINE = 36  # characters; a shorter line of a title was not broken for want of room
_OF_STATE = re.compile(r"^(?:the )?(?:state|commonwealth) of ", re.IGNORECASE)
_MARKUP = re.compile(r"^[#*\s_>-]+|[*\s_]+$|</?[a-z]+>|\*\*|[\ue000-\uf8ff]")  # and glyphs without a meaning

Found = tuple[str, Anchor]


def find_title(
    document: Document, structure: Structure, lexicon: Lexicon, front: int, payer: str = "", *, is_article: bool = False
) -> Found | None:
    """The title by its label, else the first large or first line that names more than a sort of document or the payer.

    Of an article the headline, which a masthead may stand above.
    """
    stops = frozenset(section.anchor.start for section in structure.sections)
    labelled = [entry for entry in _of_field(lexicon, "title") if entry.name != "title_weak"]
    first_page = document.pages[1] if len(document.pages) > 1 else front  # a table further on lists other titles
    return (
        _by_label(document, labelled, lexicon, min(front, first_page), stops)
        or _set_large(document, lexicon, payer)
        or _by_label(document, labelled, lexicon, front, stops)
        or _by_label(document, [lexicon["fields"]["title_weak"]], lexicon, front, stops)
        or (_headline(document, lexicon) if is_article else None)
        or _first_line(document, lexicon, payer, () if document.pages else structure.boilerplate)
    )


def _headline(document: Document, lexicon: Lexicon) -> Found | None:
    """The first line of the front that says something, before running text begins."""
    for start, end in _iter_lines(document.text[:_HEAD_CHARS]):
        words = _cleaned(document.text[start:end], lexicon)
        if len(words) > _LONG_LINE or words.endswith("."):
            return None
        if len(words.split()) >= _HEADLINE_WORDS and _is_title(words):
            return words, anchor_at(document, start, end)
    return None


def _by_label(
    document: Document, entries: list[Entry], lexicon: Lexicon, front: int, stops: frozenset[int]
) -> Found | None:
    for entry in entries:
        is_certain = entry.name == "title_certain"
        for field in iter_fields(document, entry.patterns, lexicon, front):
            if field.is_below and not is_certain:
                continue
            title = _labelled(document, field, lexicon, stops)
            if title and not (entry.name == "title_weak" and _is_generic(title[0], lexicon)):
                return title
    return None


def _of_field(lexicon: Lexicon, name: str) -> list[Entry]:
    return [entry for entry in lexicon.entries("fields") if entry.get("field") == name]


def _labelled(document: Document, field: Field, lexicon: Lexicon, stops: frozenset[int]) -> Found | None:
    if "#" in document.text[field.label_start + len(field.label):field.start]:
        return None  # "Policy #: 412" gives a number
    end = _continued(document.text, field.start, field.end, lexicon, stops)
    words = _cleaned(document.text[field.start:end], lexicon)
    if words.endswith(",") and ":" in words:  # a list of brands that breaks off: its head names them
        end = field.start + document.text[field.start:end].index(":")
        words = _cleaned(document.text[field.start:end], lexicon)
    if not _is_title(words) or lexicon["fields"]["no_title"].regex.fullmatch(words):
        return None
    return words, anchor_at(document, field.start, end)


def _is_title(words: str) -> bool:
    letters = sum(c.isalpha() for c in words)
    return letters >= 4 and letters > sum(c.isdigit() for c in words) and len(words.split()) <= _TITLE_WORDS


def _continued(text: str, start: int, end: int, lexicon: Lexicon, stops: frozenset[int]) -> int:
    """The end of a title that runs on over the following lines; it ends where a section (``stops``) begins."""
    labels = [p for e in lexicon.entries("fields") if e.get("field") for p in e.patterns]
    joined = "|".join(labels).replace(" ?", r"\s*").replace(" ", r"\s+")
    labelled = re.compile(rf"\s*(?:{joined})\b|[^:\n]{{1,40}}:|\s*[•\-*|#\d]", re.IGNORECASE)
    while end < len(text) and end - start < _TITLE_CHARS:
        line = re.compile(r"[ \t]*\n([^\n]*)").match(text, end)
        if not line or not (words := line.group(1).strip()) or len(words) > _LONG_LINE:
            break
        so_far = text[start:end].rstrip()
        unfinished = so_far.endswith((",", "and", "or", "for", "of", "with", "-", "–", "the", "in", "to", "(", "/"))
        unfinished = unfinished or so_far.count("(") > so_far.count(")") or words.startswith("(")
        unfinished = unfinished or len(so_far.rsplit("\n", 1)[-1]) > _FULL_LINE
        shouts = words.isupper() and not so_far.isupper()
        if labelled.match(line.group(1)) or not unfinished or shouts:
            break
        if any(end < stop <= line.end() for stop in stops):
            break
        end = line.start(1) + len(line.group(1).rstrip())
    return end


def _cleaned(words: str, lexicon: Lexicon) -> str:
    """A title without markup and without the words for its sort of document."""
    words = " ".join(_MARKUP.sub("", words).split())
    number = re.match(rf"(?:{'|'.join(lexicon['fields']['number_shape'].patterns)})\s+(?=[A-Z][a-z]+ )", words)
    words = words[number.end():] if number and "." in number.group() else words
    generic = lexicon["fields"]["generic_title"].regex
    if (match := generic.match(words)) and words[match.end():].strip(" :–-"):
        rest = words[match.end():].lstrip(" :–-")
        if match.group()[:1].isupper() and rest[:1].isupper():
            words = rest
    return words.strip(" :–-*|")


def _before_label(words: str, lexicon: Lexicon) -> str:
    """A line up to the label of another field that stands in it."""
    labels = (any_label(lexicon).search(words, 1), lexicon["fields"]["other_label"].regex.search(words, 1))
    return words[:min((label.start() for label in labels if label), default=len(words))]


def _is_generic(words: str, lexicon: Lexicon) -> bool:
    return bool(lexicon["fields"]["generic_title"].regex.fullmatch(words.strip(" :*-")))


def _is_letterhead(words: str, lexicon: Lexicon, payer: str) -> bool:
    """A line of the letterhead that is no title: a sort of document, a payer, a state, an address, a number."""
    if not _is_title(words) or _is_generic(words, lexicon) or words.endswith(":") or _is_sentence(words):
        return True
    if payer and _OF_STATE.sub("", words).casefold() == _OF_STATE.sub("", payer).casefold():
        return True
    if lexicon["fields"]["no_title"].regex.fullmatch(words) or lexicon["fields"]["other_label"].regex.match(words):
        return True
    if any(entry.regex.fullmatch(words) for entry in lexicon.entries("site") if entry.name != "address"):
        return True
    if sum(date.end - date.start for date in read_dates(words)) > len(words) / 2:
        return True
    if _HEADING_NUMBER.match(words):
        return True
    shape = lexicon["payers"]["plan_like"].patterns
    if re.fullmatch(rf"(?:the )?(?:{'|'.join(shape)})(?:, Inc\.?)?", words.title() if words.isupper() else words):
        return True
    named = [e for e in lexicon.entries("payers") if not e.get("is_shape") and not e.get("is_skip")]
    names = "|".join(p for e in (*named, *lexicon.entries("states")) for p in e.patterns)
    beside = r"(?:\W+(?:Commercial|Pharmacy|Medicaid|Medicare))*\W*"
    return bool(re.fullmatch(rf"(?:\W*(?:{names}){beside})+", words, re.IGNORECASE) or _ADDRESS.search(words))


def _is_masthead(words: str, lexicon: Lexicon) -> bool:
    """A line that begins with a payer and names a sort of document; of a title of several lines it is not the first."""
    names = [p for e in lexicon.entries("payers") if not e.get("is_shape") and not e.get("is_skip") for p in e.patterns]
    payer = re.match(rf"\W*(?:{'|'.join(names)})\b[\s:/–-]*", words, re.IGNORECASE)
    generic = lexicon["fields"]["generic_title"].regex.match(words, payer.end()) if payer else None
    return generic is not None and words[generic.end():].strip(" :")[:1] in ("", "-", "–", "—", "|")


def _set_large(document: Document, lexicon: Lexicon, payer: str) -> Found | None:
    """The words set largest on the first page, where they stand out from the text."""
    lines = [line for line in document.lines if line.page in (1, None) and line.start < 4 * _HEAD_CHARS]
    if not lines:
        return None
    sizes = sorted(line.size for line in lines)
    body = sizes[len(sizes) // 2]
    large = [line for line in lines if line.size > body * 1.12 or line.heading == 1]
    for size in sorted({line.size for line in large}, reverse=True):
        run = [line for line in large if abs(line.size - size) < 0.6]
        groups: list[list[tuple[int, int]]] = []
        previous = None
        for line in run:
            words = _cleaned(document.text[line.start:line.end], lexicon)
            if _is_letterhead(words, lexicon, payer):
                previous = None
                continue
            follows = previous is not None and document.text[previous:line.start].strip() == ""
            if follows and not (words.isupper() and not document.text[groups[-1][-1][0]:previous].isupper()):
                groups[-1].append((line.start, line.end))
            else:
                groups.append([(line.start, line.end)])
            previous = line.end
        for group in groups:
            while len(group) > 1 and _is_masthead(document.text[slice(*group[0])], lexicon):
                del group[0]
            start, end = group[0][0], group[-1][1]
            words = _cleaned(document.text[start:end], lexicon)
            if _is_title(words) and end - start <= _TITLE_CHARS:
                return words, anchor_at(document, start, end)
    return None


def _first_line(
    document: Document, lexicon: Lexicon, payer: str, around: Sequence[Boilerplate]
) -> Found | None:
    """The first line that may be a title, before a section with rules and before any sentence that states one; not of
    what a web page has ``around`` its text."""
    for start, end in _iter_lines(document.text[:_HEAD_CHARS * 2]):
        if any(each.occurrences == 1 and each.passage.start <= start < each.passage.end for each in around):
            continue
        printed = _before_label(_COLUMN.split(document.text[start:end], maxsplit=1)[0], lexicon).rstrip()
        words = _cleaned(printed, lexicon)
        names_sort = " " in printed and _is_generic(printed, lexicon)  # "Coverage criteria policies"
        if _states(printed, lexicon) or (_is_heading(printed, lexicon) and not names_sort):
            return None
        is_part = printed.endswith((".", ":")) or lexicon["fields"]["unfinished"].regex.search(printed)
        is_name = not (is_part or _is_letterhead(words, lexicon, payer) or _is_masthead(printed, lexicon))
        if is_name and len(words) <= _LINE_TITLE_CHARS:
            return words, anchor_at(document, start, start + len(printed))
    return None


def _states(words: str, lexicon: Lexicon) -> bool:
    """A sentence of a rule, or the lead of its criteria."""
    return _is_sentence(words) and any(e.regex.search(words) for e in lexicon.entries("determinations"))


def _is_sentence(words: str) -> bool:
    """Words with a verb that states; a title may ask, but does not state."""
    return bool(_STATING.search(words)) and not words.endswith("?")


def _is_heading(words: str, lexicon: Lexicon) -> bool:
    """The heading of a section with rules ("Criteria", "Medically necessary"): no title stands below it."""
    plain = _HEADING_NUMBER.sub("", words.strip(" :*#")).casefold().removeprefix("current ")
    headings = (entry for entry in lexicon.entries("roles") if entry.get("role") in _RULES)
    return len(plain.split()) <= _SECTION_WORDS and any(heading.regex.fullmatch(plain) for heading in headings)


def _iter_lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text):
        words = match.group()
        if words.strip():
            start = match.start() + len(words) - len(words.lstrip())
            yield start, match.start() + len(words.rstrip())


_NUMBER = re.compile(r"(?=[^\s]*\d|[A-Z]{1,4}\s|\d+\s)[A-Za-z0-9][\w.\-/]*(?:\s(?=[\w.\-]*\d|[A-Z]\s)[\w.\-]+){0,2}")


_SERIES = re.compile(r"[A-Z]{2,5}: ?\d[\w.-]*")  # "Policy Number: OAK: 3.48"
_NUMBER_LABEL = re.compile(
    r"(?:(?<!\w)|(?<=[a-z]))(?:(?:Policy|Guideline|Reference|Document) ?)?(?:Number|No\.?|#)[ ]*:\s*"
)
_WITHIN = re.compile(  # amid a line that keeps neither breaks nor colons
    r"\b(?:(?i:policy|guideline|bulletin) (?:(?i:number|no\.?)|#)|Policy(?= (?!19|20)\d{4}\b)) ?"
    r"(?P<number>(?:[A-Z]{1,4} )?\d[\w.-]*\d[\w-]*)"
)
_ITEM_LABEL = re.compile(r"\d{1,2}[.)]\s")  # of the first item of a list below a heading
_GLUED = re.compile(r"(?<=\d)[A-Z][a-z]{3,}.*")  # the next label, where the blank before it is lost


def find_number(document: Document, lexicon: Lexicon, front: int) -> Found | None:
    """The policy number by its label, else as letterheads print it."""
    for entry in _of_field(lexicon, "number"):
        for end in (front, len(document.text)) if entry.name == "number_certain" else (front,):
            for field in iter_fields(document, entry.patterns, lexicon, end):
                if found := _number_in(document, field):
                    return found
    head = document.text[:_HEAD_CHARS]
    shape = "|".join(lexicon["fields"]["number_shape"].patterns)
    if match := re.search(rf"(?m)^[ \t]*(?i:number)\s+({shape})[ \t]*$", head):
        return match.group(1), anchor_at(document, *match.span(1))
    if match := _WITHIN.search(head):
        return match.group("number"), anchor_at(document, *match.span("number"))
    if match := re.search(lexicon["fields"]["number_before_title"].regex, head):
        return match.group("number"), anchor_at(document, match.start("number"), match.end("number"))
    if match := re.search(lexicon["fields"]["number_in_title"].regex, head):
        return " ".join(match.group("number").split()), anchor_at(document, *match.span("number"))
    for field in iter_fields(document, lexicon["fields"]["title_certain"].patterns, lexicon, front):
        if match := re.match(rf"({shape})\W{{1,3}}(?=[A-Z][a-z])", field.value):
            return match.group(1), anchor_at(document, field.start, field.start + match.end(1))
    ends_cell = rf"(?m)(?:^|\t|\||[ ]{{3,}})[ \t]*({shape})[ \t]*$"
    for pattern in (ends_cell, rf"\(({shape})(?:,(?! *(?:{shape})\b)[^)]*)?\)"):
        if match := re.search(pattern, head):
            return match.group(1), anchor_at(document, match.start(1), match.end(1))
    if match := re.search(rf"\b(?i:policy|guideline|bulletin)\s+({shape})(?![\w.-]*\w)", head):
        return match.group(1), anchor_at(document, *match.span(1))
    return _number_within(document, head)


def _number_within(document: Document, head: str) -> Found | None:
    """A number whose label stands within a line, its colon printed ("… Policy #: X.1 Version 2")."""
    for label in _NUMBER_LABEL.finditer(head):
        number = _NUMBER.match(head, label.end())
        if number and re.search(r"\d", number.group()):
            printed = _GLUED.sub("", number.group()).rstrip(".-/;,")
            return printed, anchor_at(document, number.start(), number.start() + len(printed))
    return None


def _number_in(document: Document, field: Field) -> Found | None:
    match = _NUMBER.match(field.value) or _SERIES.match(field.value)
    if field.is_below and _ITEM_LABEL.match(field.value):
        return None
    if not match or not re.search(r"\d", match.group()) or re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2,4}", match.group()):
        return None
    number = _GLUED.sub("", match.group()).rstrip(".-/")
    return number, anchor_at(document, field.start, field.start + len(number))
