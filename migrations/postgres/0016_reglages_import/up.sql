-- How the file of an import is to be read: JSON.
ALTER TABLE import ADD COLUMN reglages TEXT NOT NULL DEFAULT '{}';
-- The imports of somebody, the last first.
CREATE INDEX import_par_acteur ON import (acteur_id, cree_le);

-- What was chosen for the headers of a file, for the next file of the same organisation with the same headers.
CREATE TABLE correspondance_import (
    -- An envelope, or `national`.
    organisation TEXT NOT NULL,
    -- Hash of the headers.
    entetes TEXT NOT NULL,
    correspondance TEXT NOT NULL,
    CONSTRAINT correspondance_import_pk PRIMARY KEY (organisation, entetes)
);
