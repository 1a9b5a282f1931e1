-- A catalogue as version 1 of the schema wrote it, for the test that brings it up to date.
PRAGMA application_id = 1280266059;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE calibrations (
        model INTEGER PRIMARY KEY REFERENCES models,
        photos INTEGER NOT NULL,
        quantiles BLOB NOT NULL) STRICT;
CREATE TABLE embeddings (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        photo INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
        model INTEGER NOT NULL REFERENCES models,
        vector BLOB NOT NULL,
        crc INTEGER NOT NULL,
        UNIQUE (photo, model)) STRICT;
INSERT INTO "embeddings" VALUES(1,1,1,X'DB3213388E3277BA',1947846527);
INSERT INTO "embeddings" VALUES(2,2,1,X'C52C97B235B1B2BB',3157557975);
INSERT INTO "embeddings" VALUES(3,3,1,X'E1381CBAFF2F6EB1',901448169);
INSERT INTO "embeddings" VALUES(4,4,1,X'74B5D9ADF63A8435',22972053);
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('answering',1);
INSERT INTO "meta" VALUES('generation',6);
INSERT INTO "meta" VALUES('membership',2);
CREATE TABLE models (
        key INTEGER PRIMARY KEY,
        identity TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        dim INTEGER NOT NULL) STRICT;
INSERT INTO "models" VALUES(1,'identity of tiny','tiny',4);
CREATE TABLE photos (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        root INTEGER NOT NULL REFERENCES roots ON DELETE CASCADE,
        folder BLOB NOT NULL,
        name BLOB NOT NULL,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        pending INTEGER NOT NULL DEFAULT 0,
        content_hash BLOB,
        width INTEGER NOT NULL DEFAULT 0,
        height INTEGER NOT NULL DEFAULT 0,
        orientation INTEGER NOT NULL DEFAULT 1,
        taken TEXT,
        camera TEXT NOT NULL DEFAULT '',
        latitude REAL,
        longitude REAL,
        perceptual_hash INTEGER,
        format TEXT NOT NULL DEFAULT '',
        UNIQUE (root, folder, name)) STRICT;
INSERT INTO "photos" VALUES(1,'f4b2a6b9-6d9e-46da-a7d5-187616163e52',1,X'323032332F6A756E65',X'62656163682E6A7067',2500000,1717243200000000000,'indexed','',0,X'323032332F6A756E652F62656163682E6A7067',4000,3000,1,'2023-06-14T09:30:00','Canon EOS 5D',NULL,NULL,7,'JPEG');
INSERT INTO "photos" VALUES(2,'b919ed81-002f-4004-aaed-ffd7abe67632',1,X'32303234',X'6D75672E6A7067',120000,1717243200000000000,'missing','',0,X'323032342F6D75672E6A7067',600,800,1,NULL,'',NULL,NULL,7,'JPEG');
INSERT INTO "photos" VALUES(3,'b01877d4-e8a0-4055-8dca-f15756c7be29',1,X'',X'494D475F31302E6A7067',900,1717243200000000000,'indexed','',0,X'73616D65',400,300,1,NULL,'',NULL,NULL,7,'JPEG');
INSERT INTO "photos" VALUES(4,'c4e33a0d-d241-4137-ab24-1eb4e85b3173',1,X'',X'494D475F392E6A7067',900,1717243200000000000,'indexed','',0,X'73616D65',400,300,1,NULL,'',NULL,NULL,7,'JPEG');
INSERT INTO "photos" VALUES(5,'fa919764-fa53-45aa-88b7-c807146b2ad0',1,X'',X'77616974696E672E6A7067',1000,1717243200000000000,'pending','',1,NULL,0,0,1,NULL,'',NULL,NULL,NULL,'');
INSERT INTO "photos" VALUES(6,'ccd174d4-ebca-4fb9-a2c9-e57c55c65fdf',1,X'',X'6E6F7465732E747874',1000,1717243200000000000,'ignored','It is no photo.',0,NULL,0,0,1,NULL,'',NULL,NULL,NULL,'');
CREATE TABLE queries (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        asked REAL NOT NULL,
        question TEXT NOT NULL,
        model TEXT NOT NULL,
        pinned INTEGER NOT NULL DEFAULT 0,
        deleted INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "queries" VALUES(1,'967b4f68-51c8-4b3b-b540-86618000a537',1.79551882090412068368e+09,'{"mode": "similar", "k": 200, "exact": false, "folder": "/pictures/2023", "after": "2023-01-01", "before": null, "camera": "canon", "min_score": 0.5}','tiny',1,0);
CREATE TABLE query_matches (
        query INTEGER NOT NULL REFERENCES queries ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        photo_id TEXT NOT NULL,
        distance REAL NOT NULL,
        PRIMARY KEY (query, rank)) STRICT, WITHOUT ROWID;
INSERT INTO "query_matches" VALUES(1,1,'f4b2a6b9-6d9e-46da-a7d5-187616163e52',0.0);
CREATE TABLE query_pictures (
        query INTEGER NOT NULL REFERENCES queries ON DELETE CASCADE,
        position INTEGER NOT NULL,
        path BLOB,
        title TEXT NOT NULL,
        region TEXT,
        weight REAL NOT NULL,
        thumbnail BLOB NOT NULL,
        model_identity TEXT NOT NULL,
        vector BLOB NOT NULL,
        hashes BLOB NOT NULL,
        PRIMARY KEY (query, position)) STRICT, WITHOUT ROWID;
INSERT INTO "query_pictures" VALUES(1,0,X'2F70696374757265732F323032332F6A756E652F62656163682E6A7067','beach.jpg',NULL,1.0,X'6A706567','identity of tiny',X'0000803F000000000000000000000000',X'00000000000000000100000000000000020000000000000003000000000000000400000000000000050000000000000006000000000000000700000000000000');
CREATE TABLE roots (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path BLOB NOT NULL UNIQUE) STRICT;
INSERT INTO "roots" VALUES(1,'01a25a32-ddb6-45d0-9c38-af7b53e1c8e3',X'2F7069637475726573');
CREATE INDEX photos_pending ON photos (root, folder, name) WHERE pending;
CREATE INDEX photos_content ON photos (content_hash, state) WHERE content_hash IS NOT NULL;
CREATE INDEX photos_size ON photos (size, state, content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX embeddings_model ON embeddings (model);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('embeddings',4);
COMMIT;
