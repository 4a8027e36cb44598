DROP INDEX texte_engagement_courant;
ALTER TABLE texte_engagement DROP COLUMN courant;
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
    invite_par TEXT NOT NULL CONSTRAINT invitation_auteur_fk REFERENCES compte (id),
    cree_le TIMESTAMP NOT NULL,
    acceptee_le TIMESTAMP
);
DROP INDEX compte_par_recherche;
ALTER TABLE compte DROP COLUMN recherche;
ALTER TABLE compte DROP COLUMN version;
