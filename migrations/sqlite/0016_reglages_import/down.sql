DROP TABLE correspondance_import;
DROP INDEX import_par_acteur;
ALTER TABLE import DROP COLUMN reglages;
