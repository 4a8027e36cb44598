//! Accounts, invitations, registration and the texts to accept.

use domain::compte::{
    CodeAccueil, CompteDetail, CompteModification, CompteResume, EtatCompte, GenreOrganisation, InvitationOuverte,
    InvitationVue, MoyenCompte, Rattachement,
};
use domain::engagement::{AcceptationVue, EngagementsVue, GenreTexte, TexteVue};
use domain::page::Page;
use domain::permission::Role;
use domain::session::ApplicationOtp;

use super::compte::{Acte, envoyer, session};
use super::query::encode;
use super::read::Read;
use super::{ClientError, Query, Request};

fn role(lu: &Read) -> Role {
    Role::parse(&lu.text("role")).unwrap_or(Role::Usager)
}

fn roles(lu: &Read) -> Vec<Role> {
    lu.texts("roles").iter().filter_map(|code| Role::parse(code)).collect()
}

fn etat(lu: &Read) -> EtatCompte {
    EtatCompte::parse(&lu.text("etat")).unwrap_or(EtatCompte::Desactive)
}

/// A page of the accounts that match.
pub async fn chercher(mots: &str, etat: &str, cursor: &str) -> Result<Page<CompteResume>, ClientError> {
    let query = Query::new().with("limit", 20).with_some("q", mots).with_some("etat", etat);
    let lu = Read::answer(Request::get(query.with_some("cursor", cursor).on("/comptes"))).await?;
    Ok(Page { items: lu.list("items").iter().map(resume).collect(), next: lu.maybe("next"), total: None })
}

fn resume(lu: &Read) -> CompteResume {
    CompteResume { id: lu.text("id"), nom: lu.text("nom"), email: lu.text("email"), etat: etat(lu), roles: roles(lu) }
}

fn adresse(id: &str) -> String {
    format!("/comptes/{}", encode(id))
}

/// One account.
pub async fn lire(id: &str) -> Result<CompteDetail, ClientError> {
    let lu = Read::answer(Request::get(adresse(id))).await?;
    Ok(CompteDetail {
        id: lu.text("id"),
        version: lu.number("version"),
        nom: lu.text("nom"),
        email: lu.text("email"),
        etat: etat(&lu),
        roles: roles(&lu),
        rattachements: lu.list("rattachements").iter().map(rattachement).collect(),
        moyens: lu.list("moyens").iter().map(moyen).collect(),
        sessions: lu.list("sessions").iter().map(session).collect(),
        code_accueil_expire_le: lu.maybe("code_accueil_expire_le"),
        cles_api: lu.number("cles_api"),
    })
}

fn rattachement(lu: &Read) -> Rattachement {
    let role = role(lu);
    let genre = GenreOrganisation::du_role(role).unwrap_or(GenreOrganisation::Structure);
    Rattachement { genre, id: lu.text("id"), libelle: lu.text("libelle"), role }
}

fn moyen(lu: &Read) -> MoyenCompte {
    MoyenCompte {
        id: lu.text("id"),
        genre: lu.text("genre"),
        serie: lu.maybe("serie"),
        ajoute_le: lu.text("ajoute_le"),
    }
}

/// Changes an account, unless it has changed since this version.
pub fn modifier(id: &str, version: i64, change: &CompteModification) -> Acte {
    envoyer(Request::patch(adresse(id)).if_match(version).json(change))
}

/// Takes back a means of somebody.
pub fn revoquer(id: &str, moyen: &str) -> Acte {
    envoyer(Request::delete(format!("{}/moyens/{}", adresse(id), encode(moyen))))
}

/// Closes a session of somebody, or all of them.
pub fn fermer(id: &str, session: Option<&str>) -> Acte {
    let une = session.map(|session| format!("/{}", encode(session))).unwrap_or_default();
    envoyer(Request::delete(format!("{}/sessions{une}", adresse(id))))
}

/// Mails a first access.
pub fn premier_acces(id: &str) -> Acte {
    envoyer(Request::post(adresse(id) + "/premier-acces"))
}

/// Makes the code of a welcome kit.
pub async fn code_accueil(id: &str) -> Result<CodeAccueil, ClientError> {
    let lu = Read::answer(Request::post(adresse(id) + "/code-accueil")).await?;
    Ok(CodeAccueil { code: lu.text("code"), expire_le: lu.text("expire_le") })
}

/// The invitations that wait for an answer: the last hundred.
pub async fn invitations() -> Result<Vec<InvitationVue>, ClientError> {
    let lu = Read::answer(Request::get("/invitations?limit=100")).await?;
    Ok(lu.list("items").iter().map(invitation).collect())
}

fn invitation(lu: &Read) -> InvitationVue {
    InvitationVue {
        id: lu.text("id"),
        nom: lu.text("nom"),
        email: lu.text("email"),
        role: role(lu),
        organisation: lu.maybe("organisation"),
        cree_le: lu.text("cree_le"),
        expire_le: lu.text("expire_le"),
    }
}

/// Invites somebody.
pub fn inviter(nom: &str, email: &str, role: &str, organisation: &str) -> Acte {
    let mut membres = vec![("nom", nom), ("email", email), ("role", role)];
    if !organisation.is_empty() {
        membres.push(("organisation_id", organisation));
    }
    envoyer(Request::post("/invitations").texts(&membres))
}

/// Takes an invitation back.
pub fn retirer_invitation(id: &str) -> Acte {
    envoyer(Request::delete(format!("/invitations/{}", encode(id))))
}

/// What the link of an invitation proposes.
pub async fn ouvrir_invitation(jeton: &str) -> Result<InvitationOuverte, ClientError> {
    let lu = Read::answer(Request::post("/invitation").texts(&[("jeton", jeton)])).await?;
    let application = lu.object("application").map(|lu| ApplicationOtp {
        email: lu.text("email"),
        secret: lu.text("secret"),
        adresse: lu.text("adresse"),
        qr: lu.text("qr"),
    });
    Ok(InvitationOuverte {
        email: lu.text("email"),
        role: role(&lu),
        organisation: lu.maybe("organisation"),
        application,
    })
}

/// Accepts an invitation.
pub fn accepter_invitation(jeton: &str, code: &str) -> Acte {
    envoyer(Request::post("/invitation/accepter").texts(&[("jeton", jeton), ("code", code)]))
}

/// Asks for an account.
pub fn inscrire(nom: &str, email: &str) -> Acte {
    envoyer(Request::post("/inscription").texts(&[("nom", nom), ("email", email)]))
}

fn genre(lu: &Read) -> GenreTexte {
    GenreTexte::parse(&lu.text("genre")).unwrap_or(GenreTexte::Cgu)
}

/// The texts to accept, and what was accepted.
pub async fn engagements() -> Result<EngagementsVue, ClientError> {
    let lu = Read::answer(Request::get("/engagements")).await?;
    let texte = |lu: &Read| TexteVue {
        id: lu.text("id"),
        genre: genre(lu),
        version: lu.number("version"),
        contenu: lu.text("contenu"),
        publie_le: lu.text("publie_le"),
        accepte_le: lu.maybe("accepte_le"),
    };
    let acceptation = |lu: &Read| AcceptationVue {
        genre: genre(lu),
        version: lu.number("version"),
        accepte_le: lu.text("accepte_le"),
    };
    Ok(EngagementsVue {
        textes: lu.list("textes").iter().map(texte).collect(),
        acceptations: lu.list("acceptations").iter().map(acceptation).collect(),
    })
}

/// Accepts a version.
pub fn accepter(id: &str) -> Acte {
    envoyer(Request::post(format!("/engagements/{}/accepter", encode(id))))
}

/// Publishes a version.
pub fn publier(genre: &str, contenu: &str) -> Acte {
    envoyer(Request::post("/engagements/textes").texts(&[("genre", genre), ("contenu", contenu)]))
}
