-- What people say to each other about a demande.
CREATE TABLE commentaire (
    id TEXT NOT NULL PRIMARY KEY,
    demande_id TEXT NOT NULL CONSTRAINT commentaire_demande_fk REFERENCES demande (id),
    compte_id TEXT NOT NULL CONSTRAINT commentaire_compte_fk REFERENCES compte (id),
    -- Role under which it was written.
    role TEXT NOT NULL,
    -- Empty once its author has taken it back.
    texte TEXT NOT NULL,
    cree_le TIMESTAMP NOT NULL
);
CREATE INDEX commentaire_par_demande ON commentaire (demande_id, cree_le);
CREATE INDEX commentaire_par_compte ON commentaire (compte_id);

-- What an account is told.
CREATE TABLE avis (
    id TEXT NOT NULL PRIMARY KEY,
    compte_id TEXT NOT NULL CONSTRAINT avis_compte_fk REFERENCES compte (id),
    -- `mention` or `reponse`.
    genre TEXT NOT NULL,
    commentaire_id TEXT NOT NULL CONSTRAINT avis_commentaire_fk REFERENCES commentaire (id),
    cree_le TIMESTAMP NOT NULL,
    lu_le TIMESTAMP,
    -- Waits for the daily summary.
    a_resumer BOOLEAN NOT NULL,
    CONSTRAINT avis_commentaire_compte_unique UNIQUE (commentaire_id, compte_id)
);
CREATE INDEX avis_par_compte ON avis (compte_id, cree_le);
CREATE INDEX avis_a_resumer ON avis (compte_id) WHERE a_resumer;

-- How an account wants to be told of each kind of thing; what is not here is as by default.
CREATE TABLE preference_avis (
    compte_id TEXT NOT NULL CONSTRAINT preference_avis_compte_fk REFERENCES compte (id),
    genre TEXT NOT NULL,
    -- `courriel`, `resume` or `application`.
    moyen TEXT NOT NULL,
    CONSTRAINT preference_avis_pk PRIMARY KEY (compte_id, genre)
);
