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
