-- An account is told of more than comments: of demandes given to it, of those it takes care of, of its imports.
ALTER TABLE avis
    ALTER COLUMN commentaire_id DROP NOT NULL,
    -- Who did it; none when the program did.
    ADD COLUMN auteur_id TEXT CONSTRAINT avis_auteur_fk REFERENCES compte (id),
    -- The one demande it is about; none when there are several.
    ADD COLUMN demande_id TEXT CONSTRAINT avis_demande_fk REFERENCES demande (id),
    ADD COLUMN import_id TEXT CONSTRAINT avis_import_fk REFERENCES import (id),
    -- How many demandes.
    ADD COLUMN nombre BIGINT NOT NULL DEFAULT 1,
    -- What there is to say, unless a comment says it; no personal data.
    ADD COLUMN texte TEXT NOT NULL DEFAULT '';
UPDATE avis SET auteur_id = c.compte_id, demande_id = c.demande_id FROM commentaire c WHERE c.id = avis.commentaire_id;
