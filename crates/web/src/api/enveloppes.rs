//! Envelopes, their account and the decisions on the financing.

use domain::demande::Formation;
use domain::enveloppe::tableau::EnveloppesImportees;
use domain::enveloppe::{
    DecisionSaisie, EnveloppeNouvelle, EnveloppeReglages, EtatEnveloppe, EtatMouvement, GenreMouvement,
    MouvementSaisie, PromotionSaisie, TarifSaisi,
};

use super::query::encode;
use super::read::Read;
use super::upload::post_file;
use super::{ClientError, Query, Request};

/// The account of an envelope. Amounts are in cents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compte {
    /// Identifier.
    pub id: String,
    /// Label.
    pub libelle: String,
    /// Code of the département.
    pub departement: String,
    /// Year.
    pub annee: i64,
    /// Who holds it.
    pub recipiendaire: String,
    /// Where it stands.
    pub etat: Option<EtatEnveloppe>,
    /// Amount.
    pub montant: i64,
    /// Engaged.
    pub engage: i64,
    /// Consumed.
    pub consomme: i64,
    /// Left.
    pub reste: i64,
    /// Trainings financed.
    pub departs: i64,
    /// Trainings aimed at.
    pub cible: i64,
    /// Demandes on its waiting list; 0 in a list of envelopes.
    pub en_attente: i64,
    /// Those who hold it: name, address, whether only invited.
    pub acces: Vec<(String, String, bool)>,
    /// What is set of it; nothing in a list of envelopes.
    pub reglages: EnveloppeReglages,
    /// Version that was read.
    pub version: i64,
}

fn reglages(lu: &Read) -> EnveloppeReglages {
    let tarif = |lu: &Read| {
        let formation = Formation::parse(&lu.text("formation"))?;
        Some(TarifSaisi { formation, organisme: lu.text("organisme"), prix: lu.number("prix") })
    };
    EnveloppeReglages {
        libelle: lu.text("libelle"),
        recipiendaire: lu.text("recipiendaire"),
        siret: lu.text("siret"),
        etat: EtatEnveloppe::parse(&lu.text("etat")).unwrap_or(EtatEnveloppe::Close),
        convention: lu.text("convention"),
        debut: lu.text("debut"),
        fin: lu.text("fin"),
        cible: lu.number("cible"),
        acces: lu.number("acces"),
        prix_aidants_numeriques: lu.number("prix_aidants_numeriques"),
        prix_aidants_connect: lu.number("prix_aidants_connect"),
        tarifs: lu.list("tarifs").iter().filter_map(tarif).collect(),
    }
}

fn compte(lu: &Read) -> Compte {
    let acces = lu.list("acces");
    Compte {
        id: lu.text("id"),
        libelle: lu.text("libelle"),
        departement: lu.text("departement"),
        annee: lu.number("annee"),
        recipiendaire: lu.text("recipiendaire"),
        etat: EtatEnveloppe::parse(&lu.text("etat")),
        montant: lu.number("montant"),
        engage: lu.number("engage"),
        consomme: lu.number("consomme"),
        reste: lu.number("reste"),
        departs: lu.number("departs"),
        cible: lu.number("cible"),
        en_attente: lu.number("en_attente"),
        acces: acces.iter().map(|un| (un.text("nom"), un.text("email"), un.is("invitation"))).collect(),
        reglages: lu.object("reglages").as_ref().map(reglages).unwrap_or_default(),
        version: lu.number("version"),
    }
}

/// One page of the envelopes within reach, and the cursor of the next.
pub async fn lister(cursor: &str) -> Result<(Vec<Compte>, Option<String>), ClientError> {
    let query = Query::new().with("limit", 50).with_some("cursor", cursor);
    let lu = Read::answer(Request::get(query.on("/enveloppes"))).await?;
    Ok((lu.list("items").iter().map(compte).collect(), lu.maybe("next")))
}

/// One envelope, whole.
pub async fn lire(id: &str) -> Result<Compte, ClientError> {
    Ok(compte(&Read::answer(Request::get(format!("/enveloppes/{}", encode(id)))).await?))
}

/// Makes an envelope; its identifier.
pub async fn creer(saisie: &EnveloppeNouvelle) -> Result<String, ClientError> {
    Ok(Read::answer(Request::post("/enveloppes").json(saisie)).await?.text("id"))
}

/// Sets an envelope, unless it has changed since this version.
pub async fn regler(id: &str, version: i64, saisie: &EnveloppeReglages) -> Result<(), ClientError> {
    Request::put(format!("/enveloppes/{}", encode(id))).if_match(version).json(saisie).send().await.map(drop)
}

/// Address of the national list.
pub const LISTE: &str = "/api/v1/enveloppes/export";

/// Sends the national list, or tries to: envelopes made, set otherwise, that were so already.
pub async fn envoyer(fichier: &web_sys::Blob, essai: bool) -> Result<EnveloppesImportees, ClientError> {
    let adresse = format!("/enveloppes:import?essai={essai}");
    let recu = post_file(&adresse, fichier, "text/csv", Box::new(|_| {})).await?;
    serde_json::from_str(&recu).map_err(|_shape| ClientError::Unexpected)
}

/// What became of a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traitee {
    /// Whether nothing was written.
    pub essai: bool,
    /// How many were done, had nothing to do, were refused; mails that leave.
    pub nombres: [i64; 4],
    /// What is left of the envelope, in cents.
    pub reste: Option<i64>,
    /// Those that were refused: the demande, and why.
    pub refusees: Vec<(String, String)>,
}

async fn traitee(request: Request) -> Result<Traitee, ClientError> {
    let lu = Read::answer(request.timeout(60_000)).await?;
    let refusee = |un: &Read| {
        let probleme = un.object("probleme").filter(|_| un.text("issue") == "refusee")?;
        let premiere = probleme.list("errors").first().map(|erreur| erreur.text("message"));
        Some((un.text("id"), premiere.unwrap_or_else(|| probleme.text("detail"))))
    };
    Ok(Traitee {
        essai: lu.is("essai"),
        nombres: ["faites", "inchangees", "refusees", "courriels"].map(|nom| lu.number(nom)),
        reste: lu.list("enveloppes").first().map(|une| une.number("reste")),
        refusees: lu.list("resultats").iter().filter_map(refusee).collect(),
    })
}

/// Decides, or tries to. The same `cle` decides once, however often it is sent.
pub async fn decider(saisie: &DecisionSaisie, cle: Option<&str>) -> Result<Traitee, ClientError> {
    let request = Request::post("/demandes/financement").json(saisie);
    traitee(match cle {
        Some(cle) => request.header("Idempotency-Key", cle),
        None => request,
    })
    .await
}

/// Grants those that wait, in their order, while the money lasts; or tries to.
pub async fn promouvoir(id: &str, saisie: &PromotionSaisie) -> Result<Traitee, ClientError> {
    traitee(Request::post(format!("/enveloppes/{}/promouvoir", encode(id))).json(saisie)).await
}

/// What a rule says of a demande, and what that rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstatLu {
    /// Rule.
    pub regle: String,
    /// What it says.
    pub phrase: String,
    /// Source, day (ISO, or empty) and value of the proof.
    pub preuve: [String; 3],
}

/// What the rules say of a demande.
pub async fn constats(demande: &str) -> Result<Vec<ConstatLu>, ClientError> {
    let lu = Read::answer(Request::get(format!("/demandes/{}", encode(demande)))).await?;
    let un = |un: &Read| ConstatLu {
        regle: un.text("regle"),
        phrase: un.text("phrase"),
        preuve: un
            .object("preuve")
            .map(|lue| ["source", "date", "valeur"].map(|nom| lue.text(nom)))
            .unwrap_or_default(),
    };
    Ok(lu.list("constats").iter().map(un).collect())
}

/// A transfer or an amendment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mouvement {
    /// Identifier.
    pub id: String,
    /// What it is.
    pub genre: Option<GenreMouvement>,
    /// Where it stands.
    pub etat: Option<EtatMouvement>,
    /// Amount, in cents.
    pub montant: i64,
    /// Why.
    pub motif: String,
    /// Who proposed it, and when.
    pub propose: (String, String),
}

/// The movements of an envelope.
pub async fn mouvements(id: &str) -> Result<Vec<Mouvement>, ClientError> {
    let lu = Read::answer(Request::get(format!("/enveloppes/{}/mouvements", encode(id)))).await?;
    let un = |un: &Read| Mouvement {
        id: un.text("id"),
        genre: GenreMouvement::parse(&un.text("genre")),
        etat: EtatMouvement::parse(&un.text("etat")),
        montant: un.number("montant"),
        motif: un.text("motif"),
        propose: (un.text("propose_par"), un.text("propose_le")),
    };
    Ok(lu.list("items").iter().map(un).collect())
}

/// Proposes a movement.
pub async fn proposer(id: &str, saisie: &MouvementSaisie) -> Result<(), ClientError> {
    Request::post(format!("/enveloppes/{}/mouvements", encode(id))).json(saisie).send().await.map(drop)
}

/// Approves a movement that somebody else proposed, or refuses it.
pub async fn trancher(id: &str, approuver: bool) -> Result<(), ClientError> {
    let verbe = if approuver { "approuver" } else { "refuser" };
    Request::post(format!("/mouvements/{}/{verbe}", encode(id))).send().await.map(drop)
}
