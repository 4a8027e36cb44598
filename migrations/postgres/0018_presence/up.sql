-- Who has a demande open, and when they last said so.
CREATE TABLE presence (
    demande_id TEXT NOT NULL CONSTRAINT presence_demande_fk REFERENCES demande (id),
    compte_id TEXT NOT NULL CONSTRAINT presence_compte_fk REFERENCES compte (id),
    vu_le TIMESTAMP NOT NULL,
    CONSTRAINT presence_pk PRIMARY KEY (demande_id, compte_id)
);
CREATE INDEX presence_par_compte ON presence (compte_id);

-- The view that its owner finds when opening the table; one at most for each role.
ALTER TABLE vue ADD COLUMN habituelle BOOLEAN NOT NULL DEFAULT FALSE;
