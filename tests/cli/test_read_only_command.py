"""The commands on a library where nothing may be written."""

from tests.closed import RIGHTS, closed


def test_what_reads_works_and_what_writes_is_refused(lookalike, shelf, photos, tmp_path):
    with closed(shelf, RIGHTS) as place:
        found = lookalike("--library", place, "--json", "search", photos / "photo_03.jpg")
        assert found.status == 0, found.err
        assert found.document["matches"][0]["path"] == str(photos / "photo_03.jpg")
        assert found.err == "This search is not in the history: the library is read-only.\n"
        assert lookalike("--library", place, "search", photos / "photo_03.jpg", "--no-history").err == ""
        for words in (["status"], ["history", "list"], ["roots"], ["verify"], ["duplicates"]):
            done = lookalike("--library", place, "--json", *words)
            assert (done.status, done.err) == (0, ""), words
        assert lookalike("--library", place, "--json", "status").document["read_only"] is True
        refused = [
            ["index"],
            ["index", tmp_path],
            ["roots", "add", tmp_path],
            ["history", "clear"],
            ["compact"],
            ["verify", "--repair"],
            ["train", photos, "--out", "mine"],
        ]
        for words in refused:
            done = lookalike("--library", place, *words)
            assert done.status == 1, words
            assert f"The library {place} is read-only: it can be searched and looked through" in done.err, words
            assert done.err.count("read-only") == 1, words
