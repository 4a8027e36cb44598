-- Who did what and when; the chain holds hashes and pseudonymous ids only (architecture, invariant 5).
CREATE TABLE journal (
    numero BIGINT NOT NULL PRIMARY KEY,
    date TIMESTAMP NOT NULL,
    acteur_genre TEXT NOT NULL
        CONSTRAINT journal_acteur_genre_connu CHECK (acteur_genre IN ('compte', 'jeton', 'public', 'systeme')),
    acteur_id TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    objet TEXT NOT NULL,
    objet_id TEXT NOT NULL,
    requete TEXT NOT NULL,
    -- Hash of the salt and the values of journal_donnees.
    donnees_empreinte TEXT NOT NULL,
    -- Hash of the previous entry.
    precedente TEXT NOT NULL,
    -- Hash of this entry, the previous one included.
    empreinte TEXT NOT NULL
);
CREATE INDEX journal_par_objet ON journal (objet_id, numero);

-- The personal values of an entry, erasable without breaking the chain.
CREATE TABLE journal_donnees (
    numero BIGINT NOT NULL PRIMARY KEY CONSTRAINT journal_donnees_journal_fk REFERENCES journal (numero),
    sel TEXT NOT NULL,
    valeurs TEXT NOT NULL
);

-- The last entry of the chain; the row is locked by whoever adds to it.
CREATE TABLE journal_tete (
    id BIGINT NOT NULL PRIMARY KEY CONSTRAINT journal_tete_unique CHECK (id = 1),
    numero BIGINT NOT NULL,
    empreinte TEXT NOT NULL
);
INSERT INTO journal_tete (id, numero, empreinte) VALUES (1, 0, '');

CREATE FUNCTION journal_immuable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal_immuable';
END;
$$;
CREATE TRIGGER journal_sans_modification BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_immuable();
CREATE TRIGGER journal_sans_vidage BEFORE TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_immuable();

-- Messages to send, written in the transaction of the change they tell of.
CREATE TABLE boite_envoi (
    id TEXT NOT NULL PRIMARY KEY,
    sujet TEXT NOT NULL,
    charge TEXT NOT NULL,
    cree_le TIMESTAMP NOT NULL,
    envoye_le TIMESTAMP,
    tentatives BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX boite_envoi_en_attente ON boite_envoi (cree_le) WHERE envoye_le IS NULL;

-- Answers already given, by Idempotency-Key, written in the transaction of the effect.
CREATE TABLE idempotence (
    portee TEXT NOT NULL,
    cle TEXT NOT NULL,
    empreinte TEXT NOT NULL,
    statut BIGINT NOT NULL,
    corps TEXT NOT NULL,
    expire_le TIMESTAMP NOT NULL,
    CONSTRAINT idempotence_pk PRIMARY KEY (portee, cle)
);
CREATE INDEX idempotence_par_expiration ON idempotence (expire_le);
