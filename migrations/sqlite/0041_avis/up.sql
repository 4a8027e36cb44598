-- An account is told of more than comments: of demandes given to it, of those it takes care of, of its imports.
CREATE TABLE avis_nouveau (
    id TEXT NOT NULL PRIMARY KEY,
    compte_id TEXT NOT NULL CONSTRAINT avis_compte_fk REFERENCES compte (id),
    -- `mention`, `reponse`, `confiee`, `etape` or `import`.
    genre TEXT NOT NULL,
    commentaire_id TEXT CONSTRAINT avis_commentaire_fk REFERENCES commentaire (id),
    cree_le TIMESTAMP NOT NULL,
    lu_le TIMESTAMP,
    -- Waits for the daily summary.
    a_resumer BOOLEAN NOT NULL,
    -- Who did it; none when the program did.
    auteur_id TEXT CONSTRAINT avis_auteur_fk REFERENCES compte (id),
    -- The one demande it is about; none when there are several.
    demande_id TEXT CONSTRAINT avis_demande_fk REFERENCES demande (id),
    import_id TEXT CONSTRAINT avis_import_fk REFERENCES import (id),
    -- How many demandes.
    nombre BIGINT NOT NULL DEFAULT 1,
    -- What there is to say, unless a comment says it; no personal data.
    texte TEXT NOT NULL DEFAULT '',
    CONSTRAINT avis_commentaire_compte_unique UNIQUE (commentaire_id, compte_id)
);
INSERT INTO avis_nouveau (id, compte_id, genre, commentaire_id, cree_le, lu_le, a_resumer, auteur_id, demande_id)
SELECT a.id, a.compte_id, a.genre, a.commentaire_id, a.cree_le, a.lu_le, a.a_resumer, c.compte_id, c.demande_id
FROM avis a JOIN commentaire c ON c.id = a.commentaire_id;
DROP TABLE avis;
ALTER TABLE avis_nouveau RENAME TO avis;
CREATE INDEX avis_par_compte ON avis (compte_id, cree_le);
CREATE INDEX avis_a_resumer ON avis (compte_id) WHERE a_resumer;
