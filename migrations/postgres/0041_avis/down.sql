DELETE FROM avis WHERE commentaire_id IS NULL;
ALTER TABLE avis
    ALTER COLUMN commentaire_id SET NOT NULL,
    DROP COLUMN auteur_id,
    DROP COLUMN demande_id,
    DROP COLUMN import_id,
    DROP COLUMN nombre,
    DROP COLUMN texte;
