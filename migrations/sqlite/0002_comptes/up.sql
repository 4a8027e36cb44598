CREATE TABLE compte (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL CONSTRAINT compte_email_unique UNIQUE,
    nom TEXT NOT NULL,
    -- The one role of the account; several roles with a switch come with the sign-in issue.
    role TEXT NOT NULL CONSTRAINT compte_role_connu CHECK (role IN ('recipiendaire', 'instructeur', 'anct')),
    actif BOOLEAN NOT NULL DEFAULT TRUE
);

CREATE TABLE compte_enveloppe (
    compte_id TEXT NOT NULL CONSTRAINT compte_enveloppe_compte_fk REFERENCES compte (id),
    enveloppe_id TEXT NOT NULL CONSTRAINT compte_enveloppe_enveloppe_fk REFERENCES enveloppe (id),
    CONSTRAINT compte_enveloppe_pk PRIMARY KEY (compte_id, enveloppe_id)
);

-- Browser sessions: the identifier is stored hashed.
CREATE TABLE session (
    empreinte TEXT NOT NULL PRIMARY KEY,
    compte_id TEXT NOT NULL CONSTRAINT session_compte_fk REFERENCES compte (id),
    expire_le TIMESTAMP NOT NULL
);

-- API tokens: `cle` is the public part, the secret is stored hashed.
CREATE TABLE jeton (
    cle TEXT NOT NULL PRIMARY KEY,
    empreinte TEXT NOT NULL,
    nom TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT jeton_role_connu CHECK (role IN ('recipiendaire', 'instructeur', 'anct')),
    -- Separated by spaces.
    portees TEXT NOT NULL,
    expire_le TIMESTAMP NOT NULL,
    revoque BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE jeton_enveloppe (
    cle TEXT NOT NULL CONSTRAINT jeton_enveloppe_jeton_fk REFERENCES jeton (cle),
    enveloppe_id TEXT NOT NULL CONSTRAINT jeton_enveloppe_enveloppe_fk REFERENCES enveloppe (id),
    CONSTRAINT jeton_enveloppe_pk PRIMARY KEY (cle, enveloppe_id)
);
