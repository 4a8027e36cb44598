CREATE TABLE avis_ancien (
    id TEXT NOT NULL PRIMARY KEY,
    compte_id TEXT NOT NULL CONSTRAINT avis_compte_fk REFERENCES compte (id),
    genre TEXT NOT NULL,
    commentaire_id TEXT NOT NULL CONSTRAINT avis_commentaire_fk REFERENCES commentaire (id),
    cree_le TIMESTAMP NOT NULL,
    lu_le TIMESTAMP,
    a_resumer BOOLEAN NOT NULL,
    CONSTRAINT avis_commentaire_compte_unique UNIQUE (commentaire_id, compte_id)
);
INSERT INTO avis_ancien (id, compte_id, genre, commentaire_id, cree_le, lu_le, a_resumer)
SELECT id, compte_id, genre, commentaire_id, cree_le, lu_le, a_resumer FROM avis WHERE commentaire_id IS NOT NULL;
DROP TABLE avis;
ALTER TABLE avis_ancien RENAME TO avis;
CREATE INDEX avis_par_compte ON avis (compte_id, cree_le);
CREATE INDEX avis_a_resumer ON avis (compte_id) WHERE a_resumer;
