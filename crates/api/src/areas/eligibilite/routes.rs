//! `/lots-eligibilite`, `/calendrier-eligibilite`, `/acces-bac-a-sable`: the batches, when they open, what they decide and what
//! follows.

use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use domain::error::Problem;
use domain::lot_eligibilite::{
    AccesBacASable, CalendrierSaisi, CalendrierVue, Complement, DecisionLot, DecisionLotSaisie, DecisionLotTraitee,
    EchangeVue, EtatAcces, LotDemandeVue, LotVue,
};
use domain::page::Page;
use domain::values::CodeDepartement;
use serde::Deserialize;

use super::queries::{self, AccessPosition, Search};
use super::{calendrier, decisions, echange, lots};
use crate::access::Actor;
use crate::access::rights::{CalendrierRegler, DemandeLire, EligibiliteDecider, LotLire};
use crate::areas::demande::routes::limit;
use crate::areas::demande::service::{self as demande, Context};
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::condition;
use crate::http::idempotency::{self, Key};
use crate::http::query::Query;
use crate::text;

/// What the cursor of the list of batches is bound to.
const LIST: &str = "lots-eligibilite";
/// Longest search, in characters.
const WORDS_MAX: usize = 200;

fn context<R>(actor: &Actor<R>) -> Context {
    Context {
        clock: actor.app.clock.clone(),
        territories: actor.app.territories.clone(),
        author: actor.author(),
        now: actor.app.clock.now(),
        keys: actor.app.config.keys.clone(),
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct BatchesQuery {
    /// Nombre de lots, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    #[serde(default)]
    cursor: String,
}

#[utoipa::path(
    tag = "Éligibilité",
    summary = "Les lots d’éligibilité",
    description = "Du dernier au premier, avec leurs compteurs. Un seul est ouvert : le dernier.",
    params(BatchesQuery),
    responses(
        (status = 200, body = Page<LotVue>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
    )
)]
#[get("/lots-eligibilite")]
async fn list(actor: Actor<LotLire>, Query(query): Query<BatchesQuery>) -> Result<HttpResponse, AppError> {
    let limit = limit(query.limit)?;
    let before: Option<i64> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(LIST, &query.cursor)?) };
    let asked = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let mut items = actor
        .app
        .db
        .read(move |conn| {
            let rows = queries::page(conn, before, asked)?;
            Ok::<_, AppError>(queries::views(conn, rows)?)
        })
        .await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|last| actor.app.signer.seal(LIST, &last.numero));
    Ok(HttpResponse::Ok().json(Page { items, next, total: None }))
}

#[utoipa::path(
    tag = "Éligibilité",
    summary = "Ouvrir un lot maintenant",
    description = "Sans attendre le calendrier : il prend toutes les demandes qui attendent, celles que le lot d’avant laisse sans décision comprises, et clôt celui-ci. Rien n’est ouvert si le lot ouvert a déjà tout ce qui attend.",
    responses(
        (status = 201, body = LotVue, description = "Ouvert"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Rien n’attend, hors du lot ouvert"),
    )
)]
#[post("/lots-eligibilite")]
async fn open(actor: Actor<EligibiliteDecider>) -> Result<HttpResponse, AppError> {
    let context = context(&actor);
    let opened = actor.app.db.write(move |conn| lots::open_now(conn, &context)).await?;
    Ok(HttpResponse::build(StatusCode::CREATED).json(opened))
}

#[utoipa::path(
    tag = "Éligibilité",
    summary = "Un lot d’éligibilité",
    description = "Ses dates et ses compteurs, exacts à l’instant.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant du lot")),
    responses(
        (status = 200, body = LotVue, description = "Le lot"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/lots-eligibilite/{id}")]
async fn show(actor: Actor<LotLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let found = actor.app.db.read(move |conn| lots::find(conn, &id).and_then(|row| lots::one(conn, row))).await?;
    Ok(HttpResponse::Ok().json(found))
}

#[derive(Deserialize, Clone, Debug, Default, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct WorkQuery {
    /// `a_decider`, `validee`, `refusee` ou `reportee` ; toutes par défaut.
    #[param(max_length = 20, pattern = "^(a_decider|validee|refusee|reportee)?$", example = "a_decider")]
    decision: String,
    /// `aucun`, `demande` ou `recu` : où en est le complément demandé.
    #[param(max_length = 20, pattern = "^(aucun|demande|recu)?$", example = "recu")]
    complement: String,
    /// `ok`, `a-verifier` ou `bloquant` : le verdict d’ensemble.
    #[param(max_length = 20, pattern = "^(ok|a-verifier|bloquant)?$", example = "ok")]
    verdict: String,
    /// Code d’un département.
    #[param(max_length = 3, example = "01")]
    departement: String,
    /// Mots cherchés : nom, prénom, adresse e-mail, structure, ville, SIRET.
    #[param(max_length = 200, example = "mairie")]
    q: String,
    /// Nombre de demandes, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    cursor: String,
}

impl WorkQuery {
    /// What is looked for, its values checked.
    fn search(&self) -> Result<Search, AppError> {
        let unknown = |name| AppError::parameter(name, "valeur_inconnue", text::CHOICE);
        if !self.decision.is_empty() && DecisionLot::parse(&self.decision).is_none() {
            return Err(unknown("decision"));
        }
        if !self.complement.is_empty() && Complement::parse(&self.complement).is_none() {
            return Err(unknown("complement"));
        }
        if !["", "ok", "a-verifier", "bloquant"].contains(&self.verdict.as_str()) {
            return Err(unknown("verdict"));
        }
        if !self.departement.is_empty() {
            CodeDepartement::parse(&self.departement)
                .map_err(|refused| AppError::parameter("departement", refused.code, refused.message))?;
        }
        if self.q.chars().count() > WORDS_MAX {
            return Err(AppError::parameter("q", "trop_long", text::WORDS_TOO_LONG));
        }
        Ok(Search {
            decision: self.decision.clone(),
            complement: self.complement.clone(),
            verdict: self.verdict.clone(),
            departement: self.departement.clone(),
            words: self.q.clone(),
            ..Search::default()
        })
    }
}

#[utoipa::path(
    tag = "Éligibilité",
    summary = "La liste de travail d’un lot",
    description = "Chaque demande telle qu’elle est maintenant, avec ce que chaque règle en dit et sur quelle preuve, et ce que le lot sait de sa décision. Dans l’ordre d’arrivée.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant du lot"), WorkQuery),
    responses(
        (status = 200, body = Page<LotDemandeVue>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/lots-eligibilite/{id}/demandes")]
async fn work_list(
    actor: Actor<LotLire>,
    id: web::Path<String>,
    Query(query): Query<WorkQuery>,
) -> Result<HttpResponse, AppError> {
    let (limit, search) = (limit(query.limit)?, query.search()?);
    let bound_to = format!("lot {id} {search:?}");
    let after: Option<i64> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(&bound_to, &query.cursor)?) };
    let search = Search { after, limit: i64::try_from(limit + 1).unwrap_or(i64::MAX), ..search };
    let (context, role) = (context(&actor), actor.who.role);
    let mut found = actor.app.db.read(move |conn| lots::work_list(conn, &context, role, (&id, &search))).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|(rank, _)| actor.app.signer.seal(&bound_to, rank));
    let items = found.into_iter().map(|(_, item)| item).collect();
    Ok(HttpResponse::Ok().json(Page::<LotDemandeVue> { items, next, total: None }))
}

#[utoipa::path(
    tag = "Éligibilité",
    summary = "Décider de l’éligibilité de demandes d’un lot",
    description = "De 1 à 1 000 demandes. `valider` habilite la structure, une fois, et met en file l’accès au bac à sable ; un constat bloquant l’empêche, un constat à vérifier demande un motif (ELI-2 et ELI-3, qui ne bloquent que le \
                   financement par une enveloppe, demandent un motif). `refuser` demande un motif et rend l’argent à l’enveloppe. `complement` envoie la question au référent. `rouvrir` remet à l’étude, y compris dans un lot clos : \
                   l’argent rendu par un refus est repris, ou la décision refusée s’il n’y est plus.",
    request_body = DecisionLotSaisie,
    params(
        ("id" = String, Path, format = "uuid", description = "Identifiant du lot"),
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", description = "Clé qui évite de décider deux fois"),
    ),
    responses(
        (status = 200, body = DecisionLotTraitee, description = "Ce qu’il est advenu de chaque demande"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Clé mal formée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Lot clos, ou même clé en cours de traitement"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Une demande a changé pendant le traitement : recommencez"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés ou, si la décision est atomique, demandes refusées"),
    )
)]
#[post("/lots-eligibilite/{id}/decisions")]
async fn decide(
    req: HttpRequest,
    actor: Actor<EligibiliteDecider>,
    id: web::Path<String>,
    body: Json<DecisionLotSaisie>,
) -> Result<HttpResponse, AppError> {
    let key = Key::read(&req, format!("lots.decisions {} {id}", actor.who.id), &body.bytes)?;
    let work = decisions::Work { context: context(&actor), role: actor.who.role };
    let answered = actor
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, key.as_ref(), work.context.now, |conn| {
                let done: DecisionLotTraitee = decisions::decide(conn, &work, &id, &body.value)?;
                let body = serde_json::to_string(&done).map_err(|error| AppError::Internal(error.to_string()))?;
                Ok((200, body))
            })
        })
        .await?;
    Ok(HttpResponse::Ok().content_type(ContentType::json()).body(answered.body))
}

fn schedule(view: &CalendrierVue) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    condition::tag(&mut response, view.version);
    response.json(view)
}

#[utoipa::path(
    tag = "Éligibilité",
    summary = "Le calendrier des lots d’éligibilité",
    description = "Quand le prochain lot ouvre, et comment le calendrier a été réglé. Les jours sont en temps universel : un lot ouvre au début du sien.",
    responses((status = 200, body = CalendrierVue, description = "Le calendrier"))
)]
#[get("/calendrier-eligibilite")]
async fn show_schedule(actor: Actor<LotLire>) -> Result<HttpResponse, AppError> {
    let now = actor.app.clock.now();
    let found = actor.app.db.read(move |conn| calendrier::show(conn, now)).await?;
    Ok(schedule(&found))
}

#[utoipa::path(
    tag = "Éligibilité",
    summary = "Régler le calendrier des lots d’éligibilité",
    description = "Le premier jour et le nombre de jours entre deux lots. Vaut à partir d’aujourd’hui : une ouverture d’avant n’est pas rattrapée. Les réglages d’avant sont gardés.",
    request_body = CalendrierSaisi,
    params(("If-Match" = String, Header, example = "\"1\"", pattern = "^\"[0-9]{1,18}\"$", description = "Version lue, entre guillemets")),
    responses(
        (status = 200, body = CalendrierVue, description = "Réglé"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Modifié depuis votre lecture"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
        (status = 428, body = Problem, content_type = "application/problem+json", description = "`If-Match` manque"),
    )
)]
#[put("/calendrier-eligibilite")]
async fn set_schedule(
    req: HttpRequest,
    actor: Actor<CalendrierRegler>,
    body: Json<CalendrierSaisi>,
) -> Result<HttpResponse, AppError> {
    let (context, expected) = (context(&actor), condition::expected_version(&req)?);
    let set = actor.app.db.write(move |conn| calendrier::set(conn, &context, expected, &body.value)).await?;
    Ok(schedule(&set))
}

#[derive(Deserialize, Clone, Debug, Default, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct AccessQuery {
    /// `en_file` par défaut, `ouvert` ou `annule`.
    #[param(max_length = 20, pattern = "^(en_file|ouvert|annule)?$", example = "en_file")]
    etat: String,
    /// Nombre d’accès, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    cursor: String,
}

#[utoipa::path(
    tag = "Éligibilité",
    summary = "Les accès au bac à sable",
    description = "Ceux des personnes dont l’éligibilité est validée, dans l’ordre où ils ont été mis en file.",
    params(AccessQuery),
    responses(
        (status = 200, body = Page<AccesBacASable>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
    )
)]
#[get("/acces-bac-a-sable")]
async fn accesses(actor: Actor<LotLire>, Query(query): Query<AccessQuery>) -> Result<HttpResponse, AppError> {
    let limit = limit(query.limit)?;
    let state = if query.etat.is_empty() { Some(EtatAcces::EnFile) } else { EtatAcces::parse(&query.etat) };
    let state = state.ok_or_else(|| AppError::parameter("etat", "valeur_inconnue", text::CHOICE))?;
    let bound_to = format!("acces-bac-a-sable {}", state.as_str());
    let after: Option<AccessPosition> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(&bound_to, &query.cursor)?) };
    let asked = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let mut found =
        actor.app.db.read(move |conn| Ok::<_, AppError>(queries::accesses(conn, state, after, asked)?)).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|(position, _)| actor.app.signer.seal(&bound_to, position));
    let items = found.into_iter().map(|(_, item)| item).collect();
    Ok(HttpResponse::Ok().json(Page::<AccesBacASable> { items, next, total: None }))
}

#[utoipa::path(
    tag = "Éligibilité",
    summary = "Les échanges avec la structure au sujet d’une demande",
    description = "Ce que l’équipe Aidants Connect a demandé, et ce que la structure a répondu, dans l’ordre.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande")),
    responses(
        (status = 200, body = Page<EchangeVue>, description = "Les échanges"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/demandes/{id}/echanges")]
async fn exchanges(actor: Actor<DemandeLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let perimeter = actor.perimeter.clone();
    let items = actor
        .app
        .db
        .read(move |conn| {
            let stored = demande::get(conn, &perimeter, &id)?;
            Ok::<_, AppError>(echange::thread(conn, &stored.id)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(Page::<EchangeVue> { items, next: None, total: None }))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(list).service(open).service(show).service(work_list).service(decide);
    config.service(show_schedule).service(set_schedule).service(accesses).service(exchanges);
}
