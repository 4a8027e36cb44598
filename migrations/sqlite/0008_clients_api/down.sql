-- Only what a token could be before is kept: the tokens, each with what its client may do.
ALTER TABLE jeton RENAME TO nouveau_jeton;
CREATE TABLE jeton (
    cle TEXT NOT NULL PRIMARY KEY,
    empreinte TEXT NOT NULL,
    nom TEXT NOT NULL,
    role TEXT NOT NULL DEFAULT 'recipiendaire' CONSTRAINT jeton_role_du_compte CHECK (role IN ('demandeur',
        'recipiendaire', 'organisme', 'formateur', 'referent', 'co_referent', 'aidant', 'instructeur', 'anct')),
    portees TEXT NOT NULL,
    expire_le TIMESTAMP NOT NULL,
    revoque BOOLEAN NOT NULL DEFAULT FALSE
);
INSERT INTO jeton (cle, empreinte, nom, role, portees, expire_le, revoque)
    SELECT k.cle, k.empreinte, c.nom, c.role, c.portees, k.expire_le, k.revoque OR c.revoque_le IS NOT NULL
    FROM nouveau_jeton k JOIN client_api c ON c.id = k.client_id WHERE k.genre = 'jeton';
CREATE TABLE jeton_enveloppe (
    cle TEXT NOT NULL CONSTRAINT jeton_enveloppe_jeton_fk REFERENCES jeton (cle),
    enveloppe_id TEXT NOT NULL CONSTRAINT jeton_enveloppe_enveloppe_fk REFERENCES enveloppe (id),
    CONSTRAINT jeton_enveloppe_pk PRIMARY KEY (cle, enveloppe_id)
);
INSERT INTO jeton_enveloppe (cle, enveloppe_id)
    SELECT k.cle, e.enveloppe_id FROM nouveau_jeton k JOIN client_api_enveloppe e ON e.client_id = k.client_id
    WHERE k.genre = 'jeton';
DROP TABLE nouveau_jeton;
DROP TABLE client_api_origine;
DROP TABLE client_api_enveloppe;
DROP TABLE client_api;
