//! Sentences about API clients and their keys.

use domain::client_api::{CleCreee, CleVue, ClientVu, EtatCle, EtatClient, GenreCle};
use domain::permission::Portee;

use super::fr::role;
use super::tableau::instant;

/// What the screen is for.
pub const AIDE: &str = "Un client d’API est un logiciel autorisé à lire ou à modifier vos données sans vous. Chacune de ses clés ne peut jamais faire plus que la personne qui l’a créée, et s’arrête avec son compte.";
/// Section of the list.
pub const LISTE: &str = "Clients";
/// There is none.
pub const AUCUN: &str =
    "Aucun client pour le moment. Pour brancher un logiciel, ouvrez « Créer un client » ci-dessous.";
/// Form of a client.
pub const CREER: &str = "Créer un client";
/// Sends it.
pub const CREER_VALIDER: &str = "Créer le client et sa clé";
/// Name.
pub const NOM: &str = "Nom du client";
/// What to give.
pub const NOM_AIDE: &str = "Ce que fait le logiciel et à qui il est, par exemple « Tableau de bord du département »";
/// Scopes.
pub const PORTEES: &str = "Ce que le client pourra faire";
/// Which to tick.
pub const PORTEES_AIDE: &str = "Cochez le strict nécessaire : cela ne se change plus ensuite.";
/// Envelopes.
pub const ENVELOPPES: &str = "Enveloppes qu’il atteindra";
/// Origins.
pub const ORIGINES: &str = "Sites web qui l’appelleront depuis un navigateur";
/// What to give.
pub const ORIGINES_AIDE: &str =
    "Une adresse par ligne, par exemple https://outil.example. Laissez vide pour un logiciel sur un serveur.";
/// Kind of key.
pub const GENRE: &str = "Genre de clé";
/// How long it lasts.
pub const JOURS: &str = "Durée de la clé, en jours";
/// What to give.
pub const JOURS_AIDE: &str = "De 1 à 365. Ensuite la clé n’ouvre plus : ajoutez-en une autre avant.";
/// Adds a key.
pub const AJOUTER: &str = "Ajouter une clé";
/// What it does.
pub const AJOUTER_AIDE: &str = "Pour remplacer une clé sans coupure : ajoutez la nouvelle, mettez-la en service, puis révoquez l’ancienne. Vous répondrez désormais de ce client.";
/// Revokes a key.
pub const REVOQUER_CLE: &str = "Révoquer la clé";
/// Revokes a client.
pub const REVOQUER: &str = "Révoquer le client";
/// Confirms.
pub const CONFIRMER: &str = "Confirmer la révocation";
/// Done.
pub const REVOQUE: &str = "C’est révoqué.";
/// Keys of a client.
pub const CLES: &str = "Clés";
/// A key to keep.
pub const SECRET: &str = "Gardez cette clé maintenant";
/// It is not shown again.
pub const SECRET_AIDE: &str = "Elle ne sera plus jamais montrée. Rangez-la dans un coffre à mots de passe ou dans la configuration du logiciel, jamais dans un courriel.";
/// Copies it.
pub const COPIER: &str = "Copier la clé";
/// Copied.
pub const COPIEE: &str = "La clé est copiée.";
/// The browser refused.
pub const NON_COPIEE: &str = "Le navigateur refuse de copier : sélectionnez la clé, puis copiez-la.";
/// Removes it from the screen.
pub const GARDEE: &str = "J’ai gardé la clé";
/// Before the example.
pub const EXEMPLE: &str = "Pour l’essayer, mettez la clé dans la variable CLE, puis lancez :";
/// What follows for a secret of OAuth 2.
pub const EXEMPLE_SUITE: &str = "La réponse contient « access_token », bon dix minutes : c’est lui qui s’envoie à chaque requête, dans l’en-tête « Authorization: Bearer ».";

/// What a scope allows.
pub const fn portee(portee: Portee) -> &'static str {
    match portee {
        Portee::DemandesLire => "Lire et exporter les demandes",
        Portee::DemandesEcrire => "Ajouter, modifier, supprimer et restaurer des demandes",
        Portee::ImportsEcrire => "Importer des fichiers, annuler et défaire un import",
        Portee::ImportsLire => "Suivre les imports et lire leurs rapports",
        Portee::EnveloppesLire => "Lire les enveloppes",
        Portee::EligibilitesEcrire => "Régler le calendrier des lots d’éligibilité",
        Portee::FinancementsEcrire => "Décider du financement des demandes",
        Portee::EnveloppesEcrire => "Faire et régler les liens de candidature, et les enveloppes",
        Portee::JournalLire => "Lire et vérifier le journal",
    }
}

/// A kind of key, and when to choose it.
pub fn genre_choix(genre: GenreCle) -> String {
    match genre {
        GenreCle::Jeton => "Jeton : envoyé tel quel à chaque requête, le plus simple",
        GenreCle::Secret => "Secret OAuth 2 : échangé contre des jetons de dix minutes, plus sûr",
    }
    .to_owned()
}

/// Name and state of a client.
pub fn titre(client: &ClientVu) -> String {
    match client.etat {
        EtatClient::Actif => client.nom.clone(),
        EtatClient::Suspendu => format!("{} (suspendu)", client.nom),
        EtatClient::Revoque => format!("{} (révoqué)", client.nom),
    }
}

/// What became of a client, and what to do about it.
pub const fn etat(etat: EtatClient) -> &'static str {
    match etat {
        EtatClient::Actif => "Actif",
        EtatClient::Suspendu => {
            "Suspendu : la personne qui a créé ses clés n’en répond plus (compte désactivé, rôle perdu ou moyen de connexion changé). Ajoutez une clé pour en répondre vous-même, ou révoquez-le."
        }
        EtatClient::Revoque => "Révoqué pour de bon",
    }
}

/// Who answers for a client, and under which role it acts.
pub fn responsable(client: &ClientVu) -> String {
    let qui = client.responsable.as_deref().unwrap_or("personne (créé sur le serveur)");
    format!("Rôle : {}. Répond de lui : {qui}. Créé le {}.", role(client.role), instant(&client.cree_le))
}

/// Envelopes of a client.
pub fn enveloppes(client: &ClientVu) -> String {
    format!("Enveloppes : {}", client.enveloppes.join(", "))
}

/// Origins of a client.
pub fn origines(client: &ClientVu) -> String {
    format!("Sites web : {}", client.origines.join(", "))
}

/// A key in a few words.
pub fn cle(cle: &CleVue) -> String {
    let genre = match cle.genre {
        GenreCle::Jeton => "Jeton",
        GenreCle::Secret => "Secret OAuth 2",
    };
    let etat = match cle.etat {
        EtatCle::Active => "active",
        EtatCle::Suspendue => "arrêtée : la personne qui l’a créée n’en répond plus",
        EtatCle::Expiree => "expirée",
        EtatCle::Revoquee => "révoquée",
    };
    format!("{genre} {}, clé {etat}", cle.id)
}

/// When a key was made, ends and last served.
pub fn cle_dates(cle: &CleVue) -> String {
    let usage = cle.vu_le.as_deref().map_or_else(|| "jamais".to_owned(), instant);
    format!(
        "Créée le {}, expire le {}. Dernière utilisation : {usage}.",
        instant(&cle.cree_le),
        instant(&cle.expire_le)
    )
}

/// What a button does to what.
pub fn sur(action: &str, objet: &str) -> String {
    format!("{action} : {objet}")
}

/// What stops with a key.
pub fn revoquer_cle_aide(client: &str) -> String {
    format!(
        "Ce qui utilise cette clé de « {client} » est refusé dès la requête suivante, et ses jetons d’accès aussi. Les autres clés restent."
    )
}

/// What stops with a client.
pub fn revoquer_aide(client: &ClientVu) -> String {
    let actives = client.cles.iter().filter(|cle| cle.etat == EtatCle::Active).count();
    let cles = match actives {
        0 => "il n’a plus de clé active".to_owned(),
        1 => "sa clé active n’ouvre plus rien".to_owned(),
        nombre => format!("ses {nombre} clés actives n’ouvrent plus rien"),
    };
    format!("« {} » s’arrête dès la requête suivante : {cles}. C’est définitif.", client.nom)
}

/// Which key this is, and until when it is good.
pub fn secret_de(nom: &str, cle: &CleCreee) -> String {
    format!("Clé {} de « {nom} », bonne jusqu’au {}.", cle.id, instant(&cle.expire_le))
}

/// The client identifier of OAuth 2.
pub fn identifiant(client: &str) -> String {
    format!("Identifiant du client (client_id) : {client}")
}

/// How a key is used.
pub fn exemple(cle: &CleCreee, site: &str) -> String {
    match cle.genre {
        GenreCle::Jeton => format!("curl -H \"Authorization: Bearer $CLE\" {site}/api/v1/session"),
        GenreCle::Secret => {
            format!("curl -u \"{}:$CLE\" -d grant_type=client_credentials {site}/api/v1/oauth/token", cle.client)
        }
    }
}
