-- Accounts: a state instead of a flag, and several roles in several organisations.
ALTER TABLE compte ADD COLUMN etat TEXT NOT NULL DEFAULT 'actif'
    CONSTRAINT compte_etat_connu CHECK (etat IN ('a_confirmer', 'actif', 'desactive'));
UPDATE compte SET etat = 'desactive' WHERE NOT actif;
ALTER TABLE compte DROP COLUMN actif;

CREATE TABLE compte_role (
    compte_id TEXT NOT NULL CONSTRAINT compte_role_compte_fk REFERENCES compte (id),
    role TEXT NOT NULL CONSTRAINT compte_role_role_connu CHECK (role IN ('demandeur', 'recipiendaire', 'organisme',
        'formateur', 'referent', 'co_referent', 'aidant', 'instructeur', 'anct')),
    CONSTRAINT compte_role_pk PRIMARY KEY (compte_id, role)
);
INSERT INTO compte_role (compte_id, role) SELECT id, role FROM compte;
ALTER TABLE compte DROP COLUMN role;

-- Training bodies: what an account belongs to; the rest comes with their area.
CREATE TABLE organisme (
    id TEXT NOT NULL PRIMARY KEY,
    nom TEXT NOT NULL
);

CREATE TABLE compte_structure (
    compte_id TEXT NOT NULL CONSTRAINT compte_structure_compte_fk REFERENCES compte (id),
    structure_id TEXT NOT NULL CONSTRAINT compte_structure_structure_fk REFERENCES structure (id),
    role TEXT NOT NULL CONSTRAINT compte_structure_role_connu
        CHECK (role IN ('demandeur', 'referent', 'co_referent', 'aidant')),
    CONSTRAINT compte_structure_pk PRIMARY KEY (compte_id, structure_id, role)
);

CREATE TABLE compte_organisme (
    compte_id TEXT NOT NULL CONSTRAINT compte_organisme_compte_fk REFERENCES compte (id),
    organisme_id TEXT NOT NULL CONSTRAINT compte_organisme_organisme_fk REFERENCES organisme (id),
    role TEXT NOT NULL CONSTRAINT compte_organisme_role_connu CHECK (role IN ('organisme', 'formateur')),
    CONSTRAINT compte_organisme_pk PRIMARY KEY (compte_id, organisme_id, role)
);

-- Tokens may act under every role of an account.
ALTER TABLE jeton RENAME COLUMN role TO ancien_role;
ALTER TABLE jeton ADD COLUMN role TEXT NOT NULL DEFAULT 'recipiendaire'
    CONSTRAINT jeton_role_du_compte CHECK (role IN ('demandeur', 'recipiendaire', 'organisme', 'formateur', 'referent',
        'co_referent', 'aidant', 'instructeur', 'anct'));
UPDATE jeton SET role = ancien_role;
ALTER TABLE jeton DROP COLUMN ancien_role;

-- Browser sessions: everybody signs in again. The identifier of the cookie is stored hashed; `id` only names the row.
DROP TABLE session;
CREATE TABLE session (
    empreinte TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL CONSTRAINT session_id_unique UNIQUE,
    compte_id TEXT NOT NULL CONSTRAINT session_compte_fk REFERENCES compte (id),
    -- The active role.
    role TEXT NOT NULL,
    appareil TEXT NOT NULL,
    cree_le TIMESTAMP NOT NULL,
    -- Last use, to the minute: the idle limit.
    vue_le TIMESTAMP NOT NULL,
    -- The absolute limit.
    expire_le TIMESTAMP NOT NULL,
    -- Last one-time code given.
    otp_le TIMESTAMP NOT NULL
);
CREATE INDEX session_par_compte ON session (compte_id);

-- Means of giving a one-time code. The seed is encrypted with a key that is not in the database, bound to this row.
CREATE TABLE moyen_otp (
    id TEXT NOT NULL PRIMARY KEY,
    -- Absent: a card in stock.
    compte_id TEXT CONSTRAINT moyen_otp_compte_fk REFERENCES compte (id),
    genre TEXT NOT NULL CONSTRAINT moyen_otp_genre_connu CHECK (genre IN ('application', 'carte')),
    etat TEXT NOT NULL CONSTRAINT moyen_otp_etat_connu CHECK (etat IN ('a_confirmer', 'actif', 'desactive')),
    -- Serial number of a card.
    serie TEXT CONSTRAINT moyen_otp_serie_unique UNIQUE,
    graine TEXT NOT NULL,
    -- Key that encrypts the seed.
    cle_id TEXT NOT NULL,
    -- Last step whose code was taken: none is taken twice, nor an earlier one.
    dernier_pas BIGINT NOT NULL,
    -- Steps by which the clock of a card is ahead of ours.
    derive BIGINT NOT NULL,
    cree_le TIMESTAMP NOT NULL
);
CREATE INDEX moyen_otp_par_compte ON moyen_otp (compte_id);

-- Everything that serves once: links, codes, invitations.
CREATE TABLE usage_unique (
    -- Hash of the purpose and of the secret.
    empreinte TEXT NOT NULL PRIMARY KEY,
    genre TEXT NOT NULL CONSTRAINT usage_unique_genre_connu
        CHECK (genre IN ('lien_connexion', 'premier_acces', 'confirmation_adresse', 'invitation', 'code_accueil')),
    -- What it is for: an account, an invitation.
    sujet TEXT NOT NULL,
    -- Hash of what the browser that asked for it must show; empty when any may use it.
    client TEXT NOT NULL,
    cree_le TIMESTAMP NOT NULL,
    expire_le TIMESTAMP NOT NULL,
    consomme_le TIMESTAMP
);
CREATE INDEX usage_unique_par_expiration ON usage_unique (expire_le);
CREATE INDEX usage_unique_par_sujet ON usage_unique (sujet);

-- Attempts counted by account and by address, in windows of fixed length. The key is hashed.
CREATE TABLE frein (
    cle TEXT NOT NULL,
    fenetre BIGINT NOT NULL,
    nombre BIGINT NOT NULL,
    expire_le TIMESTAMP NOT NULL,
    CONSTRAINT frein_pk PRIMARY KEY (cle, fenetre)
);
CREATE INDEX frein_par_expiration ON frein (expire_le);

-- An invitation: the address it is bound to and the role it gives, in one organisation at most.
CREATE TABLE invitation (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    nom TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT invitation_role_connu CHECK (role IN ('demandeur', 'recipiendaire', 'organisme',
        'formateur', 'referent', 'co_referent', 'aidant', 'instructeur', 'anct')),
    enveloppe_id TEXT CONSTRAINT invitation_enveloppe_fk REFERENCES enveloppe (id),
    structure_id TEXT CONSTRAINT invitation_structure_fk REFERENCES structure (id),
    organisme_id TEXT CONSTRAINT invitation_organisme_fk REFERENCES organisme (id),
    invite_par TEXT NOT NULL CONSTRAINT invitation_auteur_fk REFERENCES compte (id),
    cree_le TIMESTAMP NOT NULL,
    acceptee_le TIMESTAMP
);

-- Versions of the terms and charters, and who accepted them when.
CREATE TABLE texte_engagement (
    id TEXT NOT NULL PRIMARY KEY,
    genre TEXT NOT NULL CONSTRAINT texte_engagement_genre_connu
        CHECK (genre IN ('cgu', 'charte_referent', 'charte_aidant')),
    version BIGINT NOT NULL,
    contenu TEXT NOT NULL,
    publie_le TIMESTAMP NOT NULL,
    CONSTRAINT texte_engagement_version_unique UNIQUE (genre, version)
);

CREATE TABLE acceptation (
    compte_id TEXT NOT NULL CONSTRAINT acceptation_compte_fk REFERENCES compte (id),
    texte_id TEXT NOT NULL CONSTRAINT acceptation_texte_fk REFERENCES texte_engagement (id),
    accepte_le TIMESTAMP NOT NULL,
    CONSTRAINT acceptation_pk PRIMARY KEY (compte_id, texte_id)
);
