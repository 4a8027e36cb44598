-- API clients: a program of a third party, what it may do, and who answers for it. Its keys are the rows of `jeton`.
CREATE TABLE client_api (
    id TEXT NOT NULL PRIMARY KEY,
    nom TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT client_api_role_connu CHECK (role IN ('demandeur', 'recipiendaire', 'organisme',
        'formateur', 'referent', 'co_referent', 'aidant', 'instructeur', 'anct')),
    -- Separated by spaces.
    portees TEXT NOT NULL,
    -- Absent: made on the command line. The client has no right that this person has lost.
    responsable TEXT CONSTRAINT client_api_responsable_fk REFERENCES compte (id),
    cree_le TIMESTAMP NOT NULL,
    revoque_le TIMESTAMP
);

CREATE TABLE client_api_enveloppe (
    client_id TEXT NOT NULL CONSTRAINT client_api_enveloppe_client_fk REFERENCES client_api (id),
    enveloppe_id TEXT NOT NULL CONSTRAINT client_api_enveloppe_enveloppe_fk REFERENCES enveloppe (id),
    CONSTRAINT client_api_enveloppe_pk PRIMARY KEY (client_id, enveloppe_id)
);
CREATE INDEX client_api_enveloppe_par_enveloppe ON client_api_enveloppe (enveloppe_id);

-- Origins of the pages that may call with the keys of a client.
CREATE TABLE client_api_origine (
    client_id TEXT NOT NULL CONSTRAINT client_api_origine_client_fk REFERENCES client_api (id),
    origine TEXT NOT NULL,
    CONSTRAINT client_api_origine_pk PRIMARY KEY (client_id, origine)
);
CREATE INDEX client_api_origine_par_origine ON client_api_origine (origine);

-- Each token becomes the key of a client that bears its public part, so that what it did stays under its name.
INSERT INTO client_api (id, nom, role, portees, cree_le, revoque_le)
    SELECT cle, nom, role, portees, CURRENT_TIMESTAMP, CASE WHEN revoque THEN CURRENT_TIMESTAMP END FROM jeton;
INSERT INTO client_api_enveloppe (client_id, enveloppe_id) SELECT cle, enveloppe_id FROM jeton_enveloppe;
DROP TABLE jeton_enveloppe;
ALTER TABLE jeton RENAME TO ancien_jeton;
CREATE TABLE jeton (
    cle TEXT NOT NULL PRIMARY KEY,
    empreinte TEXT NOT NULL,
    client_id TEXT NOT NULL CONSTRAINT jeton_client_fk REFERENCES client_api (id),
    -- Sent as it is, or exchanged for access tokens: neither serves as the other.
    genre TEXT NOT NULL CONSTRAINT jeton_genre_connu CHECK (genre IN ('jeton', 'secret')),
    cree_le TIMESTAMP NOT NULL,
    expire_le TIMESTAMP NOT NULL,
    revoque BOOLEAN NOT NULL DEFAULT FALSE,
    -- Last use, to the minute.
    vu_le TIMESTAMP
);
INSERT INTO jeton (cle, empreinte, client_id, genre, cree_le, expire_le, revoque)
    SELECT cle, empreinte, cle, 'jeton', CURRENT_TIMESTAMP, expire_le, revoque FROM ancien_jeton;
DROP TABLE ancien_jeton;
CREATE INDEX jeton_par_client ON jeton (client_id);
