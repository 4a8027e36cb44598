-- Territories (COG 2026), loaded from data/registry at migration.
CREATE TABLE region (
    code TEXT NOT NULL PRIMARY KEY,
    nom TEXT NOT NULL
);

CREATE TABLE departement (
    code TEXT NOT NULL PRIMARY KEY,
    nom TEXT NOT NULL,
    region TEXT NOT NULL CONSTRAINT departement_region_fk REFERENCES region (code)
);

CREATE TABLE commune (
    code_insee TEXT NOT NULL PRIMARY KEY,
    nom TEXT NOT NULL,
    departement TEXT NOT NULL CONSTRAINT commune_departement_fk REFERENCES departement (code),
    siren TEXT,
    -- Separated by vertical bars, as in the source.
    codes_postaux TEXT NOT NULL
);
CREATE INDEX commune_par_siren ON commune (siren);

CREATE TABLE enveloppe (
    id TEXT NOT NULL PRIMARY KEY,
    departement TEXT NOT NULL CONSTRAINT enveloppe_departement_fk REFERENCES departement (code),
    annee BIGINT NOT NULL,
    recipiendaire TEXT NOT NULL,
    libelle TEXT NOT NULL,
    ouverte BOOLEAN NOT NULL DEFAULT TRUE,
    CONSTRAINT enveloppe_libelle_unique UNIQUE (departement, annee, libelle)
);
