-- A file as the first release made it.
CREATE TABLE schema_version (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
CREATE TABLE uploads (
	sequence INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	name TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	size INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	framework VARCHAR(80) NOT NULL, 
	edition VARCHAR(40) NOT NULL, 
	reading TEXT NOT NULL, 
	PRIMARY KEY (sequence), 
	UNIQUE (id)
);
CREATE INDEX uploads_by_hash ON uploads (sha256);
CREATE TABLE cities (
	sequence INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	country VARCHAR(8) NOT NULL, 
	folded_name TEXT NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (sequence), 
	UNIQUE (id)
);
CREATE INDEX cities_by_name ON cities (country, folded_name);
CREATE TABLE upload_sets (
	sequence INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (sequence), 
	UNIQUE (id)
);
CREATE TABLE city_links (
	sequence INTEGER NOT NULL, 
	upload_id VARCHAR(32) NOT NULL, 
	city_id VARCHAR(32) NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (sequence), 
	FOREIGN KEY(upload_id) REFERENCES uploads (id), 
	FOREIGN KEY(city_id) REFERENCES cities (id)
);
CREATE INDEX city_links_by_upload ON city_links (upload_id);
CREATE TABLE upload_set_members (
	set_id VARCHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	upload_id VARCHAR(32) NOT NULL, 
	PRIMARY KEY (set_id, position), 
	FOREIGN KEY(set_id) REFERENCES upload_sets (id), 
	FOREIGN KEY(upload_id) REFERENCES uploads (id)
);
CREATE TRIGGER uploads_no_update BEFORE UPDATE ON uploads BEGIN SELECT RAISE(ABORT, 'rows of uploads are never changed'); END;
CREATE TRIGGER uploads_no_delete BEFORE DELETE ON uploads BEGIN SELECT RAISE(ABORT, 'rows of uploads are never changed'); END;
CREATE TRIGGER cities_no_update BEFORE UPDATE ON cities BEGIN SELECT RAISE(ABORT, 'rows of cities are never changed'); END;
CREATE TRIGGER cities_no_delete BEFORE DELETE ON cities BEGIN SELECT RAISE(ABORT, 'rows of cities are never changed'); END;
CREATE TRIGGER city_links_no_update BEFORE UPDATE ON city_links BEGIN SELECT RAISE(ABORT, 'rows of city_links are never changed'); END;
CREATE TRIGGER city_links_no_delete BEFORE DELETE ON city_links BEGIN SELECT RAISE(ABORT, 'rows of city_links are never changed'); END;
CREATE TRIGGER upload_sets_no_update BEFORE UPDATE ON upload_sets BEGIN SELECT RAISE(ABORT, 'rows of upload_sets are never changed'); END;
CREATE TRIGGER upload_sets_no_delete BEFORE DELETE ON upload_sets BEGIN SELECT RAISE(ABORT, 'rows of upload_sets are never changed'); END;
CREATE TRIGGER upload_set_members_no_update BEFORE UPDATE ON upload_set_members BEGIN SELECT RAISE(ABORT, 'rows of upload_set_members are never changed'); END;
CREATE TRIGGER upload_set_members_no_delete BEFORE DELETE ON upload_set_members BEGIN SELECT RAISE(ABORT, 'rows of upload_set_members are never changed'); END;
