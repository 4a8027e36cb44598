DROP TABLE import_lot;
DROP TABLE import;
