//! French sentences of imports.

use domain::import::{CleImport, EtatImport, StatutLigne};

use super::milliers;

/// Title of the screen.
pub const IMPORT: &str = "Importer des demandes";
/// The steps of an import.
pub const ETAPES_IMPORT: [&str; 4] = ["Fichier", "Colonnes et clé", "Aperçu des différences", "Import"];
/// What may be imported.
pub const IMPORT_AIDE: &str = "Fichiers CSV, NDJSON, XLSX (Excel) ou ODS (LibreOffice). La première ligne donne le nom des colonnes : \
    ceux du tableau de gestion ou ceux du tableau Grist sont reconnus.";
/// Label of the file.
pub const FICHIER: &str = "Choisir un fichier";
/// Where to drop.
pub const DEPOSER: &str = "ou déposez-le ici";
/// No such format.
pub const FORMAT_REFUSE: &str =
    "Ce format n’est pas accepté : enregistrez le fichier en CSV, NDJSON, XLSX ou ODS, puis choisissez-le de nouveau.";
/// Empty file.
pub const FICHIER_VIDE: &str = "Ce fichier est vide : choisissez-en un autre.";
/// No file yet.
pub const FICHIER_MANQUE: &str = "Choisissez d’abord un fichier.";
/// While the file is being sent.
pub const ENVOI: &str = "Envoi du fichier en cours : gardez cette page ouverte.";
/// Title of the bar of the sending.
pub const ENVOI_BARRE: &str = "Envoi du fichier";
/// Everything has left.
pub const ENVOI_RECU: &str = "Le fichier est parti : le service le vérifie.";
/// Button of the rehearsal.
pub const ESSAI: &str = "Faire un essai à blanc";
/// What the rehearsal does.
pub const ESSAI_AIDE: &str = "L’essai à blanc vérifie tout le fichier et n’écrit rien. Vous décidez ensuite.";
/// Button of the real import.
pub const POUR_DE_BON: &str = "Importer pour de bon";
/// Done without the file at hand.
pub const RECHOISIR: &str = "Pour importer ce fichier pour de bon, choisissez-le de nouveau sur la page d’import.";
/// Link to the import screen.
pub const AUTRE_FICHIER: &str = "Importer un autre fichier";
/// Button that stops.
pub const ANNULER_IMPORT: &str = "Arrêter cet import";
/// Button that undoes.
pub const DEFAIRE: &str = "Défaire cet import";
/// Title of the confirmation.
pub const DEFAIRE_TITRE: &str = "Défaire cet import ?";
/// What undoing does.
pub const DEFAIRE_SUITE: &str =
    "Les demandes qu’il a ajoutées sont supprimées et celles qu’il a modifiées reprennent leur valeur d’avant.";
/// Done.
pub const DEFAIT: &str = "L’import est défait.";
/// Title of the progress bar.
pub const PROGRESSION: &str = "Lecture du fichier";
/// Title of the report.
pub const RAPPORT: &str = "Résultat";
/// Title of rejected lines.
pub const REJETS: &str = "Lignes refusées";
/// Only the first are shown.
pub fn rejets_premiers(montrees: u64, toutes: u64) -> String {
    format!(
        "Seules les {} premières des {} lignes refusées sont affichées ci-dessous : le fichier les contient toutes.",
        milliers(montrees),
        milliers(toutes)
    )
}
/// Too many lines to look for the rejected ones.
pub const REJETS_FICHIER: &str =
    "Au-delà de 200 000 lignes lues, les refus ne sont pas affichés ici : le fichier les contient tous.";
/// Button that downloads the rejected lines.
pub const TELECHARGER_REJETS: &str = "Télécharger les lignes refusées";
/// What to do with them.
pub const REJETS_SUITE: &str =
    "Corrigez ce fichier dans ses colonnes d’origine, puis importez-le : la colonne « erreur » sera ignorée.";
/// Its name, when the server gives none.
pub const NOM_FICHIER_REJETS: &str = "lignes-refusees.csv";
/// Link to the whole report.
pub const TELECHARGER_RAPPORT: &str = "Télécharger le rapport complet, ligne à ligne (NDJSON)";
/// Its name.
pub const NOM_FICHIER_RAPPORT: &str = "rapport-import.ndjson";
/// Unknown columns.
pub const FEUILLES_IGNOREES: &str = "Autres feuilles du classeur, qui ne sont pas lues";
/// Columns of the file that were not recognised.
pub const COLONNES_INCONNUES: &str = "Colonnes du fichier non reconnues, donc ignorées";
/// Header of the lines.
pub const LIGNE: &str = "Ligne";
/// Header of the columns.
pub const COLONNE: &str = "Colonne";
/// Header of the values.
pub const VALEUR: &str = "Valeur lue";
/// Header of the sentences.
pub const A_FAIRE: &str = "Ce qu’il faut corriger";
/// Button that asks for the headers.
pub const VERIFIER_COLONNES: &str = "Vérifier les colonnes";
/// Title of the headers.
pub const COLONNES_DU_FICHIER: &str = "Colonnes du fichier";
/// What was chosen for a file with the same headers is shown.
pub const CHOIX_REPRIS: &str = "Vos choix du dernier fichier qui avait ces en-têtes sont repris : vérifiez-les.";
/// What is chosen will be remembered.
pub const CHOIX_RETENUS: &str = "Les en-têtes reconnus sont déjà placés. Ce que vous choisissez ici servira pour vos prochains fichiers de mêmes en-têtes.";
/// Header of the headers.
pub const ENTETE: &str = "En-tête";
/// Header of the examples.
pub const EXEMPLES: &str = "Exemples";
/// Header of the choices.
pub const COLONNE_DU_TABLEAU: &str = "Colonne du tableau de gestion";
/// The column is left out.
pub const NE_PAS_LIRE: &str = "Ne pas importer";
/// Identifier of a demande.
pub const IDENTIFIANT: &str = "Identifiant de la demande (export)";
/// Version of a demande.
pub const VERSION: &str = "Version de la demande (export)";
/// What tells a demande from another.
pub const CLE: &str = "Une ligne désigne une demande qui existe quand elle a";
/// Its hint.
pub const CLE_AIDE: &str = "Sans identifiant dans le fichier.";
/// Title of what changes.
pub const DIFFERENCES: &str = "Modifications, cellule par cellule";
/// Header of the values before.
pub const AVANT_IMPORT: &str = "Avant";
/// Header of the values after.
pub const APRES_IMPORT: &str = "Après";
/// Only the first lines are shown.
pub const DIFFERENCES_PREMIERES: &str =
    "Les premières lignes modifiées sont affichées ; le rapport complet les contient toutes.";

/// Label of the choice of a header.
pub fn colonne_de(entete: &str) -> String {
    format!("Colonne pour « {entete} »")
}

/// What tells a demande from another.
pub const fn cle(cle: CleImport) -> &'static str {
    match cle {
        CleImport::Complete => "le même SIRET, la même adresse e-mail et la même formation",
        CleImport::SansSiret => "la même adresse e-mail et la même formation, quel que soit le SIRET",
    }
}

/// Title of the list.
pub const MES_IMPORTS: &str = "Imports précédents";
/// What a row does.
pub const MES_IMPORTS_AIDE: &str =
    "Le plus récent d’abord, essais compris. Entrée, ou un clic, ouvre le rapport d’un import.";
/// Columns of the list.
pub const RECU_LE: &str = "Reçu le";
/// State.
pub const ETAT_IMPORT: &str = "État";
/// Format.
pub const FORMAT: &str = "Format";
/// Lines read.
pub const LIGNES: &str = "Lignes";
/// Created.
pub const AJOUTEES: &str = "Ajoutées";
/// Changed.
pub const MODIFIEES: &str = "Modifiées";
/// Refused.
pub const REFUSEES: &str = "Refusées";

/// State of an import, in a cell.
pub const fn etat_court(etat: EtatImport, essai: bool) -> &'static str {
    match (etat, essai) {
        (EtatImport::EnAttente, _) => "En attente",
        (EtatImport::EnCours, _) => "En cours",
        (EtatImport::Termine, true) => "Essai",
        (EtatImport::Termine, false) => "Terminé",
        (EtatImport::Annule, _) => "Arrêté",
        (EtatImport::Echoue, _) => "Échoué",
        (EtatImport::Defait, _) => "Défait",
    }
}

/// Link to what was imported.
pub const VOIR_TABLEAU: &str = "Voir le tableau de gestion";
/// A rehearsal.
pub const EST_UN_ESSAI: &str = "Essai à blanc : rien n’a été écrit.";
/// Envelope of the lines.
pub const ENVELOPPE_IMPORT: &str = "Enveloppe où ranger les demandes";
/// Its hint.
pub const ENVELOPPE_IMPORT_AIDE: &str = "Sans choix, chaque demande va à l’enveloppe ouverte de son département.";

/// Which step this is.
pub fn etape_sur(rang: usize, nombre: usize) -> String {
    format!("Étape {rang} sur {nombre}")
}

/// What comes after it.
pub fn etape_suivante(nom: &str) -> String {
    format!("Étape suivante : {nom}")
}

/// The chosen file.
pub fn fichier_choisi(nom: &str, octets: u64) -> String {
    format!("{nom} ({})", taille(octets))
}

/// « 3,4 Mo ».
pub fn taille(octets: u64) -> String {
    let (unite, nom) = match octets {
        0..2 => return format!("{octets} octet"),
        2..1_000 => return format!("{octets} octets"),
        1_000..1_000_000 => (1_000, "ko"),
        _ => (1_000_000, "Mo"),
    };
    format!("{},{} {nom}", octets / unite, octets % unite * 10 / unite)
}

/// « 3,4 Mo envoyés sur 12,0 Mo ».
pub fn envoye(partis: u64, total: u64) -> String {
    format!("{} envoyés sur {}", taille(partis), taille(total))
}

/// State of an import.
pub const fn etat(etat: EtatImport) -> &'static str {
    match etat {
        EtatImport::EnAttente => "En attente : l’import va commencer.",
        EtatImport::EnCours => "En cours de lecture.",
        EtatImport::Termine => "Terminé.",
        EtatImport::Annule => "Arrêté à votre demande : rien n’a été gardé.",
        EtatImport::Echoue => "Échoué : le fichier n’a pas pu être lu jusqu’au bout.",
        EtatImport::Defait => "Défait : le tableau est comme avant cet import.",
    }
}

/// Counter of lines, by what became of them; a rehearsal says what would.
pub const fn compteur(statut: StatutLigne, essai: bool) -> &'static str {
    match (statut, essai) {
        (StatutLigne::Creee, false) => "ajoutées",
        (StatutLigne::Creee, true) => "à ajouter",
        (StatutLigne::Modifiee, false) => "modifiées",
        (StatutLigne::Modifiee, true) => "à modifier",
        (StatutLigne::Inchangee, _) => "déjà à jour",
        (StatutLigne::Rejetee, false) => "refusées",
        (StatutLigne::Rejetee, true) => "seraient refusées",
    }
}

/// « 12 000 lignes lues (34 %) ».
pub fn avancement(lignes: u64, pour_cent: u64) -> String {
    format!("{} lignes lues ({pour_cent} %)", milliers(lignes))
}
