DROP TABLE acceptation;
DROP TABLE texte_engagement;
DROP TABLE invitation;
DROP TABLE frein;
DROP TABLE usage_unique;
DROP TABLE moyen_otp;
DROP TABLE session;
CREATE TABLE session (
    empreinte TEXT NOT NULL PRIMARY KEY,
    compte_id TEXT NOT NULL CONSTRAINT session_compte_fk REFERENCES compte (id),
    expire_le TIMESTAMP NOT NULL
);

-- The roles that this version does not know cannot be kept.
DELETE FROM jeton_enveloppe WHERE cle IN
    (SELECT cle FROM jeton WHERE role NOT IN ('recipiendaire', 'instructeur', 'anct'));
DELETE FROM jeton WHERE role NOT IN ('recipiendaire', 'instructeur', 'anct');
ALTER TABLE jeton RENAME COLUMN role TO nouveau_role;
ALTER TABLE jeton ADD COLUMN role TEXT NOT NULL DEFAULT 'recipiendaire'
    CONSTRAINT jeton_role_connu CHECK (role IN ('recipiendaire', 'instructeur', 'anct'));
UPDATE jeton SET role = nouveau_role;
ALTER TABLE jeton DROP COLUMN nouveau_role;

DROP TABLE compte_organisme;
DROP TABLE compte_structure;
DROP TABLE organisme;

-- One role per account again: the one that reaches most. An account without any of the three is deactivated.
ALTER TABLE compte ADD COLUMN role TEXT NOT NULL DEFAULT 'recipiendaire'
    CONSTRAINT compte_role_connu CHECK (role IN ('recipiendaire', 'instructeur', 'anct'));
ALTER TABLE compte ADD COLUMN actif BOOLEAN NOT NULL DEFAULT TRUE;
UPDATE compte SET role = 'instructeur' WHERE id IN (SELECT compte_id FROM compte_role WHERE role = 'instructeur');
UPDATE compte SET role = 'anct' WHERE id IN (SELECT compte_id FROM compte_role WHERE role = 'anct');
UPDATE compte SET actif = FALSE WHERE etat <> 'actif' OR id NOT IN
    (SELECT compte_id FROM compte_role WHERE role IN ('recipiendaire', 'instructeur', 'anct'));
DROP TABLE compte_role;
ALTER TABLE compte DROP COLUMN etat;
