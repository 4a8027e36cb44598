-- What an envelope holds, what is taken from it, and what a demande takes. Amounts are in cents.
ALTER TABLE enveloppe ADD COLUMN etat TEXT NOT NULL DEFAULT 'ouverte'
    CONSTRAINT enveloppe_etat_connu CHECK (etat = 'brouillon' OR etat = 'ouverte' OR etat = 'close');
UPDATE enveloppe SET etat = 'close' WHERE ouverte = FALSE;
ALTER TABLE enveloppe DROP COLUMN ouverte;
ALTER TABLE enveloppe ADD COLUMN siret TEXT NOT NULL DEFAULT '';
ALTER TABLE enveloppe ADD COLUMN convention TEXT NOT NULL DEFAULT '';
-- First and last day of the convention, ISO; empty when not known.
ALTER TABLE enveloppe ADD COLUMN debut TEXT NOT NULL DEFAULT '';
ALTER TABLE enveloppe ADD COLUMN fin TEXT NOT NULL DEFAULT '';
ALTER TABLE enveloppe ADD COLUMN cible BIGINT NOT NULL DEFAULT 60;
ALTER TABLE enveloppe ADD COLUMN prix_aidants_numeriques BIGINT NOT NULL DEFAULT 33333;
ALTER TABLE enveloppe ADD COLUMN prix_aidants_connect BIGINT NOT NULL DEFAULT 33333;
ALTER TABLE enveloppe ADD COLUMN montant BIGINT NOT NULL DEFAULT 2000000;
-- Counters of its demandes, written in the transaction that changes them.
ALTER TABLE enveloppe ADD COLUMN engage BIGINT NOT NULL DEFAULT 0
    CONSTRAINT enveloppe_engage_tient CHECK (engage >= 0 AND engage <= montant);
ALTER TABLE enveloppe ADD COLUMN consomme BIGINT NOT NULL DEFAULT 0;
ALTER TABLE enveloppe ADD COLUMN departs BIGINT NOT NULL DEFAULT 0;
-- Last number given on its waiting list.
ALTER TABLE enveloppe ADD COLUMN file BIGINT NOT NULL DEFAULT 0;
ALTER TABLE enveloppe ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- Most people who may hold it.
ALTER TABLE enveloppe ADD COLUMN acces BIGINT NOT NULL DEFAULT 2;

-- The price granted, 0 when nothing is; the number on the waiting list, 0 when it is not there.
ALTER TABLE demande ADD COLUMN prix_accorde BIGINT NOT NULL DEFAULT 0;
ALTER TABLE demande ADD COLUMN attente BIGINT NOT NULL DEFAULT 0;

-- What was decided before is counted at the price of today; an amount that it exceeds is raised to it, never hidden.
UPDATE demande SET prix_accorde = 33333
    WHERE decision_financement = 'accorde' AND supprimee = FALSE AND financement = 'enveloppe' AND retiree <> 'oui'
    AND annulee_par = '' AND enveloppe_id IS NOT NULL;
UPDATE demande SET attente = rang
    WHERE decision_financement = 'liste_attente' AND supprimee = FALSE AND financement = 'enveloppe' AND retiree <> 'oui'
    AND annulee_par = '' AND enveloppe_id IS NOT NULL;
UPDATE enveloppe SET
    montant = max(2000000, (SELECT coalesce(sum(prix_accorde), 0) FROM demande WHERE enveloppe_id = enveloppe.id)),
    engage = (SELECT coalesce(sum(prix_accorde), 0) FROM demande WHERE enveloppe_id = enveloppe.id),
    consomme = (SELECT coalesce(sum(prix_accorde), 0) FROM demande WHERE enveloppe_id = enveloppe.id AND presence = 'present'),
    departs = (SELECT count(*) FROM demande WHERE enveloppe_id = enveloppe.id AND prix_accorde > 0),
    file = (SELECT coalesce(max(attente), 0) FROM demande WHERE enveloppe_id = enveloppe.id);

-- What one author decided in one request.
CREATE INDEX journal_par_decision ON journal (acteur_id, requete) WHERE action = 'demande.financement';
CREATE INDEX demande_par_attente ON demande (enveloppe_id, attente) WHERE attente > 0;

-- The prices of the organismes that have their own.
CREATE TABLE tarif_enveloppe (
    enveloppe_id TEXT NOT NULL CONSTRAINT tarif_enveloppe_enveloppe_fk REFERENCES enveloppe (id),
    formation TEXT NOT NULL
        CONSTRAINT tarif_enveloppe_formation_connue CHECK (formation = 'aidants_numeriques' OR formation = 'aidants_connect'),
    -- Folded name, by which it is found.
    organisme TEXT NOT NULL,
    nom TEXT NOT NULL,
    prix BIGINT NOT NULL,
    CONSTRAINT tarif_enveloppe_pk PRIMARY KEY (enveloppe_id, formation, organisme)
);

-- Movements of the amounts: proposed by one person, approved by another.
CREATE TABLE mouvement_enveloppe (
    id TEXT NOT NULL PRIMARY KEY,
    genre TEXT NOT NULL CONSTRAINT mouvement_enveloppe_genre_connu CHECK (genre = 'avenant' OR genre = 'transfert'),
    etat TEXT NOT NULL
        CONSTRAINT mouvement_enveloppe_etat_connu CHECK (etat = 'propose' OR etat = 'approuve' OR etat = 'refuse'),
    -- The envelope that is amended, or that gives.
    enveloppe_id TEXT NOT NULL CONSTRAINT mouvement_enveloppe_enveloppe_fk REFERENCES enveloppe (id),
    vers_id TEXT CONSTRAINT mouvement_enveloppe_vers_fk REFERENCES enveloppe (id),
    montant BIGINT NOT NULL,
    motif TEXT NOT NULL,
    propose_par TEXT NOT NULL CONSTRAINT mouvement_enveloppe_propose_fk REFERENCES compte (id),
    propose_le TIMESTAMP NOT NULL,
    decide_par TEXT CONSTRAINT mouvement_enveloppe_decide_fk REFERENCES compte (id),
    decide_le TIMESTAMP,
    CONSTRAINT mouvement_enveloppe_deux_personnes CHECK (etat <> 'approuve' OR decide_par <> propose_par)
);
CREATE INDEX mouvement_enveloppe_par_enveloppe ON mouvement_enveloppe (enveloppe_id);
CREATE INDEX mouvement_enveloppe_par_vers ON mouvement_enveloppe (vers_id) WHERE vers_id IS NOT NULL;
