//! Mails to the people of demandes, and groups of a list.

use domain::message::{Groupe, Groupes, MessageApercu, MessageSaisie};

use super::demandes::Liste;
use super::read::Read;
use super::{ClientError, Query, Request};

/// What became of a sending, as its screen tells it.
#[derive(Clone)]
pub struct Traite {
    /// People written to, or who would be.
    pub destinataires: i64,
    /// What the first of them reads.
    pub apercu: Option<MessageApercu>,
    /// Mails that the person may still send today.
    pub reste: i64,
    /// The demandes left out, each with the reason.
    pub refuses: Vec<(String, String)>,
}

/// Writes to the people of demandes, or shows what would leave. The same `cle` sends once, however often it is sent.
pub async fn ecrire(message: &MessageSaisie, cle: Option<&str>) -> Result<Traite, ClientError> {
    let requete = Request::post("/demandes/courriels").json(message).timeout(60_000);
    let requete = match cle {
        Some(cle) => requete.header("Idempotency-Key", cle),
        None => requete,
    };
    let lu = Read::answer(requete).await?;
    let apercu = |lu: Read| MessageApercu { a: lu.text("a"), objet: lu.text("objet"), texte: lu.text("texte") };
    let refuse =
        |lu: &Read| (lu.text("id"), lu.object("probleme").map(|probleme| probleme.text("detail")).unwrap_or_default());
    Ok(Traite {
        destinataires: lu.number("destinataires"),
        apercu: lu.object("apercu").map(apercu),
        reste: lu.number("reste"),
        refuses: lu.list("refuses").iter().map(refuse).collect(),
    })
}

/// The demandes of a list, grouped by a column.
pub async fn groupes(liste: &Liste, par: &str) -> Result<Groupes, ClientError> {
    let query = Query::new().with("par", par).with_some("filter", &liste.filtre).with_some("q", &liste.q);
    let lu = Read::answer(Request::get(query.on("/demandes/groupes"))).await?;
    let nombre = |lu: &Read, nom| u64::try_from(lu.number(nom)).unwrap_or_default();
    let un = |lu: &Read| Groupe { valeur: lu.text("valeur"), nombre: nombre(lu, "nombre") };
    Ok(Groupes {
        par: lu.text("par"),
        groupes: lu.list("groupes").iter().map(un).collect(),
        autres: nombre(&lu, "autres"),
    })
}
