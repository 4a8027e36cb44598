-- The professionals who are habilitated already (S6), as the list of their département says: an import replaces the whole of it.
CREATE TABLE habilite (
    id TEXT NOT NULL PRIMARY KEY,
    departement TEXT NOT NULL CONSTRAINT habilite_departement_fk REFERENCES departement (code),
    nom TEXT NOT NULL,
    prenom TEXT NOT NULL,
    -- Folded last and first name: sorts, and tells a person whose address is not known.
    cle TEXT NOT NULL,
    email TEXT NOT NULL,
    profession TEXT NOT NULL,
    mandats BIGINT NOT NULL,
    demarches BIGINT NOT NULL,
    structure_nom TEXT NOT NULL,
    structure_type TEXT NOT NULL,
    adresse TEXT NOT NULL,
    code_postal TEXT NOT NULL,
    ville TEXT NOT NULL,
    siret TEXT NOT NULL,
    referent_nom TEXT NOT NULL,
    referent_prenom TEXT NOT NULL,
    referent_profession TEXT NOT NULL,
    referent_email TEXT NOT NULL,
    -- Folded words in which one searches.
    recherche TEXT NOT NULL
);
CREATE INDEX habilite_par_departement ON habilite (departement, cle, id);
CREATE INDEX habilite_par_cle ON habilite (cle, id);
CREATE INDEX habilite_par_email ON habilite (email) WHERE email <> '';

-- The day on which the list of a département was given; without a row nothing is known of it, which is not the same as empty.
CREATE TABLE habilite_liste (
    departement TEXT NOT NULL PRIMARY KEY CONSTRAINT habilite_liste_departement_fk REFERENCES departement (code),
    du TEXT NOT NULL
);
