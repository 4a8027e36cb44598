//! Making envelopes, setting them, importing their national list.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use domain::enveloppe::tableau::EnveloppesImportees;
use domain::enveloppe::{EnveloppeDetail, EnveloppeNouvelle, EnveloppeReglages};
use domain::error::Problem;
use serde::Deserialize;

use super::{answer, context};
use crate::access::Actor;
use crate::access::rights::EnveloppeGerer;
use crate::areas::enveloppe::{gestion, liste};
use crate::clock::iso_date;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::query::Query;
use crate::http::{condition, csv};

#[utoipa::path(
    tag = "Enveloppes",
    summary = "Créer une enveloppe",
    description = "Le montant est celui de sa convention ; il change ensuite par des mouvements, que deux personnes décident. Montants en centimes.",
    request_body = EnveloppeNouvelle,
    responses(
        (status = 201, body = EnveloppeDetail, description = "Créée"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Libellé déjà pris"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/enveloppes")]
pub async fn create(actor: Actor<EnveloppeGerer>, body: Json<EnveloppeNouvelle>) -> Result<HttpResponse, AppError> {
    let context = context(&actor);
    let detail = actor.app.db.write(move |conn| gestion::create(conn, &context, body.value)).await?;
    Ok(answer(StatusCode::CREATED, &detail))
}

#[utoipa::path(
    tag = "Enveloppes",
    summary = "Régler une enveloppe",
    description = "Tout sauf son département, son année et son montant. Un prix changé vaut pour les financements à venir : ceux qui sont accordés gardent le leur.",
    request_body = EnveloppeReglages,
    params(
        ("id" = String, Path, format = "uuid", description = "Identifiant de l’enveloppe"),
        ("If-Match" = String, Header, example = "\"1\"", pattern = "^\"[0-9]{1,18}\"$", description = "Version lue, entre guillemets"),
    ),
    responses(
        (status = 200, body = EnveloppeDetail, description = "Réglée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Libellé déjà pris"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Modifiée depuis votre lecture"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
        (status = 428, body = Problem, content_type = "application/problem+json", description = "`If-Match` manque"),
    )
)]
#[put("/enveloppes/{id}")]
pub async fn change(
    req: HttpRequest,
    actor: Actor<EnveloppeGerer>,
    id: web::Path<String>,
    body: Json<EnveloppeReglages>,
) -> Result<HttpResponse, AppError> {
    let (context, expected) = (context(&actor), condition::expected_version(&req)?);
    let detail = actor.app.db.write(move |conn| gestion::change(conn, &context, (&id, expected), body.value)).await?;
    Ok(answer(StatusCode::OK, &detail))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Ne rien écrire : dire seulement ce qui le serait.
    #[serde(default)]
    #[param(example = true)]
    essai: bool,
}

#[utoipa::path(
    tag = "Enveloppes",
    summary = "Importer la liste des enveloppes",
    description = "Un CSV en UTF-8, séparé par des points-virgules ou des virgules : `departement`, `annee`, `libelle`, `recipiendaire`, et au choix `montant_euros`, `siret`, \
                   `etat`, `convention`, `debut`, `fin`, `cible`, `acces`, `prix_aidants_numeriques_euros`, `prix_aidants_connect_euros`. Tout ou rien : chaque case refusée est \
                   nommée. Une enveloppe du même département, de la même année et du même libellé est réglée ; le même fichier renvoyé ne change rien.",
    params(ImportQuery),
    request_body(content = String, content_type = "text/csv", description = "Le fichier"),
    responses(
        (status = 200, body = EnveloppesImportees, description = "Ce qu’il en est advenu"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé, ou fichier illisible"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "Fichier trop grand"),
        (status = 415, body = Problem, content_type = "application/problem+json", description = "Autre chose qu’un CSV en UTF-8"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Lignes refusées : rien n’est écrit"),
    )
)]
#[post("/enveloppes:import")]
pub async fn import(
    req: HttpRequest,
    actor: Actor<EnveloppeGerer>,
    Query(query): Query<ImportQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, AppError> {
    let file = csv::file(&req, payload, actor.app.config.limits.json_bytes).await?;
    let context = context(&actor);
    let done: EnveloppesImportees =
        actor.app.db.write(move |conn| liste::run(conn, &context, &file, query.essai)).await?;
    Ok(HttpResponse::Ok().json(done))
}

#[utoipa::path(
    tag = "Enveloppes",
    summary = "Télécharger la liste des enveloppes",
    description = "Un CSV en UTF-8 séparé par des points-virgules, aux colonnes de l’import : corrigé, il peut être renvoyé.",
    responses((status = 200, body = String, content_type = "text/csv", description = "Le fichier"))
)]
#[get("/enveloppes/export")]
pub async fn export(actor: Actor<EnveloppeGerer>) -> Result<HttpResponse, AppError> {
    let perimeter = actor.perimeter.clone();
    let file = actor.app.db.read(move |conn| liste::file(conn, &perimeter)).await?;
    let name = format!("attachment; filename=\"enveloppes-{}.csv\"", iso_date(actor.app.clock.now()));
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(file))
}
