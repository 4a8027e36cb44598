//! Sentences of the candidature form and of its confirmation.

use domain::lien::LienPublic;
use domain::preuve::Entreprise;

use super::tableau::date;

/// Title.
pub const TITRE: &str = "Déposer une candidature";
/// What to expect.
pub const INTRODUCTION: &str = "Décrivez votre structure une fois, puis les professionnels à former. Comptez 5 minutes pour une personne. Vos réponses sont conservées sur cet appareil jusqu’à l’envoi.";
/// Mandatory fields.
pub const OBLIGATOIRES: &str = "Toutes les réponses sont obligatoires, sauf mention « facultatif ».";
/// A draft was found.
pub const BROUILLON_REPRIS: &str =
    "Brouillon repris : vos réponses précédentes, conservées sur cet appareil, sont de nouveau affichées.";
/// A draft was found after a cut.
pub const BROUILLON_ENVOI: &str = "Le dernier envoi n’a pas abouti ou son résultat n’est pas connu. Vous pouvez envoyer de nouveau : la candidature ne sera enregistrée qu’une fois.";
/// Erases the draft.
pub const BROUILLON_EFFACER: &str = "Effacer le brouillon";
/// Read out once erased.
pub const BROUILLON_EFFACE: &str = "Le brouillon est effacé. Le formulaire est vide.";
/// Title of what takes the draft to another device.
pub const AILLEURS: &str = "Reprendre plus tard, ou sur un autre appareil";
/// What the link is.
pub const AILLEURS_AIDE: &str = "Vos réponses sont conservées sur cet appareil. Avec un lien, elles le sont aussi par ce service pendant 30 jours : la personne qui a le lien les retrouve et continue.";
/// Button that asks for the link.
pub const AILLEURS_LIEN: &str = "Obtenir un lien de reprise";
/// What to do with the link.
pub const AILLEURS_GARDEZ: &str = "Gardez ce lien, ou envoyez-le à votre collègue. Ce que vous changez ici y est enregistré au fur et à mesure. Il n’ouvre plus rien une fois la candidature envoyée.";
/// Another draft was begun on this device.
pub const AILLEURS_AUTRE: &str = "Une autre candidature est commencée sur cet appareil, et n’a pas été remplacée : envoyez-la ou effacez son brouillon, puis ouvrez de nouveau le lien.";
/// Button that copies the link.
pub const AILLEURS_COPIER: &str = "Copier le lien";
/// It is copied.
pub const AILLEURS_COPIE: &str = "Le lien est copié.";
/// The browser does not copy.
pub const AILLEURS_A_COPIER: &str = "Votre navigateur ne le copie pas : sélectionnez le lien, puis copiez-le.";
/// Until when the draft is kept.
pub fn ailleurs_jusqu_au(jour: &str) -> String {
    format!("Conservé jusqu’au {}.", super::tableau::date(jour))
}
/// The browser refuses to keep the draft.
pub const BROUILLON_REFUSE: &str =
    "Votre navigateur n’autorise pas la conservation du brouillon : ne fermez pas cette page avant l’envoi.";

/// Section of the structure.
pub const STRUCTURE: &str = "La structure";
/// Field.
pub const STRUCTURE_NOM: &str = "Nom de la structure";
/// Field.
pub const STRUCTURE_TYPE: &str = "Type de structure";
/// Field.
pub const LABEL: &str = "La structure a-t-elle le label France Services ?";
/// The same, in the summary of errors.
pub const LABEL_COURT: &str = "Label France Services";
/// No answer.
pub const LABEL_VIDE: &str = "Répondez par oui ou par non.";
/// Field.
pub const EMAIL_CONTACT: &str = "Adresse e-mail de contact de la structure";
/// Format.
pub const EMAIL_CONTACT_AIDE: &str = "Une boîte partagée convient, par exemple contact@mairie.fr";
/// Field.
pub const ADRESSE: &str = "Adresse";
/// Format.
pub const ADRESSE_AIDE: &str = "Numéro et nom de la voie, par exemple 6 rue de la Mairie";
/// Field.
pub const CODE_POSTAL: &str = "Code postal";
/// Format.
pub const CODE_POSTAL_AIDE: &str = "5 chiffres : la liste des communes s’affiche ensuite";
/// Field.
pub const VILLE: &str = "Commune";
/// When it is typed.
pub const VILLE_AIDE: &str = "Saisissez le code postal d’abord, ou écrivez le début du nom et choisissez dans la liste";
/// Field.
pub const SIRET: &str = "Numéro SIRET";
/// Format.
pub const SIRET_AIDE: &str = "14 chiffres, espaces permis, sur l’avis de situation de la structure. Le nom et l’adresse se remplissent quand l’Annuaire des entreprises répond.";
/// Field.
pub const NUMERO_HABILITATION: &str = "Numéro d’habilitation Aidants Connect";
/// When it is known.
pub const NUMERO_HABILITATION_AIDE: &str = "Seulement si la structure est déjà habilitée";

/// Section of the référent.
pub const REFERENT: &str = "Le référent Aidants Connect";
/// Who it is.
pub const REFERENT_TEXTE: &str = "Cette personne sera l’interlocuteur de la structure. Elle est nécessaire pour la formation Aidants Connect ; vous pouvez la désigner plus tard, mais le financement ne sera pas accordé avant.";
/// Field.
pub const NOM: &str = "Nom";
/// Field.
pub const PRENOM: &str = "Prénom";
/// Field.
pub const PROFESSION: &str = "Profession";
/// Field.
pub const EMAIL: &str = "Adresse e-mail";
/// Field.
pub const TELEPHONE: &str = "Téléphone mobile";
/// Format.
pub const TELEPHONE_AIDE: &str = "Par exemple 06 12 34 56 78";

/// Section of the professionals.
pub const PROFESSIONNELS: &str = "Les professionnels à former";
/// Rules.
pub const PROFESSIONNELS_TEXTE: &str = "De 1 à 50 personnes. Les règles d’éligibilité s’affichent pendant la saisie : un point bloquant n’empêche pas l’envoi, mais le financement ne pourra pas être accordé sans correction.";
/// Format.
pub const EMAIL_PRO_AIDE: &str = "Adresse professionnelle personnelle, par exemple prenom.nom@structure.fr";
/// Field.
pub const FORMATIONS: &str = "Formation souhaitée";
/// Format.
pub const FORMATIONS_AIDE: &str = "Cochez l’une ou les deux";
/// Field.
pub const STATUT: &str = "Statut dans la structure";
/// Field.
pub const CONSEILLER: &str = "Est-ce un conseiller numérique ?";
/// Field.
pub const ACCOMPAGNE: &str = "Aide-t-il régulièrement des usagers à faire leurs démarches en ligne ?";
/// Adds a professional.
pub const AJOUTER: &str = "Ajouter un professionnel";
/// No more may be added.
pub const AJOUTER_MAXIMUM: &str =
    "Une candidature compte 50 professionnels au plus. Envoyez celle-ci, puis déposez-en une autre.";
/// Removes a professional.
pub const RETIRER: &str = "Retirer";
/// Title of the constats.
pub const AVIS_TITRE: &str = "Règles d’éligibilité";
/// Nothing to correct.
pub const AVIS_RAS: &str = "Rien à corriger.";

/// Submit.
pub const ENVOYER: &str = "Envoyer la candidature";
/// While it is sent.
pub const ENVOI: &str = "Envoi en cours…";
/// Data protection.
pub const DONNEES: &str = "Ces informations servent à étudier la demande de formation. Elles sont lues par le récipiendaire de l’enveloppe de votre département et par l’équipe Aidants Connect.";
/// The outcome of the sending is not known.
pub const ENVOI_INCERTAIN: &str = "Vos réponses sont conservées. Envoyez de nouveau dès que la connexion est rétablie : la candidature ne sera enregistrée qu’une fois.";
/// A first sending went through with other answers.
pub const ENVOI_DEJA: &str = "Un premier envoi avait bien été enregistré, avec d’autres réponses. Si vous envoyez de nouveau, une seconde candidature sera créée : ne le faites que si c’est voulu.";
/// No random source.
pub const ENVOI_NAVIGATEUR: &str =
    "Votre navigateur ne permet pas un envoi sûr. Mettez-le à jour, ou utilisez-en un autre.";

/// The link's envelope is not known.
pub const ENVELOPPE_INCONNUE: &str = "Le lien suivi ne mène à aucune enveloppe de formation. Vous pouvez déposer la candidature : elle sera dirigée vers l’enveloppe ouverte de votre département.";
/// The link's envelope is closed.
pub const ENVELOPPE_FERMEE: &str = "L’enveloppe de ce lien ne prend plus de demandes. Vous pouvez déposer la candidature : elle sera dirigée vers l’enveloppe ouverte de votre département.";

/// Title of the confirmation.
pub const RECUE_TITRE: &str = "Candidature enregistrée";
/// Reference.
pub const RECUE_REFERENCE: &str = "Référence à conserver";
/// What happens next.
pub const RECUE_SUITE: &str = "Et maintenant ?";
/// Verdicts.
pub const RECUE_VERDICTS: &str = "Ce que disent les règles d’éligibilité";
/// Nothing to say.
pub const RECUE_RAS: &str = "Tout est en ordre : le récipiendaire prendra sa décision.";
/// No confirmation to show.
pub const RECUE_AUCUNE: &str = "Aucune candidature n’a été envoyée depuis cet onglet. Si vous en avez envoyé une, retrouvez sa référence auprès du récipiendaire de votre département.";
/// Another one.
pub const RECUE_AUTRE: &str = "Déposer une autre candidature";
/// Prints the page.
pub const RECUE_IMPRIMER: &str = "Imprimer cette page";

/// Name of a field of the structure.
pub fn structure(field: &str) -> &'static str {
    match field {
        "nom" => STRUCTURE_NOM,
        "type_structure" => STRUCTURE_TYPE,
        "email_contact" => EMAIL_CONTACT,
        "adresse" => ADRESSE,
        "code_postal" => CODE_POSTAL,
        "siret" => SIRET,
        "numero_habilitation" => NUMERO_HABILITATION,
        _ => STRUCTURE,
    }
}

/// Name of a field of the référent, out of its section.
pub fn referent(field: &str) -> String {
    let label = match field {
        "nom" => NOM,
        "prenom" => PRENOM,
        "profession" => PROFESSION,
        "email" => EMAIL,
        "telephone" => TELEPHONE,
        _ => return REFERENT.to_owned(),
    };
    format!("Référent, {}", label.to_lowercase())
}

/// Name of a field of a professional.
pub fn personne(field: &str) -> &'static str {
    match field {
        "nom" => NOM,
        "prenom" => PRENOM,
        "email" => EMAIL,
        "profession" => PROFESSION,
        "formations" => FORMATIONS,
        "statut" => STATUT,
        "conseiller" => CONSEILLER,
        "accompagne" => ACCOMPAGNE,
        _ => PROFESSIONNELS,
    }
}

/// Name of a field of a professional, out of its section.
pub fn champ_professionnel(rang: usize, label: &str) -> String {
    format!("Professionnel {rang}, {}", label.to_lowercase())
}

/// Heading of a professional.
pub fn professionnel(rang: usize, prenom: &str, nom: &str) -> String {
    let personne = format!("{} {}", prenom.trim(), nom.trim());
    match personne.trim() {
        "" => format!("Professionnel {rang}"),
        personne => format!("Professionnel {rang} : {personne}"),
    }
}

/// Removes this professional.
pub fn retirer(rang: usize) -> String {
    format!("Retirer le professionnel {rang}")
}

/// Read out once removed.
pub fn retire(rang: usize, reste: usize) -> String {
    match reste {
        1 => format!("Le professionnel {rang} est retiré. Il en reste 1."),
        _ => format!("Le professionnel {rang} est retiré. Il en reste {reste}."),
    }
}

/// The SIRET is right.
pub fn siret_valide(siret: &str) -> String {
    format!("Numéro bien formé : {siret}")
}

/// The register is being asked.
pub const ANNUAIRE_INTERROGE: &str = "L’Annuaire des entreprises est interrogé…";
/// The register does not know the SIRET.
pub const ANNUAIRE_INCONNU: &str = "L’Annuaire des entreprises ne connaît pas ce numéro. Vérifiez-le ; s’il est juste, continuez : il sera vérifié plus tard.";
/// The establishment is closed.
pub const ANNUAIRE_FERME: &str =
    "Selon l’annuaire, cet établissement est fermé. Si la structure a déménagé, utilisez son nouveau SIRET.";
/// Button.
pub const ANNUAIRE_REPRENDRE: &str = "Reprendre ce que dit l’annuaire";

/// Who the register says it is.
pub fn annuaire_connait(entreprise: &Entreprise) -> String {
    let Entreprise { nom, code_postal, commune, .. } = entreprise;
    let lieu = format!("{} {code_postal} {commune}", entreprise.voie());
    let qualiopi = if entreprise.qualiopi == Some(true) { " Certifiée Qualiopi." } else { "" };
    format!("Annuaire des entreprises : {nom}, {}.{qualiopi}", lieu.trim())
}

/// What was typed otherwise than the register says.
pub fn annuaire_differe(champs: &[&str]) -> String {
    format!("Vous avez écrit autre chose pour : {}. C’est ce que vous avez écrit qui sera envoyé.", champs.join(", "))
}

/// Read out once the register has answered.
pub fn annuaire_rempli(remplis: &[&str], autres: &[&str]) -> String {
    match (remplis, autres) {
        ([], []) => "L’Annuaire des entreprises dit la même chose.".to_owned(),
        ([], _) => annuaire_differe(autres),
        _ => format!("Rempli d’après l’Annuaire des entreprises : {}.", remplis.join(", ")),
    }
}

/// Read out while a commune is looked for by its name.
pub fn communes_proposees(count: usize) -> String {
    match count {
        0 => "Aucune commune de ce nom.".to_owned(),
        1 => "1 commune proposée : flèche bas puis Entrée pour la choisir.".to_owned(),
        _ => format!("{count} communes proposées : flèche bas pour les parcourir, Entrée pour choisir."),
    }
}

/// Number of communes found.
pub fn communes_trouvees(count: usize) -> String {
    match count {
        0 => "Aucune commune trouvée pour ce code postal : écrivez le nom de la commune.".to_owned(),
        1 => "1 commune trouvée, déjà choisie.".to_owned(),
        _ => format!("{count} communes trouvées : choisissez la vôtre dans la liste."),
    }
}

/// The training a point is about.
pub fn avis_formation(formation: &str) -> String {
    format!("{formation} : ")
}

/// Verdicts of a professional, read out.
pub fn avis_annonce(rang: usize, bloquants: usize, a_verifier: usize) -> String {
    let points = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let parts: Vec<_> = [
        points(bloquants, "point bloquant", "points bloquants"),
        points(a_verifier, "point à vérifier", "points à vérifier"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        format!("Professionnel {rang} : rien à corriger.")
    } else {
        format!("Professionnel {rang} : {}.", parts.join(", "))
    }
}

/// Where the candidature goes, by the link that was followed.
pub fn lien(lien: &LienPublic) -> String {
    let jusque = if lien.ferme_le.is_empty() {
        String::new()
    } else {
        format!(" Ce lien est ouvert jusqu’au {} inclus.", date(&lien.ferme_le))
    };
    format!("{}. {}{jusque}", lien.libelle, enveloppe(&lien.enveloppe.libelle, &lien.enveloppe.recipiendaire))
}

/// The link is not open yet.
pub fn lien_a_venir(jour: &str) -> String {
    format!(
        "Ce lien prendra les candidatures à partir du {}. Vous pouvez remplir le formulaire : il reste sur cet appareil jusqu’à ce jour.",
        date(jour)
    )
}

/// Where the candidature goes.
pub fn enveloppe(libelle: &str, recipiendaire: &str) -> String {
    format!("Votre candidature sera adressée à l’enveloppe « {libelle} » (récipiendaire : {recipiendaire}).")
}

/// Where the candidature went.
pub fn recue_par(enveloppe: Option<&str>, recipiendaire: Option<&str>) -> Option<String> {
    match (enveloppe, recipiendaire) {
        (Some(libelle), Some(nom)) => {
            Some(format!("Elle est adressée à l’enveloppe « {libelle} » (récipiendaire : {nom})."))
        }
        (Some(libelle), None) => Some(format!("Elle est adressée à l’enveloppe « {libelle} ».")),
        (None, Some(nom)) => Some(format!("Elle sera lue par ce récipiendaire : {nom}.")),
        (None, None) => None,
    }
}

/// A demande of the confirmation.
pub fn demande(personne: &str, formation: &str) -> String {
    if personne.is_empty() { formation.to_owned() } else { format!("{personne} – {formation}") }
}
