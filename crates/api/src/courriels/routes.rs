//! `GET /courriels/modeles`: the templates of the mails, with example values, for whoever proofreads them.

use actix_web::{HttpResponse, get, web};
use domain::courriel::{EnvoiVue, ModeleApercu, ModeleResume, ModelesVue, TABLE};
use domain::error::{ErrorCode, Problem};

use crate::access::Actor;
use crate::access::rights::ModeleLire;
use crate::error::AppError;
use crate::text::mails;

/// A template, to whom it goes, and its subject.
fn summary(code: &'static str) -> Option<ModeleResume> {
    let rows = || TABLE.iter().filter(move |row| row.modele == code);
    let mail = mails::render(&mails::example(code)?, "")?;
    Some(ModeleResume {
        code: code.to_owned(),
        objet: mail.subject,
        envois: rows().map(|row| EnvoiVue { evenement: row.evenement, destinataire: row.destinataire }).collect(),
        rappel: rows().any(|row| row.evenement.est_rappel()),
    })
}

#[utoipa::path(
    tag = "Courriels",
    summary = "Les modèles des courriels",
    description = "Chaque modèle, les événements qui l’envoient et à qui, son objet avec des valeurs d’exemple.",
    responses((status = 200, body = ModelesVue, description = "Les modèles"))
)]
#[get("/courriels/modeles")]
async fn list(_actor: Actor<ModeleLire>) -> HttpResponse {
    HttpResponse::Ok().json(ModelesVue { items: mails::codes().filter_map(summary).collect() })
}

#[utoipa::path(
    tag = "Courriels",
    summary = "Un modèle, tel qu’il part",
    description = "Texte et HTML, avec des valeurs d’exemple : rien n’est envoyé.",
    params(("code" = String, Path, description = "Code du modèle", max_length = 60, example = "financement_accorde_professionnel")),
    responses(
        (status = 200, body = ModeleApercu, description = "Le courriel"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Aucun modèle n’a ce code"),
    )
)]
#[get("/courriels/modeles/{code}")]
async fn show(actor: Actor<ModeleLire>, path: web::Path<String>) -> Result<HttpResponse, AppError> {
    let code = path.into_inner();
    let unknown = || AppError::new(ErrorCode::Introuvable);
    let known = mails::codes().find(|known| *known == code).ok_or_else(unknown)?;
    let site = &actor.app.config.mail.site;
    let mail = mails::example(known).and_then(|example| mails::render(&example, site)).ok_or_else(unknown)?;
    Ok(HttpResponse::Ok().json(ModeleApercu { code, objet: mail.subject, texte: mail.text, html: mail.html }))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(list);
    config.service(show);
}
