-- The days on which a demande reached the milestones that no column of the table dates (ISO; empty when not reached, or when the platform did
-- not see it), and why it was refused. A demande of which nothing of it is known has no row.
CREATE TABLE demande_jalon (
    demande_id TEXT NOT NULL PRIMARY KEY CONSTRAINT demande_jalon_demande_fk REFERENCES demande (id),
    financement_le TEXT NOT NULL,
    eligibilite_le TEXT NOT NULL,
    presence_le TEXT NOT NULL,
    habilitation_le TEXT NOT NULL,
    motif_refus TEXT NOT NULL
);

-- Counters of the dashboards, written in the transaction that changes a demande.
CREATE TABLE compteur (
    -- What it covers: one envelope, one département, the whole.
    etendue TEXT NOT NULL CONSTRAINT compteur_etendue_connue
        CHECK (etendue = 'enveloppe' OR etendue = 'departement' OR etendue = 'national'),
    mesure TEXT NOT NULL,
    -- Which envelope or département; empty for the whole.
    lieu TEXT NOT NULL,
    -- Stage, type of structure, milestone, reason, passage.
    valeur TEXT NOT NULL,
    -- Whole days of a delay; 0 for the rest.
    jours BIGINT NOT NULL,
    nombre BIGINT NOT NULL,
    CONSTRAINT compteur_pk PRIMARY KEY (etendue, mesure, lieu, valeur, jours)
) WITHOUT ROWID;

-- What is there already; no day is known of it, so no delay either.
INSERT INTO compteur (etendue, mesure, lieu, valeur, jours, nombre)
WITH vivante AS (
    SELECT coalesce(enveloppe_id, '') AS enveloppe, departement, etape, structure_type, date_session, presence,
        decision_financement, decision_eligibilite, habilite,
        enveloppe_id IS NOT NULL AND decision_financement = 'accorde' AND financement = 'enveloppe' AND retiree <> 'oui'
            AND annulee_par = ''
            AND (formation = 'aidants_numeriques' OR decision_eligibilite <> 'refusee' OR presence = 'present') AS financee
    FROM demande WHERE supprimee = FALSE
),
compte AS (
    SELECT enveloppe, departement, 'etape' AS mesure, etape AS valeur, count(*) AS nombre FROM vivante GROUP BY 1, 2, 4
    UNION ALL
    SELECT enveloppe, departement, 'depart', etape, count(*) FROM vivante WHERE financee GROUP BY 1, 2, 4
    UNION ALL
    SELECT enveloppe, departement, 'suivi', '', count(*) FROM vivante WHERE financee AND presence = 'present' GROUP BY 1, 2
    UNION ALL
    SELECT enveloppe, departement, 'structure', structure_type, count(*) FROM vivante GROUP BY 1, 2, 4
    UNION ALL
    SELECT enveloppe, departement, 'jalon', 'financement', count(*) FROM vivante
        WHERE decision_financement = 'accorde' OR decision_financement = 'refuse' GROUP BY 1, 2
    UNION ALL
    SELECT enveloppe, departement, 'jalon', 'eligibilite', count(*) FROM vivante
        WHERE decision_eligibilite <> '' GROUP BY 1, 2
    UNION ALL
    SELECT enveloppe, departement, 'jalon', 'session', count(*) FROM vivante WHERE date_session <> '' GROUP BY 1, 2
    UNION ALL
    SELECT enveloppe, departement, 'jalon', 'presence', count(*) FROM vivante WHERE presence <> '' GROUP BY 1, 2
    UNION ALL
    SELECT enveloppe, departement, 'jalon', 'habilitation', count(*) FROM vivante WHERE habilite = 'oui' GROUP BY 1, 2
    UNION ALL
    SELECT enveloppe, departement, 'refus_financement', '', count(*) FROM vivante
        WHERE etape = 'financement_refuse' GROUP BY 1, 2
    UNION ALL
    SELECT enveloppe, departement, 'refus_eligibilite', '', count(*) FROM vivante
        WHERE etape = 'eligibilite_refusee' GROUP BY 1, 2
)
SELECT 'enveloppe', mesure, enveloppe, valeur, 0, sum(nombre) FROM compte WHERE enveloppe <> '' GROUP BY mesure, enveloppe, valeur
UNION ALL
SELECT 'departement', mesure, departement, valeur, 0, sum(nombre) FROM compte GROUP BY mesure, departement, valeur
UNION ALL
SELECT 'national', mesure, '', valeur, 0, sum(nombre) FROM compte GROUP BY mesure, valeur;
