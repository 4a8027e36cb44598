DROP TABLE acces_bac_a_sable;
DROP TABLE sequence_habilitation;
ALTER TABLE structure DROP COLUMN habilitee_le;
ALTER TABLE structure DROP COLUMN numero_habilitation;
