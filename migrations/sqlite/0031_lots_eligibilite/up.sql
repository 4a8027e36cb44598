-- When the eligibility batches open: one version for each time it was set, the last one holds.
CREATE TABLE calendrier_eligibilite (
    version BIGINT NOT NULL PRIMARY KEY,
    -- First opening, ISO day.
    premier_jour TEXT NOT NULL,
    -- Days between two openings.
    periode BIGINT NOT NULL CONSTRAINT calendrier_eligibilite_periode CHECK (periode >= 1 AND periode <= 365),
    -- Account or API client that set it; empty for the one of the programme.
    auteur_id TEXT NOT NULL,
    depuis TIMESTAMP NOT NULL
);
-- The rhythm of the programme: every fifteen days from 3 March.
INSERT INTO calendrier_eligibilite (version, premier_jour, periode, auteur_id, depuis)
    VALUES (1, '2026-03-03', 15, '', '2026-03-03 00:00:00');

-- The batches. One for each opening of the schedule: servers that open the same one at once open it once.
CREATE TABLE lot_eligibilite (
    id TEXT NOT NULL PRIMARY KEY,
    numero BIGINT NOT NULL CONSTRAINT lot_eligibilite_numero_unique UNIQUE,
    -- Day for which it was due (ISO); the moment of its opening, when it was opened by hand.
    prevu_le TEXT NOT NULL CONSTRAINT lot_eligibilite_prevu_unique UNIQUE,
    a_la_main BOOLEAN NOT NULL,
    ouvert_le TIMESTAMP NOT NULL,
    -- When the next one took over what was left undecided.
    clos_le TIMESTAMP
);

-- What each batch took, and what was decided of it.
CREATE TABLE lot_demande (
    lot_id TEXT NOT NULL CONSTRAINT lot_demande_lot_fk REFERENCES lot_eligibilite (id),
    demande_id TEXT NOT NULL CONSTRAINT lot_demande_demande_fk REFERENCES demande (id),
    -- Rank of the demande, by which a work list is read.
    rang BIGINT NOT NULL,
    decision TEXT NOT NULL CONSTRAINT lot_demande_decision_connue
        CHECK (decision = 'a_decider' OR decision = 'validee' OR decision = 'refusee' OR decision = 'reportee'),
    -- Whether information was asked of the structure, and whether it has answered.
    complement TEXT NOT NULL CONSTRAINT lot_demande_complement_connu
        CHECK (complement = 'aucun' OR complement = 'demande' OR complement = 'recu'),
    motif TEXT NOT NULL,
    -- Who decided; empty while nobody has.
    auteur_id TEXT NOT NULL,
    decide_le TIMESTAMP,
    CONSTRAINT lot_demande_pk PRIMARY KEY (lot_id, demande_id)
);
CREATE INDEX lot_demande_par_rang ON lot_demande (lot_id, rang);
CREATE INDEX lot_demande_par_demande ON lot_demande (demande_id);

-- What one author decided in one request.
DROP INDEX journal_par_decision;
CREATE INDEX journal_par_decision ON journal (acteur_id, requete)
    WHERE action IN ('demande.financement', 'demande.eligibilite');

-- Who is refused is never trained: the money is free again, unless the training was attended.
UPDATE demande SET prix_accorde = 0, attente = 0
    WHERE decision_eligibilite = 'refusee' AND formation <> 'aidants_numeriques' AND presence <> 'present'
    AND (prix_accorde > 0 OR attente > 0);
UPDATE enveloppe SET
    engage = (SELECT coalesce(sum(prix_accorde), 0) FROM demande WHERE enveloppe_id = enveloppe.id AND supprimee = FALSE AND decision_financement = 'accorde' AND financement = 'enveloppe'
    AND retiree <> 'oui' AND annulee_par = ''
    AND (formation = 'aidants_numeriques' OR decision_eligibilite <> 'refusee' OR presence = 'present')),
    departs = (SELECT count(*) FROM demande WHERE enveloppe_id = enveloppe.id AND supprimee = FALSE AND decision_financement = 'accorde' AND financement = 'enveloppe'
    AND retiree <> 'oui' AND annulee_par = ''
    AND (formation = 'aidants_numeriques' OR decision_eligibilite <> 'refusee' OR presence = 'present'))
    WHERE EXISTS (SELECT 1 FROM demande WHERE enveloppe_id = enveloppe.id AND decision_eligibilite = 'refusee');
