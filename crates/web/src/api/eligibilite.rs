//! The eligibility batches, their schedule, their work lists and the decisions.

use domain::lot_eligibilite::{CalendrierSaisi, Complement, DecisionLot, DecisionLotSaisie, GenreEchange};
use domain::rules::Verdict;

use super::query::encode;
use super::read::Read;
use super::{ClientError, Query, Request};

/// A batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lot {
    /// Identifier.
    pub id: String,
    /// Number.
    pub numero: i64,
    /// Day for which it was due.
    pub prevu_le: String,
    /// Whether the next one took over what was left.
    pub clos: bool,
    /// Taken, undecided, validated, refused, left; undecided that wait for an answer, that have one.
    pub nombres: [i64; 7],
}

fn lot(lu: &Read) -> Lot {
    let noms = ["demandes", "a_decider", "validees", "refusees", "reportees", "en_complement", "reponses"];
    Lot {
        id: lu.text("id"),
        numero: lu.number("numero"),
        prevu_le: lu.text("prevu_le"),
        clos: lu.maybe("clos_le").is_some(),
        nombres: noms.map(|nom| lu.number(nom)),
    }
}

/// One page of the batches, the last one first, and the cursor of the next.
pub async fn lister(cursor: &str) -> Result<(Vec<Lot>, Option<String>), ClientError> {
    let query = Query::new().with("limit", 20).with_some("cursor", cursor);
    let lu = Read::answer(Request::get(query.on("/lots-eligibilite"))).await?;
    Ok((lu.list("items").iter().map(lot).collect(), lu.maybe("next")))
}

/// One batch.
pub async fn lire(id: &str) -> Result<Lot, ClientError> {
    Ok(lot(&Read::answer(Request::get(format!("/lots-eligibilite/{}", encode(id)))).await?))
}

/// Opens one now; its identifier.
pub async fn ouvrir() -> Result<String, ClientError> {
    Ok(Read::answer(Request::post("/lots-eligibilite")).await?.text("id"))
}

/// When the batches open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendrier {
    /// Version that was read.
    pub version: i64,
    /// First day.
    pub premier_jour: String,
    /// Days between two openings.
    pub periode: i64,
    /// Day of the next one.
    pub prochaine: Option<String>,
    /// Who set it last.
    pub auteur: String,
}

fn calendrier_lu(lu: &Read) -> Calendrier {
    Calendrier {
        version: lu.number("version"),
        premier_jour: lu.text("premier_jour"),
        periode: lu.number("periode"),
        prochaine: lu.maybe("prochaine"),
        auteur: lu.list("versions").first().map(|une| une.text("auteur")).unwrap_or_default(),
    }
}

/// When the batches open.
pub async fn calendrier() -> Result<Calendrier, ClientError> {
    Ok(calendrier_lu(&Read::answer(Request::get("/calendrier-eligibilite")).await?))
}

/// Sets when they open, over the version that was read.
pub async fn regler(version: i64, saisie: &CalendrierSaisi) -> Result<Calendrier, ClientError> {
    Ok(calendrier_lu(&Read::answer(Request::put("/calendrier-eligibilite").if_match(version).json(saisie)).await?))
}

/// What a rule says: its id, what it concludes, the sentence, and what that rests on (source, date, value).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dit {
    /// Rule.
    pub regle: String,
    /// Verdict.
    pub verdict: Verdict,
    /// Sentence.
    pub phrase: String,
    /// Source, date and value.
    pub preuve: [String; 3],
}

/// A demande of a work list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ligne {
    /// Identifier.
    pub id: String,
    /// First name, last name, structure, city, habilitation number.
    pub dites: [String; 5],
    /// What the batch knows of the decision.
    pub decision: DecisionLot,
    /// Whether information was asked for.
    pub complement: Complement,
    /// Reason, and who decided.
    pub motif: [String; 2],
    /// Whether it cannot be validated, or asks for a reason.
    pub retenue: (bool, bool),
    /// What each rule says.
    pub constats: Vec<Dit>,
}

fn dit(lu: &Read) -> Dit {
    let preuve = lu.object("preuve");
    let dans = |nom| preuve.as_ref().map(|preuve| preuve.text(nom)).unwrap_or_default();
    let verdict = match lu.text("verdict").as_str() {
        "ok" => Verdict::Ok,
        "bloquant" => Verdict::Bloquant,
        _ => Verdict::AVerifier,
    };
    Dit { regle: lu.text("regle"), verdict, phrase: lu.text("phrase"), preuve: ["source", "date", "valeur"].map(dans) }
}

fn ligne(lu: &Read) -> Option<Ligne> {
    let colonnes = lu.object("colonnes");
    let dans = |nom| colonnes.as_ref().map(|colonnes| colonnes.text(nom)).unwrap_or_default();
    Some(Ligne {
        id: lu.text("id"),
        dites: ["prenom", "nom", "structure_nom", "ville", "numero_habilitation"].map(dans),
        decision: DecisionLot::parse(&lu.text("decision"))?,
        complement: Complement::parse(&lu.text("complement"))?,
        motif: ["motif", "auteur"].map(|nom| lu.text(nom)),
        retenue: (lu.is("retenue"), lu.is("motif_requis")),
        constats: lu.list("constats").iter().map(dit).collect(),
    })
}

/// Which demandes of a batch: by decision or information asked for, verdict, words.
#[derive(Clone, Debug, Default)]
pub struct Choix {
    /// `a_decider`, `recu`…; see the lists of the page.
    pub liste: String,
    /// Verdict; any when empty.
    pub verdict: String,
    /// Words.
    pub mots: String,
}

/// One page of a work list, and the cursor of the next.
pub async fn demandes(id: &str, choix: &Choix, cursor: &str) -> Result<(Vec<Ligne>, Option<String>), ClientError> {
    let attend = Complement::parse(&choix.liste).is_some();
    let decision = if attend { DecisionLot::ADecider.as_str() } else { &choix.liste };
    let query = Query::new()
        .with("limit", 20)
        .with_some("decision", decision)
        .with_some("complement", if attend { &choix.liste } else { "" })
        .with_some("verdict", &choix.verdict)
        .with_some("q", &choix.mots)
        .with_some("cursor", cursor);
    let lu = Read::answer(Request::get(query.on(&format!("/lots-eligibilite/{}/demandes", encode(id))))).await?;
    Ok((lu.list("items").iter().filter_map(ligne).collect(), lu.maybe("next")))
}

/// What became of a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traitee {
    /// Whether nothing was written.
    pub essai: bool,
    /// Done, nothing to do, refused, mails, structures habilitated.
    pub nombres: [i64; 5],
    /// Those that were refused: the demande, and why.
    pub refusees: Vec<(String, String)>,
}

/// Decides, or tries to. The same `cle` decides once, however often it is sent.
pub async fn decider(id: &str, saisie: &DecisionLotSaisie, cle: Option<&str>) -> Result<Traitee, ClientError> {
    let request = Request::post(format!("/lots-eligibilite/{}/decisions", encode(id))).json(saisie).timeout(60_000);
    let request = match cle {
        Some(cle) => request.header("Idempotency-Key", cle),
        None => request,
    };
    let lu = Read::answer(request).await?;
    let refusee = |un: &Read| {
        let probleme = un.object("probleme").filter(|_| un.text("issue") == "refusee")?;
        let premiere = probleme.list("errors").first().map(|erreur| erreur.text("message"));
        Some((un.text("id"), premiere.unwrap_or_else(|| probleme.text("detail"))))
    };
    Ok(Traitee {
        essai: lu.is("essai"),
        nombres: ["faites", "inchangees", "refusees", "courriels", "structures"].map(|nom| lu.number(nom)),
        refusees: lu.list("resultats").iter().filter_map(refusee).collect(),
    })
}

/// A message of a thread: whether the team asks, what is said, when, by whom.
pub type Message = (bool, String, String, String);

/// The thread of a demande.
pub async fn echanges(demande: &str) -> Result<Vec<Message>, ClientError> {
    let lu = Read::answer(Request::get(format!("/demandes/{}/echanges", encode(demande)))).await?;
    let question = GenreEchange::Question.as_str();
    let un = |un: &Read| (un.text("genre") == question, un.text("texte"), un.text("date"), un.text("auteur"));
    Ok(lu.list("items").iter().map(un).collect())
}
