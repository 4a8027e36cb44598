//! Refusals of values: each with its stable code and the sentence that says what to do.

use crate::values::Refus;

/// Declares refusals: name, code, sentence.
macro_rules! refus {
    ($($nom:ident = $code:literal, $message:literal;)+) => {
        $(#[doc = concat!("`", $code, "`")] pub const $nom: Refus = Refus { code: $code, message: $message };)+
    };
}

refus! {
    SIREN_VIDE = "siren_vide", "Indiquez le numéro SIREN : 9 chiffres.";
    SIREN_CARACTERES = "siren_caracteres", "Le SIREN ne contient que des chiffres : retirez les lettres et les autres signes.";
    SIREN_LONGUEUR = "siren_longueur", "Le SIREN compte exactement 9 chiffres : vérifiez le numéro.";
    SIREN_CLE = "siren_cle", "Ce SIREN n’existe pas : sa clé de contrôle est fausse. Vérifiez chaque chiffre.";
    SIRET_VIDE = "siret_vide", "Indiquez le numéro SIRET de la structure : 14 chiffres, visibles sur l’Annuaire des entreprises.";
    SIRET_CARACTERES = "siret_caracteres", "Le SIRET ne contient que des chiffres : retirez les lettres et les autres signes.";
    SIRET_SCIENTIFIQUE = "siret_notation_scientifique", "Le tableur a abrégé ce SIRET (notation scientifique) et perdu des chiffres. Mettez la colonne au format texte, puis saisissez de nouveau les 14 chiffres.";
    SIRET_TREIZE_CHIFFRES = "siret_13_chiffres", "Ce SIRET n’a que 13 chiffres. S’il commence par un zéro, un tableur l’a sans doute effacé : remettez le zéro au début et la colonne au format texte. Sinon, vérifiez le numéro.";
    SIRET_EST_UN_SIREN = "siret_est_un_siren", "Ce numéro à 9 chiffres est un SIREN. Indiquez le SIRET de l’établissement : les mêmes 9 chiffres suivis de 5 autres.";
    SIRET_TROP_COURT = "siret_trop_court", "Ce SIRET est trop court : il doit compter 14 chiffres.";
    SIRET_TROP_LONG = "siret_trop_long", "Ce SIRET est trop long : il doit compter 14 chiffres.";
    SIRET_ZEROS = "siret_zeros", "Un SIRET fait de zéros n’existe pas : indiquez celui de la structure, visible sur l’Annuaire des entreprises.";
    SIRET_CLE = "siret_cle", "Ce SIRET n’existe pas : sa clé de contrôle est fausse. Vérifiez chaque chiffre, un seul est peut-être mal recopié.";
    EMAIL_VIDE = "email_vide", "Indiquez une adresse e-mail, par exemple prenom.nom@structure.fr.";
    EMAIL_TROP_LONG = "email_trop_long", "Cette adresse e-mail est trop longue : 254 signes au plus.";
    EMAIL_ESPACE = "email_espace", "Une adresse e-mail ne contient pas d’espace : retirez-le, et n’indiquez qu’une adresse.";
    EMAIL_SANS_AROBASE = "email_sans_arobase", "Il manque le signe @ : une adresse e-mail s’écrit comme prenom.nom@structure.fr.";
    EMAIL_PLUSIEURS_AROBASES = "email_plusieurs_arobases", "Une adresse e-mail ne contient qu’un signe @ : n’indiquez qu’une adresse.";
    EMAIL_ACCENT = "email_accent", "Une adresse e-mail s’écrit sans accent ni signe spécial : vérifiez-la.";
    EMAIL_LOCALE = "email_locale", "Ce qui précède le signe @ n’est pas correct : vérifiez les points et les signes.";
    EMAIL_DOMAINE = "email_domaine", "Ce qui suit le signe @ n’est pas correct : il faut un nom de domaine complet, comme structure.fr.";
    TELEPHONE_VIDE = "telephone_vide", "Indiquez un numéro de téléphone à 10 chiffres.";
    TELEPHONE_CARACTERES = "telephone_caracteres", "Un numéro de téléphone ne contient que des chiffres, des espaces et un + au début.";
    TELEPHONE_ZERO_PERDU = "telephone_zero_perdu", "Ce numéro n’a que 9 chiffres : le zéro du début a sans doute été effacé par un tableur. Remettez-le.";
    TELEPHONE_LONGUEUR = "telephone_longueur", "Ce numéro n’a pas le bon nombre de chiffres : 10 en France, par exemple 06 12 34 56 78.";
    TELEPHONE_FORME = "telephone_forme", "Ce numéro n’existe pas en France : vérifiez ses premiers chiffres.";
    TELEPHONE_ETRANGER = "telephone_etranger", "Indiquez un numéro français (+33) ou d’outre-mer (+262, +508, +590, +594, +596).";
    NOM_VIDE = "nom_vide", "Indiquez le nom et le prénom.";
    NOM_TROP_LONG = "nom_trop_long", "Ce nom est trop long : 150 signes au plus.";
    NOM_CHIFFRE = "nom_chiffre", "Un nom ne contient pas de chiffre : vérifiez ce champ.";
    NOM_SIGNE = "nom_signe", "Un nom s’écrit avec des lettres, des espaces, des traits d’union et des apostrophes : retirez les autres signes.";
    CODE_POSTAL_VIDE = "code_postal_vide", "Indiquez le code postal : 5 chiffres.";
    CODE_POSTAL_CARACTERES = "code_postal_caracteres", "Le code postal ne contient que 5 chiffres : retirez les lettres et les mentions comme CEDEX.";
    CODE_POSTAL_QUATRE_CHIFFRES = "code_postal_4_chiffres", "Ce code postal n’a que 4 chiffres : le zéro du début a sans doute été effacé par un tableur. Remettez-le, par exemple 01000.";
    CODE_POSTAL_LONGUEUR = "code_postal_longueur", "Le code postal compte exactement 5 chiffres.";
    CODE_POSTAL_INCONNU = "code_postal_inconnu", "Aucun code postal ne commence par 00 : vérifiez-le.";
    CODE_POSTAL_DEPARTEMENT = "code_postal_departement", "Ce code postal ne correspond à aucun département français : vérifiez ses premiers chiffres.";
    CODE_INSEE_VIDE = "code_insee_vide", "Indiquez le code INSEE de la commune : 5 signes, par exemple 01053 ou 2A004.";
    CODE_INSEE_QUATRE_CHIFFRES = "code_insee_4_chiffres", "Ce code INSEE n’a que 4 chiffres : le zéro du début a sans doute été effacé par un tableur. Remettez-le, par exemple 01053.";
    CODE_INSEE_FORME = "code_insee_forme", "Un code INSEE compte 5 signes, par exemple 01053 ou 2A004 : vérifiez-le. Ce n’est pas le code postal.";
    CODE_INSEE_DEPARTEMENT = "code_insee_departement", "Ce code INSEE ne correspond à aucun département : vérifiez ses premiers chiffres.";
    DEPARTEMENT_VIDE = "departement_vide", "Indiquez le département, par exemple 01, 2A ou 974.";
    DEPARTEMENT_ZERO_PERDU = "departement_zero_perdu", "Ce code de département n’a qu’un chiffre : le zéro du début a sans doute été effacé par un tableur. Remettez-le, par exemple 01.";
    DEPARTEMENT_INCONNU = "departement_inconnu", "Ce département est inconnu : indiquez son code, par exemple 01, 2A ou 974.";
    TEXTE_VIDE = "champ_vide", "Remplissez ce champ.";
    TEXTE_TROP_LONG = "champ_trop_long", "Ce texte est trop long : raccourcissez-le.";
    TEXTE_CONTROLE = "champ_signe_invisible", "Ce texte contient des signes invisibles : saisissez-le de nouveau au clavier.";
    DATE_VIDE = "date_vide", "Indiquez une date, par exemple 31/12/2026.";
    DATE_FORME = "date_forme", "Cette date n’est pas reconnue : écrivez-la comme 31/12/2026 ou 2026-12-31.";
    DATE_ANNEE_COURTE = "date_annee_courte", "Écrivez l’année avec quatre chiffres, par exemple 31/12/2026.";
    DATE_INEXISTANTE = "date_inexistante", "Ce jour n’existe pas : vérifiez le jour, le mois et l’année.";
    TYPE_STRUCTURE_VIDE = "type_structure_vide", "Choisissez le type de structure.";
    TYPE_STRUCTURE_INCONNU = "type_structure_inconnu", "Ce type de structure est inconnu : choisissez-en un dans la liste, ou « autre ».";
    PROFESSIONNELS_AUCUN = "professionnels_aucun", "Ajoutez au moins un professionnel à former.";
    PROFESSIONNELS_TROP = "professionnels_trop", "Une candidature porte sur 50 professionnels au plus : envoyez les autres dans une seconde candidature.";
    PROFESSIONNEL_EMAIL_PARTAGE = "email_partage", "Cette adresse e-mail est déjà celle d’un autre professionnel de la candidature : indiquez une adresse propre à chacun.";
    PROFESSIONNEL_REPETE = "professionnel_repete", "Ce professionnel figure déjà dans la candidature : réunissez ses formations sur une seule ligne.";
    FORMATIONS_AUCUNE = "formations_aucune", "Choisissez au moins une formation.";
    FORMATIONS_REPETEES = "formations_repetees", "La même formation est choisie deux fois : ne la gardez qu’une fois.";
    LIEN_FORME = "lien_forme", "Le lien de candidature n’est pas complet : ouvrez de nouveau celui que vous avez reçu.";
    LIEN_OU_ENVELOPPE = "lien_ou_enveloppe", "Donnez le lien ou l’enveloppe, pas les deux.";
    ENVELOPPE_FORME = "enveloppe_forme", "Le lien de candidature n’est pas complet : ouvrez de nouveau celui que vous avez reçu, ou retirez l’enveloppe.";
}
