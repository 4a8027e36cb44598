DROP INDEX candidature_par_suivi;
DROP INDEX candidature_par_lien;
ALTER TABLE candidature DROP COLUMN suivi;
ALTER TABLE candidature DROP COLUMN lien_id;
DROP TABLE lien_candidature;
