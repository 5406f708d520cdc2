"""An auditor's file: whatever is changed in it is named, with or without all sums made to fit."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from policyview import __main__ as command_line
from policyview import pipeline
from policyview.export import jsonfile
from policyview.export.pack import form, make, opening
from policyview.read.copies import Copies
from policyview.settings import Settings
from tests.export import packs
from tests.export.packs import Parts, changed, retold, verdict

Tampering = Callable[[Parts], Parts]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A pack and its digest."""
    folder = tmp_path_factory.mktemp("pack")
    target = folder / "audit.zip"
    return target, packs.make_pack(folder, target)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    packs.work_here(monkeypatch)


# --------------------------------------------------------------------------- an honest pack


def test_an_honest_pack_holds(made: tuple[Path, str], tmp_path: Path) -> None:
    pack, digest = made
    told = verdict(pack, digest)
    assert told.faults == []
    assert any("byte for byte" in note for note in told.notes)
    assert any("torn.pdf is torn" in note for note in told.notes)
    assert not any("digest" in note for note in told.notes)
    without = verdict(pack)
    assert without.holds
    assert any("Without the digest" in note and digest in note for note in without.notes)
    assert packs.make_pack(tmp_path, tmp_path / "again.zip") == digest
    assert (tmp_path / "again.zip").read_bytes() == pack.read_bytes()


def test_what_a_pack_holds(made: tuple[Path, str]) -> None:
    parts = packs.parts_of(made[0])
    assert list(parts) == sorted(parts)
    assert hashlib.sha256(parts[form.MANIFEST]).hexdigest() == made[1]
    manifest = json.loads(parts[form.MANIFEST])
    assert manifest["schema"] == "policyview/pack/1"
    assert {"policyview", "pdfium", "pypdf"} <= manifest["program"].keys()
    assert "unknown" not in manifest["program"].values()
    assert manifest["files"].keys() == parts.keys() - {form.MANIFEST}
    for document in json.loads(parts[form.EXTRACT])["documents"]:
        source = parts[form.source_name(document["sha256"], document["media_type"])]
        assert hashlib.sha256(source).hexdigest() == document["sha256"]
    lines = parts[form.AUDIT].splitlines()
    assert [json.loads(line)["previous"] for line in lines] == [
        "", *(hashlib.sha256(line).hexdigest() for line in lines[:-1])]  # fmt: skip


def test_annotations_select_the_words(made: tuple[Path, str]) -> None:
    parts = packs.parts_of(made[0])
    told = json.loads(parts[form.ANNOTATIONS])
    assert told["@context"] == "http://www.w3.org/ns/anno.jsonld"
    items = told["first"]["items"]
    assert told["total"] == len(items) == len({item["id"] for item in items}) > 5
    for item in items:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            text = parts[form.text_name(target["source"]["id"].removeprefix("urn:sha256:"))].decode()
            place, words = target["selector"][:2]
            assert text[place["start"]:place["end"]] == words["exact"]


def test_documents_of_a_pack_have_time_on_a_busy_machine() -> None:
    patient = form.patient(Settings(facts_deadline_s=1_000.0))
    assert patient.second_reading
    assert (patient.page_deadline_s, patient.facts_deadline_s) == (form.PAGE_S, 1_000.0)


def test_a_pack_is_no_version_of_a_policy_and_no_part_of_another_pack(
    made: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["diff", str(made[0]), str(made[0])]) == 2
    assert command_line.main(["pack", str(made[0]), "-o", str(tmp_path / "more.zip")]) == 2
    said = capsys.readouterr().err
    assert "Name two documents" in said
    assert "audit.zip is a pack already" in said
    assert not os.listdir(tmp_path)


def test_a_pack_is_compared_as_the_documents_in_it_are(made: tuple[Path, str], tmp_path: Path) -> None:
    parts = packs.parts_of(made[0])
    torn = packs.zipped(packs.changed(parts, form.AUDIT, b"as printed", b"as pointed"), tmp_path / "torn.zip")
    turned = packs.zipped(dict(reversed(parts.items())), tmp_path / "turned.zip")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(made[0].read_bytes()[:-5])
    (tmp_path / "no.zip").write_bytes(entry_with(lambda entry: None))
    assert [opening.is_pack(path) for path in (made[0], torn, turned, cut, tmp_path / "no.zip", tmp_path)] == [
        True, True, True, True, False, False]  # fmt: skip
    found = pipeline.amended(pipeline.run(opening.read([torn, turned, cut], packs.SETTINGS)))
    matrices = pipeline.run(pipeline.compare(found, packs.SETTINGS, packs.AS_OF))
    reasons = [failure.reason for failure in found.failures]
    assert ["audit.jsonl: Its SHA-256" in reasons[0], "cut off" in reasons[1], reasons[2]] == [
        True, True, packs.TORN.reason]  # fmt: skip
    whole = replace(found, failures=found.failures[2:])
    assert jsonfile.matrix_json(matrices, whole, packs.AS_OF).encode() == parts[form.MATRIX]


# --------------------------------------------------------------------------- tampering

WITH_WORDS = b"brittle airway syndrome"


def flip(name_of: Callable[[Parts], str] | str, old: bytes) -> Tampering:
    """One byte flipped, in the first place where ``old`` stands."""

    def tamper(parts: Parts) -> Parts:
        name = name_of if isinstance(name_of, str) else name_of(parts)
        return changed(parts, name, old, bytes([old[0] ^ 1]) + old[1:])

    return tamper


def lines(change: Callable[[list[bytes]], list[bytes]]) -> Tampering:
    def tamper(parts: Parts) -> Parts:
        return {**parts, form.AUDIT: b"".join(change(parts[form.AUDIT].splitlines(keepends=True)))}

    return tamper


def rechained(change: Callable[[list[bytes]], list[bytes]]) -> Tampering:
    def tamper(parts: Parts) -> Parts:
        return {**parts, form.AUDIT: packs.chained(change(parts[form.AUDIT].splitlines()))}

    return tamper


def renamed(old: Callable[[Parts], str] | str, new: str) -> Tampering:
    def tamper(parts: Parts) -> Parts:
        name = old if isinstance(old, str) else old(parts)
        return {new if each == name else each: content for each, content in parts.items()}

    return tamper


def without(name_of: Callable[[Parts], str] | str) -> Tampering:
    def tamper(parts: Parts) -> Parts:
        name = name_of if isinstance(name_of, str) else name_of(parts)
        return {each: content for each, content in parts.items() if each != name}

    return tamper


def another_determination(parts: Parts) -> Parts:
    """In the extract and in the matrix alike."""

    def in_matrix(told: Any) -> None:
        for matrix in told["matrices"]:
            for cell in (cell for row in matrix["rows"] for state in ("cells", "broader") for cell in row[state]):
                if (cell["file"], cell["indication"]) == named:
                    cell["determination"] = "not_covered"

    told = json.loads(parts[form.EXTRACT])
    document = told["documents"][0]
    named = document["file"], document["indications"][0]["id"]
    document["indications"][0]["determination"] = "not_covered"
    packed = json.dumps(told, ensure_ascii=False).encode()
    return retold({**parts, form.EXTRACT: packed}, form.MATRIX, in_matrix)


def another_source(parts: Parts) -> Parts:
    """A source with other bytes and everything called after its new sum; its text as it was."""
    name = packs.source_in(parts)
    source = changed(parts, name, b"vest", b"west")[name]
    old, new = form.sum_in_name(name) or "", hashlib.sha256(source).hexdigest()
    told = {each.replace(old, new): content.replace(old.encode(), new.encode()) for each, content in parts.items()}
    return {**told, name.replace(old, new): source}


def first_anchor(change: Callable[[dict[str, Any]], object]) -> Tampering:
    def tamper(parts: Parts) -> Parts:
        return retold(parts, form.EXTRACT, lambda told: change(told["documents"][0]["indications"][0]["anchor"]))

    return tamper


def first_row(change: Callable[[Any], object]) -> Tampering:
    return lambda parts: retold(parts, form.MATRIX, lambda told: change(told["matrices"][0]["rows"][0]))


BY_SUMS: list[tuple[str, Tampering, str]] = [
    ("source", flip(packs.source_in, b"vest"), "Its SHA-256 is not the one"),
    ("text", flip(packs.text_in, b"vest"), "text/"),
    ("quote", flip(form.EXTRACT, WITH_WORDS), "extract.json: Its SHA-256"),
    ("determination", flip(form.EXTRACT, b"medically_necessary"), "extract.json: Its SHA-256"),
    ("cell", flip(form.MATRIX, b"medically_necessary"), "matrix.json: Its SHA-256"),
    ("review", flip(form.AUDIT, b"as printed"), "audit.jsonl: Its SHA-256"),
    ("report", flip(form.REPORT, WITH_WORDS), "report.html: Its SHA-256"),
    ("annotation", flip(form.ANNOTATIONS, WITH_WORDS), "annotations.jsonld: Its SHA-256"),
    ("manifest", flip(form.MANIFEST, b"as_of"), "MANIFEST.json: "),
    ("review removed", lines(lambda told: told[1:]), "line 1: It does not name the line before it"),
    ("last review removed", lines(lambda told: told[:-1]), "audit.jsonl: Its SHA-256"),
    ("reviews reordered", lines(lambda told: [told[1], told[0], told[2]]), "line 2: It does not name the line before"),
    ("report missing", without(form.REPORT), "report.html: It is missing"),
    ("source missing", without(packs.source_in), "sources/"),
    ("manifest missing", without(form.MANIFEST), "MANIFEST.json: It is missing"),
    ("source added", lambda parts: {**parts, f"sources/{'0' * 64}.txt": b"more"}, "MANIFEST.json does not name it"),
    ("file added", lambda parts: {**parts, "readme.txt": b"more"}, "readme.txt: No file of a pack is called so"),
    ("source misnamed", renamed(packs.source_in, f"sources/{'0' * 64}.txt"), "the bytes that its name is"),
    ("text misnamed", renamed(packs.text_in, "text/a.txt"), "text/a.txt: No file of a pack is called so"),
]


@pytest.mark.parametrize(("tamper", "named"), [pytest.param(*rest, id=name) for name, *rest in BY_SUMS])
def test_a_change_is_named(tamper: Tampering, named: str, made: tuple[Path, str], tmp_path: Path) -> None:
    told = verdict(packs.zipped(tamper(packs.parts_of(made[0])), tmp_path / "t.zip"))
    assert any(named in fault for fault in told.faults), told.faults


WITH_SUMS: list[tuple[str, Tampering, str]] = [
    ("source", flip(packs.source_in, b"vest"), "the bytes that its name is the SHA-256 of"),
    ("source and its name", another_source, "It is not the text that its source gives"),
    ("text", flip(packs.text_in, WITH_WORDS), "Its quote is not what stands at"),
    ("text between the quotes", flip(packs.text_in, b"Medical"), "It is not the text that its source gives"),
    ("quote", flip(form.EXTRACT, b"brittle"), "The pack says "),
    ("anchor's quote", first_anchor(lambda told: told.update(quote=told["quote"][:-1] + "!")), "Its quote is not"),
    ("anchor outside", first_anchor(lambda told: told.update(end=10**9)), "stands outside of the text"),
    ("anchor's page", first_anchor(lambda told: told.update(page=3)), "page of a document without pages"),
    ("anchor's prefix", first_anchor(lambda told: told.update(prefix="x" + told["prefix"])), "before and behind"),
    ("anchor gone", lambda parts: retold(parts, form.EXTRACT, lambda told:
        told["documents"][0]["indications"][0].update(anchor=None)), "has no place in the source"),
    ("basis gone", lambda parts: retold(parts, form.EXTRACT, lambda told:
        told["documents"][0]["indications"][0].update(basis=None)), "without the words that say it"),
    ("determination", another_determination, "determination: The pack says \"not_covered\" where the sources give"),
    ("determination of the extract", flip(form.EXTRACT, b"medically_necessary"), "extract.json"),
    ("cell", first_row(lambda row: row["cells"][0].update(determination="unclear")), "says otherwise"),
    ("cell corrected by nobody", first_row(lambda row: row["cells"][0].update(
        origin="corrected", review="0" * 64, determination="unclear")), "no review in audit.jsonl says so"),
    ("cell of nothing", first_row(lambda row: row["cells"][0].update(indication="x")), "not in extract.json"),
    ("cell gone", first_row(lambda row: row["cells"].clear()), "stands in 0 rows"),
    ("catch-all", first_row(lambda row: row["catch_all"].append(
        {"file": "shelf/larkspur.txt", "determination": "unclear", "anchor": None})), "has no such catch-all clause"),
    ("label", first_row(lambda row: row.update(label="Anything")), "label: The pack says \"Anything\""),
    ("failure", lambda parts: changed(parts, form.MATRIX, b"is torn", b"is worn"), "are not those of extract.json"),
    ("layout", lambda parts: retold(parts, form.MATRIX, lambda told: None), "not written as the program writes it"),
    ("no JSON", lambda parts: {**parts, form.EXTRACT: b"[" * 100_000}, "It is not policyview/extract/1"),
    ("report", flip(form.REPORT, WITH_WORDS), "It is not the report that the sources give"),
    ("annotation", flip(form.ANNOTATIONS, WITH_WORDS), "not the annotations that the sources give"),
    ("review", flip(form.AUDIT, b"as printed"), "line 2: It does not name the line before it"),
    ("review removed", lines(lambda told: told[1:]), "line 1: It does not name the line before it"),
    ("reviews reordered", lines(lambda told: [told[0], told[2], told[1]]), "line 2: It does not name"),
    ("review cut off", lambda parts: {**parts, form.AUDIT: parts[form.AUDIT][:-1]}, "Its last line has no end"),
    ("no review", lines(lambda told: [*told, b"{}\n"]), "line 4: It is not written as a review is"),
    ("source missing", without(packs.source_in), "It is missing"),
    ("source added", lambda parts: {**parts, f"sources/{hashlib.sha256(b'more').hexdigest()}.txt": b"more"},
     "It belongs to no document"),
    ("document gone", lambda parts: retold(parts, form.EXTRACT, lambda told: told["documents"].pop()),
     "is no document of extract.json"),
]  # fmt: skip


@pytest.mark.parametrize(("tamper", "named"), [pytest.param(*rest, id=name) for name, *rest in WITH_SUMS])
def test_a_change_is_named_though_all_sums_fit(
    tamper: Tampering, named: str, made: tuple[Path, str], tmp_path: Path
) -> None:
    pack = packs.zipped(packs.summed(tamper(packs.parts_of(made[0]))), tmp_path / "t.zip")
    told = verdict(pack)
    assert any(named in fault for fault in told.faults), told.faults


DIGEST_ONLY: list[tuple[str, Tampering]] = [
    ("review", rechained(lambda told: [told[0].replace(b"as printed", b"as pointed"), *told[1:]])),
    ("review removed", rechained(lambda told: told[1:])),
    ("reviews reordered", rechained(lambda told: told[::-1])),
    ("all reviews removed", rechained(lambda told: [])),
    ("program", lambda parts: changed(parts, form.MANIFEST, b'"pdfium": "', b'"pdfium": "9')),
]


@pytest.mark.parametrize("tamper", [pytest.param(tamper, id=name) for name, tamper in DIGEST_ONLY])
def test_what_only_the_digest_can_tell(tamper: Tampering, made: tuple[Path, str], tmp_path: Path) -> None:
    tampered = tamper(packs.parts_of(made[0]))
    pack = packs.zipped(packs.summed(tampered), tmp_path / "t.zip")
    assert any("digest is not the one that was given" in fault for fault in verdict(pack, made[1]).faults)
    assert any("digest" in said for told in [verdict(pack)] for said in (*told.faults, *told.notes))


def test_a_correction_is_made_again_and_missed_where_it_was_taken_out(tmp_path: Path) -> None:
    with Copies() as copies:
        comparison = packs.comparison_of(tmp_path, copies, is_corrected=True)
        digest = make.write(comparison, copies, packs.SETTINGS, tmp_path / "honest.zip")
    assert not verdict(tmp_path / "honest.zip", digest).faults
    parts = packs.parts_of(tmp_path / "honest.zip")
    cells = [cell for matrix in json.loads(parts[form.MATRIX])["matrices"] for row in matrix["rows"]
             for cell in row["cells"] if cell["origin"] == "corrected"]  # fmt: skip
    assert [cell["determination"] for cell in cells] == ["not_covered"]
    larkspur, quarry = json.loads(parts[form.EXTRACT])["documents"]
    assert [each["anchor"] for each in larkspur["policy"]["applies_to"]] == [None, None]
    assert (quarry["policy"]["dates"]["effective"], quarry["policy"]["corrected"]) == ("2024-12", ["effective"])
    saturation, own = larkspur["indications"][0]["criteria"]
    assert (saturation["origin"], saturation["children"][0]["origin"], own["origin"]) == (
        "corrected", "corrected", "added")  # fmt: skip
    report = parts[form.REPORT].decode()
    assert "the reviewer’s words, not the document’s" in report
    assert "Vests" in [matrix["topic"] for matrix in json.loads(parts[form.MATRIX])["matrices"]]

    without_it = packs.summed(rechained(lambda told: told[:-1])(parts))
    told = verdict(packs.zipped(without_it, tmp_path / "t.zip")).faults
    assert any("no review in audit.jsonl says so" in fault for fault in told), told
    assert any('The pack says "not_covered" where the sources give' in fault for fault in told), told
    turned = rechained(lambda told: [*told[:-1], told[-1].replace(b"not_covered", b"investigational")])(parts)
    told = verdict(packs.zipped(packs.summed(turned), tmp_path / "t.zip")).faults
    assert any('where the sources give "investigational"' in fault for fault in told), told


def test_a_pack_of_another_program_holds_only_with_its_digest(made: tuple[Path, str], tmp_path: Path) -> None:
    parts = packs.parts_of(made[0])
    manifest = form.read_manifest(parts[form.MANIFEST])
    others = ({"pdfium": "1.2"}, "pdfium 1.2 (here "), ({"edition": "x"}, "another state of the program")
    for changes, named in others:
        content = replace(manifest, program={**manifest.program, **changes}).content()
        pack = packs.zipped({**parts, form.MANIFEST: content}, tmp_path / "o.zip")
        assert any(named in fault and "not extracted again" in fault for fault in verdict(pack).faults)
        told = verdict(pack, hashlib.sha256(content).hexdigest())
        assert told.holds
        assert any(named in note for note in told.notes)


# --------------------------------------------------------------------------- a hostile zip


@pytest.mark.parametrize(
    "name", ["../outside.txt", "/outside.txt", "text/../../outside.txt", "..\\outside.txt", "C:\\outside.txt"]
)
def test_nothing_is_written_outside(name: str, made: tuple[Path, str], tmp_path: Path) -> None:
    parts = packs.parts_of(made[0])
    told = verdict(packs.zipped({**parts, name: b"x"}, tmp_path / "t.zip"))
    assert any("outside of the pack's folder" in fault for fault in told.faults)
    assert os.listdir(tmp_path) == ["t.zip"]


def entry_with(change: Callable[[zipfile.ZipInfo], object], content: bytes = b"{}") -> bytes:
    """A zip of one report whose entry in the list of files was changed behind the zip library's back."""
    import io

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(form.REPORT, content)
        change(archive.filelist[0])
    return target.getvalue()


def patched(content: bytes, back: int, value: bytes) -> bytes:
    """A zip with some bytes changed, ``back`` from its end."""
    at = len(content) - back
    return content[:at] + value + content[at + len(value):]


PLAIN = entry_with(lambda entry: None)
HOSTILE: list[tuple[str, bytes, str]] = [
    ("empty", b"", "no zip"),
    ("no zip", b"x" * 5_000, "no zip"),
    ("cut off", PLAIN[:-5], "was cut off"),
    ("something behind", PLAIN + b"x", "behind its end"),
    ("something before", b"x" * 100 + PLAIN, "before or behind"),
    ("far end", PLAIN[:-22] + b"PK\x06\x07" + bytes(16) + PLAIN[-22:], "of a kind that no pack is"),
    ("very many files", patched(PLAIN, 14, struct.pack("<2H", 60_000, 60_000)), "more files than any pack"),
    ("long list", patched(PLAIN, 10, struct.pack("<L", 1 << 30)), "more files than any pack"),
    ("list at a wrong place", patched(PLAIN, 6, struct.pack("<L", 0)), "before or behind"),
    ("link", entry_with(lambda entry: setattr(entry, "external_attr", 0o120777 << 16)), "It is a link"),
    ("encrypted", entry_with(lambda entry: setattr(entry, "flag_bits", 1)), "It is encrypted"),
    ("other packing", entry_with(lambda entry: setattr(entry, "compress_type", 12)), "in a way that no pack uses"),
    ("too large", entry_with(lambda entry: setattr(entry, "file_size", 1 << 30)), "are the limit"),
    ("far too large", entry_with(lambda entry: setattr(entry, "file_size", (1 << 32) - 2)), "are the limit"),
    ("wrong size", entry_with(lambda entry: setattr(entry, "file_size", 7)), "It "),
    ("bomb", entry_with(lambda entry: None, bytes(3 << 20)), "as a bomb does"),
    ("reaches into the list", entry_with(lambda entry: setattr(entry, "compress_size", 500)), "share the same bytes"),
]


@pytest.mark.parametrize(("content", "named"), [pytest.param(*rest, id=name) for name, *rest in HOSTILE])
def test_a_hostile_zip_is_a_sentence(content: bytes, named: str, tmp_path: Path) -> None:
    (tmp_path / "t.zip").write_bytes(content)
    told = verdict(tmp_path / "t.zip")
    assert any(named in fault for fault in told.faults), told.faults
    assert os.listdir(tmp_path) == ["t.zip"]


def test_a_pack_unpacks_only_to_so_much_as_its_size_and_the_disk_allow(
    made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = packs.parts_of(made[0])
    many = {f"text/{hashlib.sha256(bytes([n])).hexdigest()}.txt": bytes(1 << 20) for n in range(20)}
    bomb = packs.zipped({**parts, **many}, tmp_path / "t.zip")
    monkeypatch.setattr(form, "SPARE_BYTES", 1 << 20)
    (fault,) = verdict(bomb).faults
    assert "It would unpack to 21 MB, and " in fault
    assert "may be a bomb" in fault
    assert verdict(made[0]).holds
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=60 << 20))
    (fault,) = verdict(made[0]).faults
    assert "and only 60 MB are free at " in fault
    assert "TMPDIR" in fault


def test_checking_a_pack_takes_only_so_long_as_its_size_allows(
    made: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "LEAST_S", 0.0)
    monkeypatch.setattr(form, "S_A_MB", 0.0)
    (fault, *_) = verdict(made[0], made[1]).faults
    assert "took longer than 0 minutes, the limit for a pack of its size, and was stopped" in fault


def test_a_file_that_is_there_twice(made: tuple[Path, str], tmp_path: Path) -> None:
    pack = packs.zipped(packs.parts_of(made[0]), tmp_path / "t.zip")
    with zipfile.ZipFile(pack, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(form.REPORT, b"another")
    assert any("report.html: It is there twice" in fault for fault in verdict(pack).faults)


def test_what_shrinks_like_a_bomb_is_packed_so_that_it_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document of blanks is no bomb, and its own pack must hold."""
    from policyview.export.pack import make
    from policyview.export.pack.container import unpack

    target = tmp_path / "b.zip"
    texts = {f"text/{hashlib.sha256(bytes([n])).hexdigest()}.txt": b" " * 60_000 for n in range(9)}
    with target.open("wb") as file:
        make._zip(file, {form.REPORT: bytes(3 << 20), **texts})
    monkeypatch.setattr(form, "SPARE_BYTES", 0)
    (tmp_path / "out").mkdir()
    unpacked, *others = (each for each in unpack(target, tmp_path / "out", packs.SETTINGS) if each is not None)
    assert {each.fault for each in (unpacked, *others)} == {""}
    assert unpacked.sum == form.Sum(hashlib.sha256(bytes(3 << 20)).hexdigest(), 3 << 20)
