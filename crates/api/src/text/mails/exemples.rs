//! Example values for each template: what those who proofread it see, and what the tests compare. Nobody real is in them, and
//! no link opens anything.

use domain::courriel::TABLE;
use domain::demande::Colonne;
use domain::text::fr_courriel;
use domain::text::fr_enveloppe::euros;
use serde_json::{Value, json};

use super::detailed;
use super::gabarits::GABARITS;

/// The templates that are no data: those of accounts and of comments.
const OTHERS: [&str; 13] = [
    "candidature_recue",
    "connexion_lien",
    "invitation",
    "premier_acces",
    "inscription",
    "inscription_connue",
    "moyen_ajoute",
    "moyen_retire",
    "nouvel_appareil",
    "moyen_change",
    "message",
    "avis",
    "avis_resume",
];

/// Every code that has a template, those of events first.
pub fn codes() -> impl Iterator<Item = &'static str> {
    GABARITS.iter().map(|template| template.code).chain(OTHERS)
}

/// A message that this template renders.
pub fn example(code: &str) -> Option<Value> {
    let mut message = of_event(code);
    let own = match code {
        "candidature_recue" => {
            json!({ "reference": "2026-01-7K3M9Q2D", "structure": "Mairie de Modèle-sur-Ain", "chemin": "/suivi#exemple" })
        }
        "complement_demande_structure" => json!({ "chemin": "/suivi#exemple" }),
        "fonds_liberes" => json!({ "chemin": "/administration/enveloppes/exemple/financement" }),
        "connexion_lien" => json!({ "chemin": "/connexion/lien#exemple", "minutes": 5, "echecs": 3 }),
        "invitation" => {
            json!({ "chemin": "/invitation#exemple", "role": "récipiendaire", "organisation": "Hub du numérique de Modèle" })
        }
        "premier_acces" => json!({ "chemin": "/premier-acces#exemple", "heures": 72 }),
        "inscription" => json!({ "chemin": "/invitation#exemple", "heures": 72 }),
        "nouvel_appareil" => json!({ "appareil": "Firefox sur Linux" }),
        "moyen_change" => json!({ "chemin": "/mon-compte", "changement": "ajoute", "moyen": "Mon téléphone" }),
        "message" => json!({
            "objet": "Votre formation", "texte": "Bonjour Camille,\n\nPouvez-vous confirmer votre présence ?",
            "auteur": "Dominique Modèle", "reponse": "dominique.modele@departement.example",
        }),
        "avis" => {
            json!({ "chemin": "/demandes/exemple", "arret": "/desabonnement#exemple", "genre": "mention", "auteur": "Dominique Modèle" })
        }
        "avis_resume" => json!({ "chemin": "/avis", "arret": "/desabonnement#exemple", "nombre": 3 }),
        "convention_finissante_anct" => {
            let line = detailed(
                "Modèle 2026, Hub du numérique de Modèle",
                &fr_courriel::fin_de_convention("16/03/2026", &euros(450_000)),
            );
            json!({ "personnes": [line] })
        }
        "informations_manquantes_structure" | "informations_manquantes_recipiendaire" => {
            let missing = fr_courriel::manques(&[Colonne::Email, Colonne::ReferentTelephone]);
            json!({ "personnes": [detailed("Camille Exemple, Aidants Connect", &missing)] })
        }
        _ => json!({}),
    };
    if let (Some(message), Value::Object(own)) = (message.as_object_mut(), own) {
        message.extend(own);
    }
    codes().any(|known| known == code).then_some(message)
}

/// What the templates of events read, whichever it is.
fn of_event(code: &str) -> Value {
    let person = code.ends_with("_professionnel");
    let named = if person {
        json!(["Aidants Connect"])
    } else {
        json!(["Camille Exemple, Aidants Connect", "Sacha Essai, Aidants Numériques"])
    };
    let mut message = json!({
        "modele": code,
        "a": "camille.exemple@structure.example",
        "recipiendaire": "Hub du numérique de Modèle",
        "enveloppe": "Modèle 2026",
        "personnes": named,
        "autres": 0,
        "aidants_connect": "oui",
        "motif": "La structure est adhérente à Uniformation, qui finance cette formation.",
        "question": "Quelle est la fonction exacte de cette personne ?",
        "numero": "010001",
        "date": "16/03/2026",
        "nombre": "12",
        "reste": euros(450_000),
    });
    let reminder = TABLE.iter().any(|row| row.modele == code && row.evenement.est_rappel());
    if let Some(fields) = message.as_object_mut().filter(|_| reminder) {
        fields.insert("arret".to_owned(), json!("/desabonnement#exemple"));
    }
    message
}
