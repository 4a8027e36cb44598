//! The French sentences of the server that are not about a rule, a value or a kind of problem (those are in `domain`).

pub mod accounts;
pub mod command;
pub mod engagements;
pub mod grist;
pub mod journal;
pub mod lots;
pub mod mails;
pub mod oauth;
pub mod pages;
pub mod schemas;

/// The secret of a draft opens none, or none any more.
pub const DRAFT_GONE: &str = "Ce brouillon n’existe pas, ou n’est plus gardé : commencez une nouvelle candidature.";
/// Too many drafts are kept.
pub const DRAFTS_FULL: &str =
    "Ce service garde déjà trop de brouillons : le vôtre reste sur cet appareil, recommencez demain pour un lien.";
/// A NUL character was found.
pub const NUL: &str = "Le caractère nul (U+0000) n’est pas accepté : retirez-le du texte.";
/// The body stopped before its announced end, or its chunks are malformed.
pub const BODY_CUT: &str =
    "Le contenu s’est interrompu avant la fin annoncée (Content-Length ou morceaux) : renvoyez-le en entier.";
/// A list is not sent as CSV.
pub const CSV_ONLY: &str = "Envoyez le fichier en CSV, en UTF-8, avec l’en-tête Content-Type: text/csv.";
/// The body is compressed.
pub const ENCODED_BODY: &str = "Le contenu compressé (Content-Encoding) n’est pas accepté ici : envoyez-le tel quel.";
/// A page of another site asks for a change.
pub const FOREIGN_PAGE: &str = "Cette demande vient d’une page d’un autre site : recommencez depuis les pages de ce service, ou avec un jeton d’API.";
/// `If-Match` is not a version.
pub const IF_MATCH: &str = "Donnez la version lue, entre guillemets, telle que reçue dans l’en-tête ETag : \"3\".";
/// `Idempotency-Key` is ill-formed.
pub const IDEMPOTENCY_KEY: &str =
    "La clé compte de 8 à 128 caractères parmi les lettres sans accent, les chiffres et - _ . : ; un UUID convient.";
/// A parameter is none of the values that it may have.
pub const CHOICE: &str = "Cette valeur n’est pas l’une de celles que ce paramètre accepte : voyez sa description.";
/// A search is too long.
pub const WORDS_TOO_LONG: &str = "La recherche est trop longue : gardez les mots importants.";
/// A dashboard is read, or kept as a file.
pub const DASHBOARD_FORMAT: &str = "Un tableau de bord se demande en `json` ou en `csv`.";
/// A report is a file.
pub const REPORT_FORMAT: &str = "Un rapport se demande en `pdf` ou en `xlsx`.";
/// Too many reports are being written.
pub const REPORTS_BUSY: &str = "Trop de rapports sont en cours : recommencez dans un instant.";
/// A postal code has five digits.
pub const POSTAL_CODE: &str = "Un code postal compte cinq chiffres.";
/// An entry of the journal.
pub const ENTRY: &str = "Donnez le numéro d’une entrée déjà reçue, 0 pour tout relire.";
/// Step between landmarks.
pub const LANDMARK_STEP: &str = "Le pas va de 50 à 10 000 lignes.";
/// A deleted demande cannot be changed.
pub const DELETED: &str = "Cette demande est supprimée : restaurez-la avant de la modifier.";
/// A field that is given once, with a new demande.
pub fn fixed_field(name: &str) -> String {
    format!("Le champ « {name} » d’une demande ne se modifie pas ici : retirez-le.")
}
/// The envelope is unknown or out of reach.
pub const UNKNOWN_ENVELOPE: &str =
    "Cette enveloppe n’existe pas ou n’est pas à votre portée : choisissez l’une des vôtres.";
/// Several envelopes are possible.
pub const WHICH_ENVELOPE: &str = "Vous avez plusieurs enveloppes : précisez celle de cette demande.";
/// The envelope of the link is closed.
pub const ENVELOPE_CLOSED: &str =
    "L’enveloppe de ce lien n’accepte plus de candidatures : déposez-la depuis la page d’accueil, sans lien.";
/// The link names no envelope.
pub const UNKNOWN_LINK: &str =
    "Ce lien de candidature n’est plus valable : demandez-en un autre, ou retirez l’enveloppe.";
/// The link is closed.
pub const LINK_CLOSED: &str =
    "Ce lien n’accepte plus de candidatures : demandez-en un autre, ou déposez-la depuis la page d’accueil.";
/// The link is not open yet.
pub fn link_not_open(day: &str) -> String {
    let day = domain::values::DateIso::parse_iso(day).map_or_else(|_| day.to_owned(), |day| day.afficher());
    format!(
        "Ce lien n’accepte les candidatures qu’à partir du {day} : revenez ce jour-là, rien de votre saisie n’est perdu."
    )
}
/// The link opens nothing, whatever the reason.
pub const LINK_REFUSED: &str = "Ce lien ne permet pas de vous connecter : il vaut cinq minutes, ne sert qu’une fois, et s’ouvre dans le navigateur où vous avez saisi votre code. Demandez-en un autre.";
/// Name of the service in an application of codes.
pub const ISSUER: &str = "Parcours Aidants";
/// The link of a first access opens nothing, whatever the reason.
pub const FIRST_ACCESS_REFUSED: &str = "Ce lien de premier accès n’est plus valable : il ne sert qu’une fois et expire. Demandez-en un autre à la personne qui vous l’a remis.";
/// The code is not one of the prepared application.
pub const CODE_REFUSED: &str =
    "Ce code n’est pas celui de l’application que vous venez de régler : attendez le suivant, puis réessayez.";
/// The code given again is not one of the account's.
pub const CODE_WRONG: &str = "Ce code n’est pas le bon, ou a déjà servi : attendez le suivant sur votre application ou votre carte, puis réessayez.";
/// A program may not do this.
pub const PEOPLE_ONLY: &str =
    "Cette action demande une personne connectée : un jeton ne suffit pas. Connectez-vous dans un navigateur.";
/// A page of another origin uses a key that is not for it.
pub const FOREIGN_ORIGIN: &str =
    "Le client d’API de cette clé n’admet pas les pages de cette origine : créez un client qui la nomme.";
/// A revoked client gets no key.
pub const CLIENT_REVOKED: &str = "Ce client est révoqué pour de bon : créez-en un autre.";
/// A client of another role.
pub const CLIENT_OF_ANOTHER_ROLE: &str =
    "Ce client agit sous un autre rôle que le vôtre : demandez la clé à une personne qui a ce rôle, ou révoquez-le.";
/// A client has many keys.
pub const TOO_MANY_KEYS: &str = "Ce client a déjà dix clés valables : révoquez d’abord celles qui ne servent plus.";
/// The account does not have this role.
pub const NOT_YOUR_ROLE: &str = "Votre compte n’a pas ce rôle : choisissez l’un de ceux de votre session.";

/// The two codes are not those of a card.
pub const CODES_WRONG: &str = "Ces deux codes ne sont pas deux codes successifs de cette carte : attendez le suivant, puis donnez les deux prochains, l’un après l’autre.";
/// No card in stock has this number and these codes.
pub const CARD_WRONG: &str = "Aucune carte disponible n’a ce numéro de série et ces deux codes successifs : vérifiez le numéro au dos, puis donnez les deux prochains codes.";
/// The last means stays.
pub const LAST_MEANS: &str =
    "C’est votre dernier moyen d’obtenir un code : ajoutez-en un autre avant de retirer celui-ci.";

/// An account has all the means it may have.
pub fn too_many_means(most: usize) -> String {
    format!("Un compte a {most} moyens au plus : retirez-en un avant d’en ajouter un autre.")
}

/// A means of codes, as its owner knows it.
pub fn means(kind: crate::otp::Kind, name: &str, serial: Option<&str>) -> String {
    let what = match (kind, serial) {
        (crate::otp::Kind::App, _) => "application".to_owned(),
        (crate::otp::Kind::Card, Some(serial)) => format!("carte n° {serial}"),
        (crate::otp::Kind::Card, None) => "carte".to_owned(),
    };
    if name.is_empty() { what } else { format!("{what} « {name} »") }
}

/// A date is ill-formed.
pub const ISO_DATE: &str = "Écrivez la date comme 2026-12-31.";

/// A text is too long.
pub fn too_long(max: usize) -> String {
    format!("Ce texte compte au plus {max} caractères : raccourcissez-le.")
}

/// The token lacks a scope.
pub fn missing_scope(scope: &str) -> String {
    format!("Ce jeton n’a pas la portée « {scope} » : demandez un jeton qui l’a.")
}

/// The body is not the JSON expected.
pub fn json_error(error: &serde_json::Error) -> String {
    let place = format!("ligne {}, colonne {}", error.line(), error.column());
    let cause = error.to_string();
    let cause = cause.split(" at line ").next().unwrap_or("");
    let field = |text: &str| text.split('`').nth(1).unwrap_or("").to_owned();
    if cause.starts_with("unknown field") {
        return format!("Le champ « {} » n’existe pas ({place}) : retirez-le ou corrigez son nom.", field(cause));
    }
    if cause.starts_with("missing field") {
        return format!("Le champ « {} » manque ({place}).", field(cause));
    }
    if cause.starts_with("duplicate field") {
        return format!("Le champ « {} » est donné deux fois ({place}) : gardez-en un seul.", field(cause));
    }
    if cause.starts_with("unknown variant") {
        return format!("La valeur « {} » n’est pas l’une de celles attendues ({place}).", field(cause));
    }
    if cause.starts_with("invalid type") || cause.starts_with("invalid value") {
        return format!("Une valeur n’est pas du type attendu ({place}).");
    }
    format!("Ce n’est pas du JSON bien formé ({place}).")
}

/// Stable code of what is wrong with a field of the body, and the name of the field when it is the one that lacks.
pub fn json_cause(error: &serde_json::Error) -> (&'static str, Option<String>) {
    let cause = error.to_string();
    let code = ["unknown field", "missing field", "duplicate field", "unknown variant"]
        .iter()
        .zip(["champ_inconnu", "champ_manquant", "champ_en_double", "valeur_inconnue"])
        .find(|(start, _)| cause.starts_with(**start))
        .map_or("type_invalide", |(_, code)| code);
    let missing = (code == "champ_manquant").then(|| cause.split('`').nth(1).unwrap_or("").to_owned());
    (code, missing)
}

/// The query parameters are not those expected.
pub fn query_error(cause: &str) -> String {
    let field = cause.split('`').nth(1).unwrap_or("");
    if cause.contains("unknown field") {
        return format!("Le paramètre « {field} » n’existe pas : retirez-le ou corrigez son nom.");
    }
    if cause.contains("duplicate field") {
        return format!("Le paramètre « {field} » est donné deux fois : gardez-en un seul.");
    }
    if cause.contains("missing field") {
        return format!("Le paramètre « {field} » manque.");
    }
    "Un paramètre n’a pas la forme attendue : un nombre entier, ou true ou false.".to_owned()
}

/// A column nobody knows.
pub fn unknown_column(name: &str) -> String {
    format!("La colonne « {name} » n’existe pas.")
}

/// A column that the caller's role does not read.
pub fn hidden_column(name: &str) -> String {
    format!("Votre rôle ne lit pas la colonne « {name} » : retirez-la.")
}

/// A field that the caller's role does not write.
pub fn reserved_field(name: &str) -> String {
    format!("Votre rôle ne renseigne pas le champ « {name} » : retirez-le.")
}

/// Bounds of a page.
pub fn limit(max: u32) -> String {
    format!("Le nombre de lignes va de 1 à {max}.")
}

/// What happens after a candidature.
pub fn what_next(recipiendaire: Option<&str>) -> String {
    match recipiendaire {
        Some(name) => format!(
            "Votre candidature est transmise au récipiendaire de l’enveloppe ({name}), qui vérifie l’éligibilité, décide du \
             financement et vous répond."
        ),
        None => "Aucune enveloppe de formation n’est ouverte à ce jour dans votre département : votre candidature est \
                 gardée, et l’équipe nationale vous indiquera la suite."
            .to_owned(),
    }
}

/// Who acted, when it is not a named account.
pub fn author(kind: &str) -> &'static str {
    match kind {
        "public" => "public",
        "jeton" => "programme (jeton d’API)",
        "systeme" => "plateforme",
        _ => "compte supprimé",
    }
}
