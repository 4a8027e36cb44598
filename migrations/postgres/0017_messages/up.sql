-- How many mails an account has written to the people of demandes, day by day.
CREATE TABLE envoi_messages (
    compte_id TEXT NOT NULL CONSTRAINT envoi_messages_compte_fk REFERENCES compte (id),
    jour TEXT NOT NULL,
    nombre BIGINT NOT NULL,
    CONSTRAINT envoi_messages_pk PRIMARY KEY (compte_id, jour)
);
