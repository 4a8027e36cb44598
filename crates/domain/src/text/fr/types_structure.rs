//! Labels of the types of structure: the one we show, and those other services have shown.

/// The label of a code; empty when there is no such code.
pub fn libelle(code: &str) -> &'static str {
    LIBELLES
        .iter()
        .find(|(connu, _)| *connu == code)
        .map_or("", |(_, nom)| nom)
}

/// Codes and labels.
const LIBELLES: [(&str, &str); 29] = [
    ("france_services", "Réseau France Services"),
    ("ccas", "CCAS"),
    ("centres_sociaux", "Centres sociaux"),
    (
        "maisons_departementales_solidarites",
        "Maisons départementales des solidarités",
    ),
    ("bibliotheque_mediatheque", "Bibliothèque/Médiathèque"),
    ("guichet_accueil", "Guichet d’accueil"),
    ("autre", "Autre"),
    ("associations", "Associations"),
    ("communaute_de_communes", "Communauté de communes"),
    ("regie_de_quartier", "Régie de quartier"),
    ("municipalites", "Municipalités"),
    ("epci", "EPCI"),
    ("mission_locale", "Mission locale"),
    ("prefecture_sous_prefecture", "Préfecture/Sous-préfecture"),
    ("esat", "ESAT"),
    ("cias", "CIAS"),
    ("gip", "GIP"),
    ("maison_de_l_emploi", "Maison de l’emploi"),
    ("tiers_lieu", "Tiers-lieu"),
    ("maison_de_quartier", "Maison de quartier"),
    ("conseil_departemental", "Conseil départemental"),
    ("ehpad", "EHPAD"),
    ("chu", "CHU"),
    ("udaf", "UDAF"),
    ("chrs", "CHRS"),
    ("mjc", "MJC"),
    ("clinique_privee", "Clinique privée"),
    ("pimms", "PIMMS"),
    ("msa", "MSA"),
];

/// Other labels under which files name the types.
pub const AUTRES_LIBELLES: [(&str, &str); 43] = [
    ("france_services", "France Services"),
    ("france_services", "Maison France Services"),
    ("france_services", "Espace France Services"),
    ("ccas", "Centres communaux d'action sociale (CCAS)"),
    ("ccas", "Centre communal d'action sociale"),
    ("ccas", "Centre communal d'action sociale (CCAS)"),
    ("ccas", "Centres communaux d'action sociale"),
    ("centres_sociaux", "Centre social"),
    (
        "maisons_departementales_solidarites",
        "Maison départementale des solidarités",
    ),
    (
        "maisons_departementales_solidarites",
        "Maison départementale de la solidarité",
    ),
    ("maisons_departementales_solidarites", "MDS"),
    ("bibliotheque_mediatheque", "Bibliothèque"),
    ("bibliotheque_mediatheque", "Médiathèque"),
    (
        "guichet_accueil",
        "Guichet d'accueil d'opérateur de service public",
    ),
    (
        "guichet_accueil",
        "Guichet d'accueil d'opérateur de service public (CAF, France Travail, etc.)",
    ),
    ("associations", "Association"),
    ("communaute_de_communes", "Communautés de Commune"),
    ("communaute_de_communes", "Communautés de communes"),
    ("regie_de_quartier", "Régies de quartier"),
    ("municipalites", "Municipalité"),
    ("municipalites", "Mairie"),
    ("municipalites", "Commune"),
    ("epci", "Intercommunalité (EPCI)"),
    ("epci", "Intercommunalité"),
    ("mission_locale", "Missions locales"),
    ("prefecture_sous_prefecture", "Préfecture, Sous-Préfecture"),
    ("prefecture_sous_prefecture", "Préfecture"),
    ("prefecture_sous_prefecture", "Sous-préfecture"),
    ("cias", "Centre intercommunal d'action sociale"),
    ("gip", "Groupement d'intérêt public"),
    ("tiers_lieu", "Tiers-lieux"),
    ("maison_de_quartier", "Maisons de quartier"),
    ("conseil_departemental", "Conseils Départementaux (CD)"),
    ("conseil_departemental", "Conseils départementaux"),
    ("conseil_departemental", "Département"),
    ("chu", "CHU (hébergement d'urgence)"),
    ("chu", "Centre d'hébergement d'urgence"),
    ("udaf", "Union départementale des associations familiales"),
    ("mjc", "Maison des jeunes et de la culture"),
    ("mjc", "Maison des jeunes et de la culture (MJC)"),
    ("pimms", "PIMMS Médiation"),
    ("msa", "Mutualité Sociale Agricole"),
    ("msa", "Mutualité sociale agricole (MSA)"),
];
