"""Vectors as they are stored: rounded a little, checked always, never mixed."""

import zlib

import numpy as np
import pytest

from engine.catalog.embeddings import pack, unpack
from tests.engine.shelf import facts, unit_vectors


def damage(shelf, seq: int, blob: bytes | None = None) -> None:
    """Change an embedding's bytes behind the catalogue's back: one bit, or all of them."""
    with shelf.embeddings._database.writing() as connection:
        (stored,) = connection.execute("SELECT vector FROM embeddings WHERE seq = ?", (int(seq),)).fetchone()
        changed = bytes([stored[0] ^ 1]) + stored[1:] if blob is None else blob
        connection.execute("UPDATE embeddings SET vector = ? WHERE seq = ?", (changed, int(seq)))


def read(chunks) -> dict[int, np.ndarray]:
    return {int(seq): vector for seqs, vectors in chunks for seq, vector in zip(seqs, vectors, strict=True)}


@pytest.mark.parametrize("dim", [1, 3, 256, 2048])
def test_a_vector_survives_storage_within_the_rounding_of_float16(dim):
    for vector in unit_vectors(20, dim=dim):
        back = unpack(*pack(vector), dim)
        assert back.dtype == np.float32
        assert np.abs(back - vector).max() <= 2**-11
        assert 1 - float(back @ vector) < 1e-6
        assert abs(np.linalg.norm(back) - 1) < 1e-6


def test_stored_vectors_are_little_endian_halves_with_their_crc():
    blob, crc = pack(np.array([1, 0, 0], dtype=np.float32))
    assert blob == b"\x00\x3c\x00\x00\x00\x00"
    assert crc == zlib.crc32(blob)


def test_every_changed_bit_is_noticed():
    blob, crc = pack(unit_vectors(1)[0])
    for place in range(len(blob) * 8):
        changed = bytearray(blob)
        changed[place // 8] ^= 1 << place % 8
        assert unpack(bytes(changed), crc, 32) is None


@pytest.mark.parametrize("values", [[np.nan] * 4, [np.inf, 0, 0, 0], [0] * 4, [0.1, 0, 0, 0], [2, 0, 0, 0]])
def test_what_was_stored_right_but_is_no_unit_vector_is_left_out(values):
    assert unpack(*pack(np.array(values, dtype=np.float32)), 4) is None


def test_a_vector_of_another_length_is_left_out():
    blob, crc = pack(unit_vectors(1)[0])
    assert unpack(blob, crc, 16) is None
    assert unpack(blob, crc, 64) is None


def test_damaged_embeddings_are_found_and_left_out_everywhere(shelf):
    vectors = unit_vectors(5)
    seqs = shelf.add_many(vectors)
    damage(shelf, seqs[1])
    damage(shelf, seqs[3], b"")
    assert shelf.embeddings.damaged(shelf.model) == [seqs[1], seqs[3]]
    sound = {int(seqs[number]): vectors[number] for number in (0, 2, 4)}
    for chunks in (shelf.embeddings.after(0, shelf.model), shelf.embeddings.chosen(seqs, shelf.model)):
        got = read(chunks)
        assert got.keys() == sound.keys()
        assert all(np.abs(got[seq] - sound[seq]).max() < 1e-3 for seq in sound)
    assert shelf.vector("photo_000001.jpg") is None


def test_only_damaged_embeddings_are_nothing(shelf):
    (seq,) = shelf.add_many(unit_vectors(1))
    damage(shelf, seq)
    assert list(shelf.embeddings.after(0, shelf.model)) == []


def test_after_and_chosen_name_exactly_what_was_asked_for(shelf):
    vectors = unit_vectors(2000, dim=shelf.model.dim)
    seqs = shelf.add_many(vectors)
    shelf.vanish("photo_000005.jpg")
    newer = read(shelf.embeddings.after(int(seqs[1500]), shelf.model))
    assert list(newer) == seqs[1501:].tolist()
    wanted = seqs[::-2]
    got = read(shelf.embeddings.chosen(wanted, shelf.model))
    assert set(got) == set(wanted.tolist()) - {seqs[5]}
    for number in (1, 777, 1999):
        assert np.abs(got[int(seqs[number])] - vectors[number]).max() < 1e-3
    assert read(shelf.embeddings.chosen(np.array([10**9]), shelf.model)) == {}
    assert shelf.seqs().tolist() == np.delete(seqs, 5).tolist()


def test_the_embeddings_of_photos_come_in_their_order(shelf):
    vectors = unit_vectors(1000, dim=shelf.model.dim)
    seqs = shelf.add_many(vectors)
    damage(shelf, seqs[3])
    names = ["photo_000997.jpg", "photo_000002.jpg", "photo_000003.jpg", "photo_000990.jpg"]
    got = shelf.embeddings.of_photos([*(shelf.photo(name).id for name in names), "unknown"], shelf.model)
    for row, number in ((0, 997), (1, 2), (3, 990)):
        assert np.abs(got[row] - vectors[number]).max() < 1e-3
    assert np.isnan(got[[2, 4]]).all()
    everyone = [shelf.photo(f"photo_{number:06}.jpg").id for number in range(0, 1000)]
    assert np.isnan(shelf.embeddings.of_photos(everyone, shelf.model)).any(axis=1).sum() == 1


def test_an_empty_library_has_no_embeddings(shelf):
    assert shelf.seqs().tolist() == []
    assert shelf.seqs().dtype == np.int64
    assert list(shelf.embeddings.after(0, shelf.model)) == []
    assert shelf.embeddings.damaged(shelf.model) == []


def test_a_seq_is_never_used_again_even_after_the_newest_was_deleted(shelf):
    seqs = shelf.add_many(unit_vectors(3))
    shelf.catalog.roots.remove(shelf.root.id)
    shelf.root = shelf.catalog.roots.add(shelf.photos)
    shelf.scope = shelf.updates.scope(shelf.root.id, shelf.photos)
    again = shelf.add_many(unit_vectors(3))
    assert again.min() > seqs.max()


def test_a_new_embedding_of_the_same_photo_has_a_new_seq(shelf):
    shelf.add("a.jpg")
    before = shelf.seqs()
    batch = shelf.updates.transaction()
    batch.embedded(shelf.key("a.jpg"), shelf.model, unit_vectors(1, seed=9)[0])
    batch.commit()
    assert len(shelf.seqs()) == 1
    assert shelf.seqs()[0] > before[0]


@pytest.mark.parametrize(("known", "expected"), [(None, 33.0), (50.0, 50.0)])
def test_another_embedding_brings_the_sharpness_that_an_earlier_version_did_not_measure(shelf, known, expected):
    shelf.add("a.jpg", sharpness=known)
    batch = shelf.updates.transaction()
    batch.embedded(shelf.key("a.jpg"), shelf.model, unit_vectors(1, seed=9)[0], 33.0)
    batch.commit()
    assert shelf.photo("a.jpg").sharpness == expected


def test_two_models_are_never_mixed(shelf):
    other = shelf.embeddings.add_model("other", "other", 16)
    shelf.add("a.jpg")
    shelf.add("b.jpg", unit_vectors(1, dim=16)[0], model=other)
    batch = shelf.updates.transaction()
    batch.embedded(shelf.key("a.jpg"), other, unit_vectors(1, seed=3, dim=16)[0])
    batch.commit()
    ours, theirs = read(shelf.embeddings.after(0, shelf.model)), read(shelf.embeddings.after(0, other))
    assert (len(ours), len(theirs)) == (1, 2)
    assert not ours.keys() & theirs.keys()
    assert {len(vector) for vector in ours.values()} == {32}
    assert {len(vector) for vector in theirs.values()} == {16}
    assert read(shelf.embeddings.chosen(np.array(list(theirs)), shelf.model)) == {}
    assert shelf.vector("b.jpg") is None
    assert shelf.vector("a.jpg").shape == (32,)
    assert shelf.vector("a.jpg", other).shape == (16,)
    assert shelf.embeddings.damaged(shelf.model) == []


def test_photos_without_an_embedding_of_a_model_are_counted(shelf):
    other = shelf.embeddings.add_model("other", "other", 32)
    shelf.add_many(unit_vectors(3))
    shelf.record("waiting.jpg")
    shelf.vanish("photo_000002.jpg")
    assert shelf.embeddings.photos_without(shelf.model) == 0
    assert shelf.embeddings.photos_without(other) == 2


def test_a_model_is_known_by_its_identity_and_may_be_renamed(shelf):
    assert shelf.embeddings.model("unknown") is None
    first = shelf.embeddings.add_model("identity", "one name", 8)
    renamed = shelf.embeddings.add_model("identity", "another name", 8)
    assert renamed.key == first.key
    assert shelf.embeddings.model("identity") == renamed
    assert (renamed.name, renamed.dim) == ("another name", 8)


def test_the_model_that_answers_and_the_one_that_takes_over(shelf):
    other = shelf.embeddings.add_model("other", "other", 16)
    assert shelf.embeddings.answering() == shelf.model
    assert shelf.embeddings.filling() is None
    membership = shelf.catalog.membership()
    shelf.embeddings.set_filling(other)
    assert shelf.embeddings.answering() == shelf.model
    assert shelf.embeddings.filling() == other
    assert shelf.catalog.membership() == membership, "searches answer as before"
    shelf.embeddings.set_filling(None)
    assert shelf.embeddings.filling() is None
    shelf.embeddings.set_filling(other)
    shelf.embeddings.set_answering(other)
    assert shelf.embeddings.answering() == other
    assert shelf.embeddings.filling() is None
    assert shelf.catalog.membership() > membership


def test_a_calibration_is_of_one_model_and_comes_back_exactly(shelf):
    other = shelf.embeddings.add_model("other", "other", 16)
    quantiles = np.linspace(0, 2, 33, dtype=np.float32)
    assert shelf.embeddings.calibration(shelf.model) is None
    shelf.embeddings.set_calibration(shelf.model, 7, quantiles)
    shelf.embeddings.set_calibration(shelf.model, 8, quantiles.astype(np.float64))
    photos, stored = shelf.embeddings.calibration(shelf.model)
    assert photos == 8
    assert stored.tolist() == quantiles.tolist()
    assert shelf.embeddings.calibration(other) is None


def test_reading_in_chunks_while_photos_are_added_gives_each_embedding_once(shelf):
    shelf.add_many(unit_vectors(5000))
    shelf.record("later.jpg", "later still.jpg")
    waiting = [shelf.key("later.jpg"), shelf.key("later still.jpg")]
    seen: list[int] = []
    for seqs, _ in shelf.embeddings.after(0, shelf.model):
        seen += seqs.tolist()
        batch = shelf.updates.transaction()
        batch.readable(waiting.pop(), facts(), shelf.model, unit_vectors(1)[0])
        batch.commit()
    assert waiting == []
    assert len(seen) == len(set(seen)) == 5000
    assert len(read(shelf.embeddings.after(seen[-1], shelf.model))) == 2
