//! Every screen: its address, who may open it, and the builders of its links. `routes.json` is this same list for the
//! browser tests, and a test compares both.

use domain::permission::{Operation, Reach, Role, reach};

use crate::api::query::{Query, decode, encode};

/// A screen, with what its address says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// What this is, and where to go by need.
    Accueil,
    /// Candidature form.
    Candidature,
    /// Confirmation of the candidature just filed.
    CandidatureEnvoyee,
    /// Sign-in.
    Connexion,
    /// The page of the mailed link.
    ConnexionLien,
    /// Setting an application of codes, by the link of a first access.
    PremierAcces,
    /// The page of the mailed link of an invitation.
    Invitation,
    /// Asking for an account.
    Inscription,
    /// The terms and the charters.
    Engagements,
    /// Accounts.
    Comptes,
    /// One account.
    Compte(String),
    /// Publishing a version of a text.
    Textes,
    /// Tableau de gestion.
    Tableau,
    /// One demande.
    Demande(String),
    /// Import of a file.
    Imports,
    /// Progress and report of one import.
    Import(String),
    /// One's own account.
    MonCompte,
    /// Where one's candidature stands.
    Suivi,
    /// What one is told of.
    Avis,
    /// The link at the foot of the mails.
    Desabonnement,
    /// Links of the candidature form.
    Liens,
    /// The envelopes.
    Enveloppes,
    /// One envelope.
    Enveloppe(String),
    /// The decisions on the financing of an envelope.
    Financement(String),
    /// The eligibility batches.
    Lots,
    /// One batch.
    Lot(String),
    /// Who is habilitated already.
    Habilites,
    /// The templates of the mails.
    Modeles,
    /// The figures of the country.
    Pilotage,
    /// Those of a département.
    PilotageDepartement(String),
    /// Those of an envelope.
    PilotageEnveloppe(String),
    /// API clients.
    Clients,
    /// The journal.
    Journal,
    /// The mails of a demonstration.
    Courriels,
    /// Accessibility statement.
    Accessibilite,
    /// Explanation of a kind of problem.
    Probleme(String),
    /// No such screen.
    Introuvable,
}

/// Who may open a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Anyone.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever may do this operation.
    Operation(Operation),
}

impl Guard {
    /// The roles that may open the screen.
    pub fn roles(self) -> Vec<Role> {
        match self {
            Self::Public | Self::SignedIn => Role::COMPTES.to_vec(),
            Self::Operation(operation) => {
                Role::COMPTES.into_iter().filter(|role| reach(*role, operation) != Reach::Nothing).collect()
            }
        }
    }
}

/// The program that draws a screen: each is a WebAssembly of its own, so that nobody downloads the screens of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// The public, and what everybody does with their account.
    Service,
    /// Those who work with candidatures: the table, one demande.
    Gestion,
    /// Imports, links of the form, accounts, API clients, journal.
    Administration,
    /// The dashboards.
    Pilotage,
}

impl Space {
    /// The program of a path. The server knows this same rule.
    pub fn of(path: &str) -> Self {
        match path.split('/').nth(1) {
            Some("administration" | "imports") => Self::Administration,
            Some("tableau" | "demandes") => Self::Gestion,
            Some("pilotage") => Self::Pilotage,
            _ => Self::Service,
        }
    }
}

/// Every screen of the list: name, pattern (`:id` stands for any segment) and guard.
pub const LIST: [(&str, &str, Guard); 36] = [
    ("accueil", "/", Guard::Public),
    ("candidature", "/candidature", Guard::Public),
    ("candidature-envoyee", "/candidature/envoyee", Guard::Public),
    ("suivi", "/suivi", Guard::Public),
    ("desabonnement", "/desabonnement", Guard::Public),
    ("avis", "/avis", Guard::SignedIn),
    ("liens", "/administration/liens", Guard::Operation(Operation::LienGerer)),
    ("enveloppes", "/administration/enveloppes", Guard::Operation(Operation::EnveloppeLire)),
    ("enveloppe", "/administration/enveloppes/:id", Guard::Operation(Operation::EnveloppeLire)),
    ("financement", "/administration/enveloppes/:id/financement", Guard::Operation(Operation::Financer)),
    ("lots", "/administration/eligibilite", Guard::Operation(Operation::LotLire)),
    ("lot", "/administration/eligibilite/:id", Guard::Operation(Operation::LotLire)),
    ("habilites", "/administration/habilites", Guard::Operation(Operation::HabiliteLire)),
    ("modeles", "/administration/courriels", Guard::Operation(Operation::ModeleLire)),
    ("pilotage", "/pilotage", Guard::Operation(Operation::PilotageLire)),
    ("pilotage-departement", "/pilotage/departements/:id", Guard::Operation(Operation::PilotageLire)),
    ("pilotage-enveloppe", "/pilotage/enveloppes/:id", Guard::Operation(Operation::EnveloppeLire)),
    ("connexion", "/connexion", Guard::Public),
    ("connexion-lien", "/connexion/lien", Guard::Public),
    ("premier-acces", "/premier-acces", Guard::Public),
    ("invitation", "/invitation", Guard::Public),
    ("inscription", "/inscription", Guard::Public),
    ("engagements", "/engagements", Guard::SignedIn),
    ("comptes", "/administration/comptes", Guard::Operation(Operation::CompteLire)),
    ("compte", "/administration/comptes/:id", Guard::Operation(Operation::CompteLire)),
    ("textes", "/administration/textes", Guard::Operation(Operation::TextePublier)),
    ("tableau", "/tableau", Guard::Operation(Operation::DemandeLire)),
    ("demande", "/demandes/:id", Guard::Operation(Operation::DemandeLire)),
    ("imports", "/imports", Guard::Operation(Operation::ImportEcrire)),
    ("import", "/imports/:id", Guard::Operation(Operation::ImportLire)),
    ("mon-compte", "/mon-compte", Guard::SignedIn),
    ("clients-api", "/administration/clients-api", Guard::Operation(Operation::ClientGerer)),
    ("journal", "/administration/journal", Guard::Operation(Operation::JournalLire)),
    ("courriels", "/demonstration/courriels", Guard::Public),
    ("accessibilite", "/accessibilite", Guard::Public),
    ("probleme", "/problemes/:id", Guard::Public),
];

impl Route {
    /// The screen of a path.
    pub fn parse(path: &str) -> Self {
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        match (segments.next(), segments.next(), segments.next()) {
            (Some("administration"), Some("comptes"), Some(id)) if segments.next().is_none() => {
                Self::Compte(decode(id))
            }
            (None, None, None) => Self::Accueil,
            (Some("candidature"), None, None) => Self::Candidature,
            (Some("candidature"), Some("envoyee"), None) => Self::CandidatureEnvoyee,
            (Some("suivi"), None, None) => Self::Suivi,
            (Some("desabonnement"), None, None) => Self::Desabonnement,
            (Some("avis"), None, None) => Self::Avis,
            (Some("administration"), Some("liens"), None) => Self::Liens,
            (Some("administration"), Some("enveloppes"), None) => Self::Enveloppes,
            (Some("administration"), Some("enveloppes"), Some(id)) => match (segments.next(), segments.next()) {
                (None, _) => Self::Enveloppe(decode(id)),
                (Some("financement"), None) => Self::Financement(decode(id)),
                _ => Self::Introuvable,
            },
            (Some("administration"), Some("eligibilite"), None) => Self::Lots,
            (Some("administration"), Some("eligibilite"), Some(id)) if segments.next().is_none() => {
                Self::Lot(decode(id))
            }
            (Some("administration"), Some("habilites"), None) => Self::Habilites,
            (Some("administration"), Some("courriels"), None) => Self::Modeles,
            (Some("pilotage"), None, None) => Self::Pilotage,
            (Some("pilotage"), Some(part), Some(id)) if segments.next().is_none() => match part {
                "departements" => Self::PilotageDepartement(decode(id)),
                "enveloppes" => Self::PilotageEnveloppe(decode(id)),
                _ => Self::Introuvable,
            },
            (Some("connexion"), None, None) => Self::Connexion,
            (Some("connexion"), Some("lien"), None) => Self::ConnexionLien,
            (Some("premier-acces"), None, None) => Self::PremierAcces,
            (Some("invitation"), None, None) => Self::Invitation,
            (Some("inscription"), None, None) => Self::Inscription,
            (Some("engagements"), None, None) => Self::Engagements,
            (Some("administration"), Some("comptes"), None) => Self::Comptes,
            (Some("administration"), Some("textes"), None) => Self::Textes,
            (Some("tableau"), None, None) => Self::Tableau,
            (Some("demandes"), Some(id), None) => Self::Demande(decode(id)),
            (Some("imports"), None, None) => Self::Imports,
            (Some("imports"), Some(id), None) => Self::Import(decode(id)),
            (Some("mon-compte"), None, None) => Self::MonCompte,
            (Some("administration"), Some("clients-api"), None) => Self::Clients,
            (Some("administration"), Some("journal"), None) => Self::Journal,
            (Some("demonstration"), Some("courriels"), None) => Self::Courriels,
            (Some("accessibilite"), None, None) => Self::Accessibilite,
            (Some("problemes"), Some(code), None) => Self::Probleme(decode(code)),
            _ => Self::Introuvable,
        }
    }

    /// Its name in the list; an unknown screen has none.
    pub const fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Accueil => "accueil",
            Self::Candidature => "candidature",
            Self::CandidatureEnvoyee => "candidature-envoyee",
            Self::Suivi => "suivi",
            Self::Desabonnement => "desabonnement",
            Self::Avis => "avis",
            Self::Liens => "liens",
            Self::Enveloppes => "enveloppes",
            Self::Enveloppe(_) => "enveloppe",
            Self::Financement(_) => "financement",
            Self::Lots => "lots",
            Self::Lot(_) => "lot",
            Self::Habilites => "habilites",
            Self::Modeles => "modeles",
            Self::Pilotage => "pilotage",
            Self::PilotageDepartement(_) => "pilotage-departement",
            Self::PilotageEnveloppe(_) => "pilotage-enveloppe",
            Self::Connexion => "connexion",
            Self::ConnexionLien => "connexion-lien",
            Self::PremierAcces => "premier-acces",
            Self::Invitation => "invitation",
            Self::Inscription => "inscription",
            Self::Engagements => "engagements",
            Self::Comptes => "comptes",
            Self::Compte(_) => "compte",
            Self::Textes => "textes",
            Self::Tableau => "tableau",
            Self::Demande(_) => "demande",
            Self::Imports => "imports",
            Self::Import(_) => "import",
            Self::MonCompte => "mon-compte",
            Self::Clients => "clients-api",
            Self::Journal => "journal",
            Self::Courriels => "courriels",
            Self::Accessibilite => "accessibilite",
            Self::Probleme(_) => "probleme",
            Self::Introuvable => return None,
        })
    }

    /// Who may open it.
    pub fn guard(&self) -> Guard {
        let name = self.name();
        LIST.iter().find(|(listed, _, _)| name == Some(*listed)).map_or(Guard::Public, |(_, _, guard)| *guard)
    }

    /// Its address.
    pub fn path(&self) -> String {
        match self {
            Self::Accueil | Self::Introuvable => "/".to_owned(),
            Self::Candidature => "/candidature".to_owned(),
            Self::CandidatureEnvoyee => "/candidature/envoyee".to_owned(),
            Self::Suivi => "/suivi".to_owned(),
            Self::Desabonnement => "/desabonnement".to_owned(),
            Self::Avis => "/avis".to_owned(),
            Self::Liens => "/administration/liens".to_owned(),
            Self::Enveloppes => "/administration/enveloppes".to_owned(),
            Self::Enveloppe(id) => format!("/administration/enveloppes/{}", encode(id)),
            Self::Financement(id) => format!("/administration/enveloppes/{}/financement", encode(id)),
            Self::Lots => "/administration/eligibilite".to_owned(),
            Self::Lot(id) => format!("/administration/eligibilite/{}", encode(id)),
            Self::Habilites => "/administration/habilites".to_owned(),
            Self::Modeles => "/administration/courriels".to_owned(),
            Self::Pilotage => "/pilotage".to_owned(),
            Self::PilotageDepartement(code) => format!("/pilotage/departements/{}", encode(code)),
            Self::PilotageEnveloppe(id) => format!("/pilotage/enveloppes/{}", encode(id)),
            Self::Connexion => "/connexion".to_owned(),
            Self::ConnexionLien => "/connexion/lien".to_owned(),
            Self::PremierAcces => "/premier-acces".to_owned(),
            Self::Invitation => "/invitation".to_owned(),
            Self::Inscription => "/inscription".to_owned(),
            Self::Engagements => "/engagements".to_owned(),
            Self::Comptes => "/administration/comptes".to_owned(),
            Self::Compte(id) => format!("/administration/comptes/{}", encode(id)),
            Self::Textes => "/administration/textes".to_owned(),
            Self::Tableau => "/tableau".to_owned(),
            Self::Demande(id) => format!("/demandes/{}", encode(id)),
            Self::Imports => "/imports".to_owned(),
            Self::Import(id) => format!("/imports/{}", encode(id)),
            Self::MonCompte => "/mon-compte".to_owned(),
            Self::Clients => "/administration/clients-api".to_owned(),
            Self::Journal => "/administration/journal".to_owned(),
            Self::Courriels => "/demonstration/courriels".to_owned(),
            Self::Accessibilite => "/accessibilite".to_owned(),
            Self::Probleme(code) => format!("/problemes/{}", encode(code)),
        }
    }
}

/// The sign-in screen, which comes back to `wanted` (path and query) afterwards.
pub fn sign_in_path(wanted: &str) -> String {
    Query::new().with_some("suite", wanted).on(&Route::Connexion.path())
}

/// Where to go after sign-in: the wanted address if it is one of ours, else the table for whoever may read it.
pub fn after_sign_in(wanted: Option<&str>, role: Role) -> String {
    match wanted {
        // `//host` and `/\host` are addresses of another site.
        Some(path) if path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\") => path.to_owned(),
        _ if reach(role, Operation::DemandeLire) == Reach::Nothing => Route::Accueil.path(),
        _ => Route::Tableau.path(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(pattern: &str) -> String {
        pattern.replace(":id", "a%2Fb")
    }

    #[test]
    fn every_listed_screen_is_reached_by_its_pattern() {
        for (name, pattern, guard) in LIST {
            let route = Route::parse(&sample(pattern));
            assert_eq!(route.name(), Some(name));
            assert_eq!(route.guard(), guard);
            assert_eq!(route.path(), sample(pattern));
        }
    }

    #[test]
    fn each_screen_has_its_program() {
        let of = |space| LIST.iter().filter(|(_, path, _)| Space::of(path) == space).count();
        let spaces = [Space::Service, Space::Gestion, Space::Administration, Space::Pilotage];
        assert_eq!(spaces.map(of), [16, 2, 15, 3]);
    }

    #[test]
    fn unknown_paths_have_no_screen() {
        for path in ["/tableaux", "/candidature/envoyee/x", "/demandes", "/imports/1/2", "/problemes"] {
            assert_eq!(Route::parse(path), Route::Introuvable, "{path}");
        }
    }

    #[test]
    fn sign_in_never_leads_to_another_site() {
        assert_eq!(sign_in_path("/tableau?q=a b"), "/connexion?suite=%2Ftableau%3Fq%3Da%20b");
        let after = |wanted| after_sign_in(wanted, Role::Anct);
        assert_eq!(after(Some("/demandes/1?onglet=historique")), "/demandes/1?onglet=historique");
        for foreign in ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", ""] {
            assert_eq!(after(Some(foreign)), "/tableau", "{foreign}");
        }
        assert_eq!(after(None), "/tableau");
        assert_eq!(after_sign_in(None, Role::Aidant), "/", "nobody is sent where they may not go");
    }

    #[test]
    fn the_list_for_browser_tests_is_this_list() {
        let committed: serde_json::Value = serde_json::from_str(include_str!("../routes.json")).unwrap();
        let expected: Vec<_> = LIST
            .iter()
            .map(|(name, pattern, guard)| {
                let roles: Vec<_> = guard.roles().into_iter().map(Role::as_str).collect();
                let public = *guard == Guard::Public;
                serde_json::json!({ "name": name, "pattern": pattern, "public": public, "roles": roles })
            })
            .collect();
        assert_eq!(committed, serde_json::Value::from(expected));
    }
}
