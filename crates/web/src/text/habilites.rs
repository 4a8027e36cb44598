//! Sentences about the list of the professionals who are habilitated already.

use domain::error::FieldError;
use domain::habilite::{Habilite, ListeHabilites};

use super::tableau::milliers;

/// Title of the screen, and its entry in the menu.
pub const HABILITES: &str = "Déjà habilités";
/// What the list is for.
pub const AIDE: &str = "Ces professionnels sont déjà habilités à Aidants Connect : ils n’ont pas à suivre de nouveau la formation. S’ils souhaitent y revenir, \
                        proposez-leur le ré-embarquement et l’auto-formation, gratuits.";
/// Words looked for.
pub const MOTS: &str = "Nom, adresse, structure, ville ou SIRET";
/// Département looked for.
pub const DEPARTEMENT: &str = "Code du département";
/// Any département.
pub const DEPARTEMENT_AIDE: &str = "Par exemple 01 ou 2A ; vide pour tous.";
/// Searches.
pub const CHERCHER: &str = "Chercher";
/// Nobody was found.
pub const AUCUN: &str = "Personne ne correspond. Si la liste de votre département n’a pas été donnée, l’équipe Aidants Connect peut le faire.";
/// Takes the file away.
pub const EXPORTER: &str = "Télécharger ces personnes (CSV)";
/// Section that gives the list.
pub const DONNER: &str = "Donner la liste";
/// What it does.
pub const DONNER_AIDE: &str = "Un fichier CSV en UTF-8, avec au moins nom, prénom, structure et département. Il remplace toute la liste de chaque département \
                               qu’il contient, et les demandes de ces départements sont vérifiées de nouveau.";
/// The file.
pub const FICHIER: &str = "Fichier CSV";
/// No file.
pub const FICHIER_MANQUE: &str = "Choisissez un fichier.";
/// Sends it.
pub const REMPLACER: &str = "Remplacer la liste";

/// Who somebody is and where.
pub fn qui(un: &Habilite) -> String {
    format!("{} {} – {}", un.prenom, un.nom, un.structure_nom)
}

/// What she did.
pub fn activite(un: &Habilite) -> String {
    let pluriel = |nombre: i64| if nombre > 1 { "s" } else { "" };
    let faites = if un.demarches > 1 { "réalisées" } else { "réalisée" };
    let mut dit = vec![
        format!("{} mandat{} créé{}", un.mandats, pluriel(un.mandats), pluriel(un.mandats)),
        format!("{} démarche{} {faites}", un.demarches, pluriel(un.demarches)),
    ];
    if !un.profession.is_empty() {
        dit.insert(0, un.profession.clone());
    }
    dit.join(" · ")
}

/// Where the structure is.
pub fn structure(un: &Habilite) -> String {
    let adresse = [un.adresse.as_str(), un.code_postal.as_str(), un.ville.as_str()];
    let adresse: Vec<&str> = adresse.into_iter().filter(|mots| !mots.is_empty()).collect();
    let parties = [un.structure_type.clone(), adresse.join(" "), format!("département {}", un.departement)];
    parties.into_iter().filter(|mots| !mots.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The référent, if the list says who it is.
pub fn referent(un: &Habilite) -> Option<String> {
    let nom = format!("{} {}", un.referent_prenom, un.referent_nom).trim().to_owned();
    let parties = [nom, un.referent_profession.clone(), un.referent_email.clone()];
    let dites: Vec<String> = parties.into_iter().filter(|mots| !mots.is_empty()).collect();
    (!dites.is_empty()).then(|| format!("Référent : {}", dites.join(", ")))
}

/// What is wrong with a cell: the line and the column, then why.
pub fn refus(refus: &FieldError) -> String {
    let mut ou = refus.champ.split('/').skip(1);
    let (ligne, colonne) = (ou.next().unwrap_or_default(), ou.next().unwrap_or_default());
    let colonne = if colonne.is_empty() { String::new() } else { format!(", colonne {colonne}") };
    format!("Ligne {ligne}{colonne} : {}", refus.message)
}

/// What became of the list.
pub fn donnee(liste: &ListeHabilites) -> String {
    let lignes = milliers(u64::try_from(liste.lignes).unwrap_or_default());
    let avant = milliers(u64::try_from(liste.remplacees).unwrap_or_default());
    format!("Liste remplacée : {lignes} personnes ({avant} avant), départements {}.", liste.departements.join(", "))
}
