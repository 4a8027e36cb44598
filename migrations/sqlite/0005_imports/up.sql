CREATE TABLE import (
    id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL DEFAULT 1,
    etat TEXT NOT NULL CONSTRAINT import_etat_connu
        CHECK (etat IN ('en_attente', 'en_cours', 'termine', 'annule', 'echoue', 'defait')),
    essai BOOLEAN NOT NULL,
    format TEXT NOT NULL CONSTRAINT import_format_connu CHECK (format IN ('csv', 'ndjson', 'xlsx', 'ods')),
    acteur_genre TEXT NOT NULL,
    acteur_id TEXT NOT NULL,
    role TEXT NOT NULL,
    requete TEXT NOT NULL,
    enveloppe_id TEXT CONSTRAINT import_enveloppe_fk REFERENCES enveloppe (id),
    -- Where the file waits, relative to the spool directory (docs/adr/0003).
    fichier TEXT NOT NULL,
    octets BIGINT NOT NULL,
    octets_lus BIGINT NOT NULL DEFAULT 0,
    lignes BIGINT NOT NULL DEFAULT 0,
    creees BIGINT NOT NULL DEFAULT 0,
    modifiees BIGINT NOT NULL DEFAULT 0,
    inchangees BIGINT NOT NULL DEFAULT 0,
    rejetees BIGINT NOT NULL DEFAULT 0,
    -- JSON list.
    colonnes_inconnues TEXT NOT NULL DEFAULT '[]',
    erreur TEXT,
    -- Set by « annuler »; the reader looks at it between two batches.
    arret_demande BOOLEAN NOT NULL DEFAULT FALSE,
    cree_le TIMESTAMP NOT NULL,
    termine_le TIMESTAMP
);
CREATE INDEX import_par_etat ON import (etat);

-- The report of a batch of lines, written with the lines themselves.
CREATE TABLE import_lot (
    import_id TEXT NOT NULL CONSTRAINT import_lot_import_fk REFERENCES import (id),
    numero BIGINT NOT NULL,
    -- NDJSON, one LigneImport per line of the file.
    rapport TEXT NOT NULL,
    -- Rejected lines in the original columns plus `erreur`.
    rejets TEXT NOT NULL,
    -- NDJSON, what the batch changed, so that it can be undone: the demande, its version after, its values before.
    effets TEXT NOT NULL,
    CONSTRAINT import_lot_pk PRIMARY KEY (import_id, numero)
);
