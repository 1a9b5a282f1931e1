"""`backup` and `restore`, run as a user runs them."""


def test_a_library_is_backed_up_and_restored(lookalike, shelf, tmp_path):
    done = lookalike("--library", shelf, "backup", tmp_path / "stick.zip", "--json").document
    assert (done["photos"], done["queries"]) == (12, 0)
    assert done["bytes"] == (tmp_path / "stick.zip").stat().st_size
    said = lookalike("--library", tmp_path / "again", "restore", tmp_path / "stick.zip")
    assert said.status == 0, said.err
    assert "12 photos, 0 queries, as of " in said.text
    assert "lookalike index" in said.text
    assert lookalike("--library", tmp_path / "again", "index", "--json").document["unchanged"] == 12
    refused = lookalike("--library", tmp_path / "again", "restore", tmp_path / "stick.zip")
    assert refused.status == 1
    assert "--replace" in refused.err
    replaced = lookalike("--library", tmp_path / "again", "restore", tmp_path / "stick.zip", "--replace", "--json")
    assert replaced.document["set_aside"].startswith(str(tmp_path / "again-before-"))


def test_what_is_no_backup_is_a_sentence(lookalike, tmp_path):
    for name in ("nothing.zip", "."):
        said = lookalike("--library", tmp_path / "again", "restore", tmp_path / name)
        assert said.status == 1
        assert "cannot be read" in said.err
    assert not (tmp_path / "again").exists()


def test_the_status_tells_of_checks_backups_and_the_disk(lookalike, shelf, tmp_path):
    said = lookalike("--library", shelf, "status").text
    assert "Never checked: lookalike verify" in said
    assert "Never backed up: lookalike backup FILE" in said
    assert lookalike("--library", shelf, "verify").status == 0
    assert lookalike("--library", shelf, "backup", tmp_path / "stick.zip").status == 0
    said = lookalike("--library", shelf, "status").text
    assert ", sound" in said
    assert str(tmp_path / "stick.zip") in said
    found = lookalike("--library", shelf, "status", "--json").document
    assert found["last_verify"]["ok"] is True
    assert found["last_backup"]["photos"] == 12
    assert {"catalog", "thumbnails", "index"} <= {part["kind"] for part in found["disk"]}
    assert all([*part] == ["kind", "name", "bytes"] for part in found["disk"])
    assert found["spare_bytes"] == 0


def test_what_nobody_needs_is_given_back(lookalike, shelf):
    assert lookalike("--library", shelf, "compact", "--json").document == {"freed_bytes": 0, "done": []}
    assert lookalike("--library", shelf, "compact").text == "There is nothing to give back.\n"
    gone = shelf / "index" / "gone-0123456789ab"
    gone.mkdir()
    (gone / "hnsw-1.bin").write_bytes(bytes(3_000_000))
    assert "About 3.0 MB of it are of no use: lookalike compact" in lookalike("--library", shelf, "status").text
    said = lookalike("--library", shelf, "compact")
    assert said.status == 0, said.err
    assert said.text.splitlines()[-1] == "3.0 MB were given back."
    assert not gone.exists()
