//! What each operation of the API asks of its caller. The document is completed from this list, and a test compares both:
//! an operation that is not here fails it.

use super::Operation;

/// What an operation of the API asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing.
    Public,
    /// To be signed in, whatever the role: it concerns the caller only.
    SignedIn,
    /// To be a person in a browser, whatever the role: it concerns her own account.
    Person,
    /// A right of the matrix.
    Right(Operation),
}

use Access::{Person, Public, Right, SignedIn};

/// Every operation of the API, « METHOD path », and what it asks.
pub const CATALOGUE: &[(&str, Access)] = &[
    ("POST /api/v1/candidatures", Public),
    ("POST /api/v1/eligibilite/verifier", Public),
    ("GET /api/v1/enveloppes/{id}/publique", Public),
    ("GET /api/v1/referentiel/departements", Public),
    ("GET /api/v1/referentiel/communes", Public),
    ("GET /api/v1/referentiel/types-structure", Public),
    ("GET /api/v1/instance", Public),
    ("GET /api/v1/demonstration/courriels", Public),
    ("POST /api/v1/connexion", Public),
    ("POST /api/v1/premier-acces", Public),
    ("POST /api/v1/premier-acces/confirmer", Public),
    ("POST /api/v1/session", Public),
    ("POST /api/v1/oauth/token", Public),
    ("GET /api/v1/session", SignedIn),
    ("PATCH /api/v1/session", SignedIn),
    ("DELETE /api/v1/session", SignedIn),
    ("GET /api/v1/session/code", SignedIn),
    ("POST /api/v1/session/code", SignedIn),
    ("GET /api/v1/sessions", SignedIn),
    ("DELETE /api/v1/sessions", SignedIn),
    ("DELETE /api/v1/sessions/{id}", SignedIn),
    ("GET /api/v1/compte", Person),
    ("GET /api/v1/compte/connexions", Person),
    ("GET /api/v1/compte/moyens", Person),
    ("POST /api/v1/compte/application", Person),
    ("POST /api/v1/compte/application/confirmer", Person),
    ("POST /api/v1/compte/cartes", Person),
    ("POST /api/v1/compte/moyens/{id}/recaler", Person),
    ("PATCH /api/v1/compte/moyens/{id}", Person),
    ("DELETE /api/v1/compte/moyens/{id}", Person),
    ("GET /api/v1/journal", Right(Operation::JournalLire)),
    ("GET /api/v1/journal/verification", Right(Operation::JournalLire)),
    ("GET /api/v1/demandes", Right(Operation::DemandeLire)),
    ("GET /api/v1/demandes/compteurs", Right(Operation::DemandeLire)),
    ("GET /api/v1/demandes/flux", Right(Operation::DemandeLire)),
    ("GET /api/v1/demandes/reperes", Right(Operation::DemandeLire)),
    ("GET /api/v1/demandes/export", Right(Operation::DemandeExporter)),
    ("GET /api/v1/demandes/{id}", Right(Operation::DemandeLire)),
    ("GET /api/v1/demandes/{id}/historique", Right(Operation::DemandeLire)),
    ("POST /api/v1/demandes", Right(Operation::DemandeCreer)),
    ("PATCH /api/v1/demandes/{id}", Right(Operation::DemandeModifier)),
    ("DELETE /api/v1/demandes/{id}", Right(Operation::DemandeModifier)),
    ("POST /api/v1/demandes/{id}/restaurer", Right(Operation::DemandeModifier)),
    ("POST /api/v1/demandes:batch", Right(Operation::DemandeModifier)),
    ("GET /api/v1/gestes", Right(Operation::DemandeModifier)),
    ("POST /api/v1/gestes/{id}/annuler", Right(Operation::DemandeModifier)),
    ("GET /api/v1/compat/grist/api/docs/{doc}/tables", Right(Operation::DemandeLire)),
    ("GET /api/v1/compat/grist/api/docs/{doc}/tables/{table}/columns", Right(Operation::DemandeLire)),
    ("GET /api/v1/compat/grist/api/docs/{doc}/tables/{table}/records", Right(Operation::DemandeExporter)),
    ("POST /api/v1/compat/grist/api/docs/{doc}/tables/{table}/records", Right(Operation::DemandeCreer)),
    ("PATCH /api/v1/compat/grist/api/docs/{doc}/tables/{table}/records", Right(Operation::DemandeModifier)),
    ("PUT /api/v1/compat/grist/api/docs/{doc}/tables/{table}/records", Right(Operation::DemandeModifier)),
    ("POST /api/v1/compat/grist/api/docs/{doc}/tables/{table}/records/delete", Right(Operation::DemandeModifier)),
    ("POST /api/v1/compat/grist/api/docs/{doc}/tables/{table}/data/delete", Right(Operation::DemandeModifier)),
    ("GET /api/v1/vues", Right(Operation::VueGerer)),
    ("POST /api/v1/vues", Right(Operation::VueGerer)),
    ("PUT /api/v1/vues/{id}", Right(Operation::VueGerer)),
    ("DELETE /api/v1/vues/{id}", Right(Operation::VueGerer)),
    ("POST /api/v1/imports", Right(Operation::ImportEcrire)),
    ("POST /api/v1/imports/{id}/annuler", Right(Operation::ImportEcrire)),
    ("POST /api/v1/imports/{id}/defaire", Right(Operation::ImportEcrire)),
    ("GET /api/v1/imports/{id}", Right(Operation::ImportLire)),
    ("GET /api/v1/imports/{id}/lignes", Right(Operation::ImportLire)),
    ("GET /api/v1/imports/{id}/rejets", Right(Operation::ImportLire)),
    ("GET /api/v1/enveloppes", Right(Operation::EnveloppeLire)),
    ("POST /api/v1/invitation", Public),
    ("POST /api/v1/invitation/accepter", Public),
    ("POST /api/v1/inscription", Public),
    ("GET /api/v1/engagements", SignedIn),
    ("POST /api/v1/engagements/{id}/accepter", Person),
    ("POST /api/v1/engagements/textes", Right(Operation::TextePublier)),
    ("GET /api/v1/comptes", Right(Operation::CompteLire)),
    ("POST /api/v1/comptes", Right(Operation::CompteGerer)),
    ("GET /api/v1/comptes/{id}", Right(Operation::CompteLire)),
    ("PATCH /api/v1/comptes/{id}", Right(Operation::CompteGerer)),
    ("DELETE /api/v1/comptes/{id}/sessions", Right(Operation::CompteGerer)),
    ("DELETE /api/v1/comptes/{id}/sessions/{session}", Right(Operation::CompteGerer)),
    ("DELETE /api/v1/comptes/{id}/moyens/{moyen}", Right(Operation::CompteGerer)),
    ("POST /api/v1/comptes/{id}/premier-acces", Right(Operation::CompteGerer)),
    ("POST /api/v1/comptes/{id}/code-accueil", Right(Operation::CompteGerer)),
    ("GET /api/v1/invitations", Right(Operation::CompteLire)),
    ("POST /api/v1/invitations", Right(Operation::CompteGerer)),
    ("DELETE /api/v1/invitations/{id}", Right(Operation::CompteGerer)),
    ("GET /api/v1/clients-api", Right(Operation::ClientGerer)),
    ("POST /api/v1/clients-api", Right(Operation::ClientGerer)),
    ("DELETE /api/v1/clients-api/{id}", Right(Operation::ClientGerer)),
    ("POST /api/v1/clients-api/{id}/cles", Right(Operation::ClientGerer)),
    ("DELETE /api/v1/clients-api/{id}/cles/{cle}", Right(Operation::ClientGerer)),
];

/// What the operation of this name asks; nothing when it has no row.
pub fn access(name: &str) -> Option<Access> {
    CATALOGUE.iter().find(|(known, _)| *known == name).map(|(_, access)| *access)
}
