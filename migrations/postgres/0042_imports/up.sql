-- The history of a demande names the import that each change came from.
CREATE INDEX import_par_requete ON import (requete);
-- JSON list: the sheets of a workbook that were not read.
ALTER TABLE import ADD COLUMN feuilles_ignorees TEXT NOT NULL DEFAULT '[]';
