-- Accounts are administered: a version for conditional changes, and the folded words they are searched and sorted by.
ALTER TABLE compte ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE compte ADD COLUMN recherche TEXT NOT NULL DEFAULT '';
UPDATE compte SET recherche = lower(nom || ' ' || email);
CREATE INDEX compte_par_recherche ON compte (recherche, id);

-- An invitation may also be asked for by the person itself (registration), or made by a program. It never served before.
DROP TABLE invitation;
CREATE TABLE invitation (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    nom TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT invitation_role_connu CHECK (role IN ('demandeur', 'recipiendaire', 'organisme',
        'formateur', 'referent', 'co_referent', 'aidant', 'instructeur', 'anct')),
    enveloppe_id TEXT CONSTRAINT invitation_enveloppe_fk REFERENCES enveloppe (id),
    structure_id TEXT CONSTRAINT invitation_structure_fk REFERENCES structure (id),
    organisme_id TEXT CONSTRAINT invitation_organisme_fk REFERENCES organisme (id),
    -- Who invites: an account, a token, or the public, for whoever registers.
    auteur_genre TEXT NOT NULL CONSTRAINT invitation_auteur_connu CHECK (auteur_genre IN ('compte', 'jeton', 'public')),
    auteur_id TEXT NOT NULL,
    cree_le TIMESTAMP NOT NULL,
    expire_le TIMESTAMP NOT NULL,
    acceptee_le TIMESTAMP,
    retiree_le TIMESTAMP
);
CREATE INDEX invitation_par_email ON invitation (email);

-- The version in force of each text, found by every request without reading the texts.
ALTER TABLE texte_engagement ADD COLUMN courant BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE texte_engagement SET courant = TRUE WHERE version =
    (SELECT max(version) FROM texte_engagement autre WHERE autre.genre = texte_engagement.genre);
CREATE INDEX texte_engagement_courant ON texte_engagement (courant, genre);
