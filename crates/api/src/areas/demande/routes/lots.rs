//! `POST /demandes:batch`: many demandes in one request; `GET /collegues`: to whom they may be given.

use actix_web::http::header::ContentType;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::commentaire::Collegue;
use domain::demande::lot::{Lot, LotTraite};
use domain::error::Problem;
use domain::page::Page;
use domain::permission::Operation;

use crate::access::Actor;
use crate::access::rights::DemandeModifier;
use crate::areas::demande::lots::{self, Work};
use crate::areas::demande::suivi;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::idempotency;

impl<R> Actor<R> {
    /// What work on many demandes needs to know of this caller.
    pub(super) fn work(&self) -> Work {
        let speaker = self.who.perimeter(Operation::Commenter).ok().map(|reached| self.speaker(reached));
        Work { context: self.context(), role: self.who.role, perimeter: self.perimeter.clone(), speaker }
    }
}

#[utoipa::path(
    tag = "Demandes",
    summary = "À qui confier une demande",
    description = "Les personnes qui modifient les mêmes demandes que l’appelant, lui compris, par nom : ce que prend la colonne `suivi_par`.",
    responses((status = 200, body = Page<Collegue>, description = "Les personnes"))
)]
#[get("/collegues")]
pub async fn colleagues(actor: Actor<DemandeModifier>) -> Result<HttpResponse, AppError> {
    let perimeter = actor.perimeter.clone();
    let items = actor.app.db.read(move |conn| Ok::<_, AppError>(suivi::colleagues(conn, &perimeter)?)).await?;
    Ok(HttpResponse::Ok().json(Page::<Collegue> { items, next: None, total: None }))
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Ajouter, modifier, supprimer, restaurer ou commenter plusieurs demandes",
    description = "De 1 à 1 000 opérations, chacune sur une autre demande, en une fois. `atomique` (par défaut) : un seul refus les refuse toutes, \
                   et rien n’est écrit ; sinon, celles qui le peuvent sont faites. `essai` : rien n’est écrit, la réponse dit ce qui le serait. \
                   `geste` annule ensuite le tout : voir « Annuler un geste ».",
    request_body = Lot,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", description = "Clé qui évite de faire deux fois")),
    responses(
        (status = 200, body = LotTraite, description = "Ce qu’il est advenu de chaque opération"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Même clé en cours de traitement, ou montant d’une enveloppe dépassé : rien n’est écrit"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Une demande a changé pendant le traitement : recommencez"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Lot vide, trop long ou, s’il est atomique, opérations refusées"),
    )
)]
#[post("/demandes:batch")]
pub async fn batch(req: HttpRequest, actor: Actor<DemandeModifier>, body: Json<Lot>) -> Result<HttpResponse, AppError> {
    let scope = format!("demandes.lot {} {}", actor.who.id, actor.who.role.as_str());
    let key = idempotency::Key::read(&req, scope, &body.bytes)?;
    let work = actor.work();
    let answered = actor
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, key.as_ref(), work.context.now, |conn| {
                let done = lots::run(conn, &work, &body.value)?;
                let body = serde_json::to_string(&done).map_err(|error| AppError::Internal(error.to_string()))?;
                Ok((200, body))
            })
        })
        .await?;
    Ok(HttpResponse::Ok().content_type(ContentType::json()).body(answered.body))
}
