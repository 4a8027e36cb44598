-- The reminders that were sent: each once for an object and a term (day of the batch, last day of the convention; empty when there is none).
CREATE TABLE rappel (
    evenement TEXT NOT NULL,
    objet TEXT NOT NULL,
    echeance TEXT NOT NULL,
    cree_le TIMESTAMP NOT NULL,
    CONSTRAINT rappel_pk PRIMARY KEY (evenement, objet, echeance)
);

-- When each kind is next looked for. A server takes its turn by a conditional update, so that no two look at once.
CREATE TABLE rappel_passage (
    evenement TEXT NOT NULL PRIMARY KEY,
    prochain_le TIMESTAMP NOT NULL,
    -- Rank of the last demande that was looked at; 0 between two rounds.
    rang BIGINT NOT NULL
);
INSERT INTO rappel_passage (evenement, prochain_le, rang) VALUES
    ('informations_manquantes', '2026-01-01 00:00:00', 0),
    ('lot_proche', '2026-01-01 00:00:00', 0),
    ('convention_finissante', '2026-01-01 00:00:00', 0);

-- Who wants no reminder: a keyed fingerprint of the address, which is not kept itself.
CREATE TABLE rappel_refuse (
    empreinte TEXT NOT NULL PRIMARY KEY,
    cree_le TIMESTAMP NOT NULL
);
