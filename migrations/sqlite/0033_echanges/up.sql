-- What the team asks of a structure about a demande, and what the structure answers.
CREATE TABLE echange (
    id TEXT NOT NULL PRIMARY KEY,
    demande_id TEXT NOT NULL CONSTRAINT echange_demande_fk REFERENCES demande (id),
    -- Place in the thread of the demande, from 1.
    numero BIGINT NOT NULL,
    genre TEXT NOT NULL CONSTRAINT echange_genre_connu CHECK (genre = 'question' OR genre = 'reponse'),
    texte TEXT NOT NULL,
    -- Who asked; empty for an answer.
    auteur_id TEXT NOT NULL,
    -- Fingerprint of the follow-up secret that was mailed with a question; empty for an answer.
    suivi TEXT NOT NULL,
    cree_le TIMESTAMP NOT NULL,
    CONSTRAINT echange_numero_unique UNIQUE (demande_id, numero)
);
CREATE INDEX echange_par_suivi ON echange (suivi) WHERE suivi <> '';
