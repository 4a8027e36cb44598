//! What the mail of an avis says.

/// Subject, what happened, and what to do, of an avis of this kind. No name of a person to train: a mailbox may have other readers.
pub(super) fn news(kind: &str, author: &str, count: i64, words: &str) -> (String, String, &'static str) {
    let one = |subject: &str, done: String, how| (subject.to_owned(), done, how);
    let who = if author.is_empty() { "Parcours Aidants" } else { author };
    match kind {
        "mention" => one(
            "On vous a mentionné dans un commentaire",
            format!("{who} vous a mentionné dans un commentaire."),
            READ_AND_ANSWER,
        ),
        "reponse" => one(
            "Une demande que vous suivez a été commentée",
            format!("{who} a commenté une demande que vous aviez commentée."),
            READ_AND_ANSWER,
        ),
        "confiee" if count == 1 => one(
            "Une demande vous est confiée",
            format!("{who} vous a confié une demande."),
            "Pour la suivre, ouvrez-la :",
        ),
        "confiee" => one(
            "Des demandes vous sont confiées",
            format!("{who} vous a confié {count} demandes."),
            "Pour les trouver, ouvrez vos avis :",
        ),
        "etape" if count == 1 => one(
            "Une demande que vous suivez a avancé",
            format!("Une demande que vous suivez est passée à l’étape « {words} » ({who})."),
            "Pour la voir, ouvrez-la :",
        ),
        "etape" => one(
            "Des demandes que vous suivez ont avancé",
            format!("{count} demandes que vous suivez ont changé d’étape ({who})."),
            "Pour les trouver, ouvrez vos avis :",
        ),
        _ => one("Votre import est fini", words.to_owned(), "Pour lire son rapport, ouvrez-le :"),
    }
}

const READ_AND_ANSWER: &str = "Pour le lire et répondre, ouvrez la demande :";
