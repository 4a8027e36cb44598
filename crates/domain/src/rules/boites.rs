//! Words of shared mailboxes, mailboxes sold to the public, and the closed domain: what rule ELI-4 knows by heart.

/// Domain of the conseillers numériques, closed: nobody reads its mail.
const DOMAINE_FERME: &str = "conseiller-numerique.fr";

/// Shortest word recognised inside a glued one (`accueilmairie`); shorter ones must stand alone (`rh`).
pub(super) const LONGUEUR_COLLEE: usize = 4;

/// Whether a domain is the closed one or under it.
pub(super) fn est_domaine_ferme(domaine: &str) -> bool {
    domaine == DOMAINE_FERME || domaine.strip_suffix(DOMAINE_FERME).is_some_and(|reste| reste.ends_with('.'))
}

/// Whether a domain gives mailboxes to anybody.
pub(super) fn est_messagerie(domaine: &str) -> bool {
    MESSAGERIES.contains(&domaine)
}

/// Words of shared mailboxes that begin with this letter.
#[rustfmt::skip]
pub(super) const fn mots(initiale: u8) -> &'static [&'static str] {
    match initiale {
        b'a' => A,
        b'b' => B,
        b'c' => C,
        b'd' => D,
        b'e' => E,
        b'f' => F,
        b'g' => G,
        b'h' => &["hopital", "hoteldeville", "hebergement", "habitat", "helpdesk", "handicap", "hlm"],
        b'i' => &["info", "infos", "information", "informations", "informatique", "inscription", "inscriptions", "insertion", "inclusion", "intercommunalite", "international", "interco"],
        b'j' => &["jeunesse", "jeune", "jeunes", "jobs", "juridique", "justice"],
        b'l' => &["ludotheque", "logement", "location", "logistique", "lycee", "labo", "local", "locale", "lieu"],
        b'm' => M,
        b'n' => &["noreply", "numerique", "nepasrepondre", "newsletter", "nouvelles"],
        b'o' => &["office", "officedetourisme", "organisme", "orientation", "ouverture", "otsi"],
        b'p' => P,
        b'q' => &["qualite", "question", "questions", "quartier"],
        b'r' => R,
        b's' => S,
        b't' => &["tourisme", "travaux", "transport", "transports", "tresorerie", "technique", "techniques", "telephone", "tierslieu", "tiers", "titres", "travail", "test", "team"],
        b'u' => &["urbanisme", "udaf", "usagers", "usager", "union", "unite", "utilisateur"],
        b'v' => &["ville", "viesociale", "viescolaire", "vie", "ventes", "vente", "village", "voirie", "vacances"],
        b'w' => &["webmaster", "welcome", "web"],
        _ => &[],
    }
}

#[rustfmt::skip]
const A: &[&str] = &[
    "accueil", "acceuil", "accueils", "acces", "accompagnement", "achat", "achats", "action", "actions", "actionsociale", "adjoint",
    "adjointe", "adm", "admin", "administratif", "administration", "adresse", "affaires", "agence", "agenceposte", "agent", "agents",
    "aide", "aides", "aidant", "aidants", "aidantconnect", "aidantsconnect", "animation", "animateur", "animatrice", "antenne", "apc",
    "asso", "association", "associations", "assistance", "assistant", "assistante", "assurance", "atelier", "ateliers", "autonomie",
];
#[rustfmt::skip]
const B: &[&str] = &[
    "bal", "bibliotheque", "biblio", "boite", "bonjour", "boutique", "budget", "bureau", "bus", "bienvenue", "bailleur",
];
#[rustfmt::skip]
const C: &[&str] = &[
    "cabinet", "cabinetdumaire", "caf", "caisse", "campus", "candidature", "candidatures", "cantine", "ccas", "cdc", "cias", "centre",
    "centres", "chef", "chrs", "chu", "cia", "citoyennete", "civil", "cnfs", "cnum", "collectif", "collectivite", "college", "com", "comite",
    "commande", "commercial", "commun", "communal", "commune", "communes", "communaute", "communication", "compta", "comptabilite",
    "conciergerie", "connect", "conseil", "conseiller", "conseillere", "conseillernumerique", "contact", "contacts", "contactez",
    "convention", "coordinateur", "coordination", "coordinatrice", "coordo", "courriel", "courrier", "creche", "csc", "csx", "cuisine",
    "culture", "culturel", "cyberbase", "cyber",
];
#[rustfmt::skip]
const D: &[&str] = &[
    "defense", "delegation", "delegue", "demarche", "demarches", "departement", "departemental", "dg", "dga", "dgs", "dir",
    "directeur", "direction", "directrice", "dirigeant", "domicile", "don", "dpo", "drh", "dsi", "ddets", "ddcs", "digital",
];
#[rustfmt::skip]
const E: &[&str] = &[
    "ecole", "ecoles", "economie", "ecoute", "education", "ehpad", "elections", "election", "elu", "elus", "elue", "email", "emploi",
    "enfance", "entraide", "epicerie", "epn", "equipe", "equipes", "esat", "espace", "espaces", "espacenumerique", "etatcivil", "etat",
    "etudes", "evenement", "evenements", "encadrement",
];
#[rustfmt::skip]
const F: &[&str] = &[
    "facturation", "factures", "famille", "familles", "federation", "fermeture", "finance", "finances", "foot", "forum", "fondation",
    "formation", "formations", "fournisseur", "foyer", "france", "franceservice", "franceservices", "francetravail", "fs", "fse", "fete",
];
#[rustfmt::skip]
const G: &[&str] = &["garderie", "general", "generale", "gestion", "gestionnaire", "gip", "groupe", "groupement", "guichet", "gouvernance"];
#[rustfmt::skip]
const M: &[&str] = &[
    "mail", "mailbox", "maintenance", "mairie", "mairies", "maire", "maison", "maisons", "marches", "marchespublics", "master", "mds",
    "mediateur", "mediation", "mediatrice", "mediatheque", "medico", "medical", "message", "messagerie", "mfs", "mission",
    "missionlocale", "missions", "mjc", "mobilite", "msa", "msap", "multiaccueil", "municipal", "municipale", "municipalite", "musee",
    "mutualite",
];
#[rustfmt::skip]
const P: &[&str] = &[
    "paie", "paye", "parents", "partenaires", "partenariat", "patrimoine", "permanence", "perisco", "periscolaire", "personnel",
    "petiteenfance", "petite", "piscine", "pimms", "plateforme", "pmi", "point", "pointinfo", "pole", "police", "policemunicipale",
    "population", "poste", "postal", "postale", "postmaster", "pref", "prefecture", "presidence", "president", "presidente", "presse", "prestation",
    "prestations", "prevention", "projet", "projets", "protection", "proximite", "public", "publics", "publique", "publiques",
];
#[rustfmt::skip]
const R: &[&str] = &[
    "rdv", "reception", "recrutement", "referent", "referente", "regie", "region", "relais", "relations", "renseignement",
    "renseignements", "reservation", "reservations", "reseau", "residence", "resident", "responsable", "ressources", "restaurant",
    "restauration", "retraite", "reussite", "rh", "rpe", "rsa", "root",
];
#[rustfmt::skip]
const S: &[&str] = &[
    "sante", "scolaire", "scolarite", "secretaire", "secretaires", "secretairemairie", "secretariat", "secretariats", "secretariatgeneral", "secr", "sec", "seniors",
    "service", "services", "sg", "siege", "sites", "site", "sivom", "social", "sociale", "sociales", "sociaux", "solidaire",
    "solidarite", "solidarites", "souspref", "sousprefecture", "sous", "sport", "sports", "stage", "standard", "structure",
    "support", "syndicat", "syndicats", "soutien",
];

/// Words that join or place others and say nothing by themselves.
#[rustfmt::skip]
pub(super) const LIAISONS: &[&str] = &[
    "de", "du", "des", "la", "le", "les", "en", "sur", "sous", "au", "aux", "et", "pour", "par", "saint", "sainte", "st", "ste", "notre",
    "nos", "votre", "fr", "ext", "bis",
];

/// Mailboxes sold or given to the public, in France mostly.
#[rustfmt::skip]
const MESSAGERIES: &[&str] = &[
    "9business.fr", "9online.fr", "akeonet.com", "aliceadsl.fr", "aol.com", "aol.fr", "bbox.fr", "caramail.com",
    "caramail.fr", "cegetel.net", "club-internet.fr", "dartybox.com", "dbmail.com", "fastmail.com", "francetelecom.net", "free.fr",
    "freesbee.fr", "gmail.com", "gmail.fr", "gmx.com", "gmx.fr", "gmx.net", "googlemail.com", "hotmail.be", "hotmail.com", "hotmail.fr",
    "hushmail.com", "icloud.com", "ifrance.com", "infonie.fr", "lagoon.nc", "laposte.net", "libertysurf.fr", "live.be",
    "live.com", "live.fr", "mac.com", "mail.com", "mail.pf", "mail.ru", "mailo.com", "mailo.fr", "me.com", "mediaserv.net", "mel.fr",
    "msn.com", "net-c.com", "net-c.fr", "netcourrier.com", "neuf.fr", "noos.fr", "nordnet.fr", "numericable.com", "numericable.fr",
    "only.fr", "orange.fr", "outlook.com", "outlook.fr", "ozone.net", "pm.me", "proton.me", "protonmail.ch", "protonmail.com",
    "rocketmail.com", "sfr.fr", "skynet.be", "tele2.fr", "tiscali.fr", "tuta.io", "tutanota.com", "voila.fr", "wanadoo.fr", "worldonline.fr",
    "yahoo.be", "yahoo.com", "yahoo.fr", "yandex.com", "ymail.com", "zaclys.net", "zoho.com",
];
