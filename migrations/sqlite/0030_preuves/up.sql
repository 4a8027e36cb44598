-- What the outside says of a structure, by service: the last answer, the last attempt, and when to ask (again). It is the queue of the
-- checks as well: whoever asks first puts `prochaine_le` off, by a conditional update.
CREATE TABLE preuve (
    siret TEXT NOT NULL,
    service TEXT NOT NULL
        CONSTRAINT preuve_service_connu CHECK (service IN ('entreprises', 'siro', 'adresses')),
    -- What was answered (JSON); empty when nothing was, `null` when the service does not know the structure.
    valeur TEXT NOT NULL,
    obtenue_le TIMESTAMP,
    tentee_le TIMESTAMP,
    -- Why the last attempt failed; empty when it did not.
    echec TEXT NOT NULL
        CONSTRAINT preuve_echec_connu CHECK (echec IN ('', 'delai', 'injoignable', 'sature', 'refus', 'panne', 'illisible')),
    -- Failures since the last answer.
    tentatives BIGINT NOT NULL,
    prochaine_le TIMESTAMP NOT NULL,
    -- Rank of the last demande whose verdict has taken the answer in; none when all have.
    a_appliquer BIGINT,
    CONSTRAINT preuve_pk PRIMARY KEY (siret, service)
);
CREATE INDEX preuve_due ON preuve (service, prochaine_le);
CREATE INDEX preuve_a_appliquer ON preuve (siret) WHERE a_appliquer IS NOT NULL;

-- What all the servers together know of a service: its budget and its circuit breaker.
CREATE TABLE service_externe (
    service TEXT NOT NULL PRIMARY KEY,
    -- Requests since the last pause of a second, and the last of them.
    pris BIGINT NOT NULL,
    dernier_le TIMESTAMP NOT NULL,
    -- Failures in a row, of whatever structure.
    echecs BIGINT NOT NULL,
    -- Until when nobody asks.
    ouvert_jusqu TIMESTAMP NOT NULL
);
INSERT INTO service_externe (service, pris, dernier_le, echecs, ouvert_jusqu) VALUES
    ('entreprises', 0, '2026-01-01 00:00:00', 0, '2026-01-01 00:00:00'),
    ('siro', 0, '2026-01-01 00:00:00', 0, '2026-01-01 00:00:00'),
    ('adresses', 0, '2026-01-01 00:00:00', 0, '2026-01-01 00:00:00');

-- The imported SIRET-OPCO tables; the active one is read, the others are on their way in or out.
CREATE TABLE table_opco (
    id TEXT NOT NULL PRIMARY KEY,
    importee_le TIMESTAMP NOT NULL,
    lignes BIGINT NOT NULL,
    active BOOLEAN NOT NULL
);
CREATE TABLE opco_siret (
    table_id TEXT NOT NULL,
    siret TEXT NOT NULL,
    -- Line of the file: one establishment may stand twice.
    rang BIGINT NOT NULL,
    opco TEXT NOT NULL,
    CONSTRAINT opco_siret_pk PRIMARY KEY (table_id, siret, rang)
) WITHOUT ROWID;

-- The structures that are here already are checked as the new ones are.
INSERT INTO preuve (siret, service, valeur, echec, tentatives, prochaine_le)
    SELECT siret, 'entreprises', '', '', 0, '2026-01-01 00:00:00' FROM structure WHERE length(siret) = 14;
