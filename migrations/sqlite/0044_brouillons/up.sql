-- Candidatures that are not finished, for whoever holds their secret; forgotten after thirty days.
CREATE TABLE brouillon (
    -- Hash of the secret.
    empreinte TEXT NOT NULL PRIMARY KEY,
    contenu TEXT NOT NULL,
    expire_le TIMESTAMP NOT NULL
);
CREATE INDEX brouillon_par_expiration ON brouillon (expire_le);
