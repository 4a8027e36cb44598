//! `/comptes`: finding accounts, making them, changing their roles, organisations and state.

use actix_web::http::StatusCode;
use actix_web::http::header::LINK;
use actix_web::{HttpRequest, HttpResponse, get, patch, post, web};
use domain::compte::{
    CompteDetail, CompteModification, CompteNouveau, CompteResume, EtatCompte, MoyenCompte, Rattachement,
};
use domain::error::Problem;
use domain::page::{LIMIT_DEFAULT, LIMIT_MAX, Page};
use domain::values::plier;
use serde::Deserialize;

use super::sessions::open_session;
use crate::access::rights::{CompteGerer, CompteLire};
use crate::access::{Actor, Programs, fresh};
use crate::areas::client_api;
use crate::areas::compte::queries::directory::{self, Wanted};
use crate::areas::compte::service::accounts::{self, Admin};
use crate::clock::{Moment, rfc3339};
use crate::db::DbConn;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::query::Query;
use crate::http::{condition, idempotency};
use crate::single_use::{self, Purpose};

/// Most characters of a search.
const WORDS_MAX: usize = 200;
/// What the cursors of this list are signed for.
const CURSOR: &str = "comptes";

impl<R> Actor<R> {
    /// This caller as one who administers accounts: a person has given a code lately (SEC-24).
    pub(super) fn admin(&self) -> Result<Admin, AppError> {
        fresh(&self.app, &self.who, Programs::Exempt)?;
        Ok(Admin { clock: self.app.clock.clone(), now: self.app.clock.now(), author: self.author() })
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Mots du nom ou de l’adresse.
    #[serde(default)]
    #[param(max_length = 200, example = "martin")]
    q: String,
    /// Seulement les comptes dans cet état.
    #[serde(default)]
    #[param(max_length = 20, example = "actif")]
    etat: String,
    /// Nombre de lignes, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    #[serde(default)]
    cursor: String,
}

/// The limit of a page, within its bounds.
pub(super) fn limit(asked: Option<u32>) -> Result<usize, AppError> {
    let limit = asked.unwrap_or(LIMIT_DEFAULT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(AppError::parameter("limit", "limite_refusee", crate::text::limit(LIMIT_MAX)));
    }
    Ok(usize::try_from(limit).unwrap_or(1))
}

/// A page, with the `Link` of the next one.
pub(super) fn page<T: serde::Serialize>(req: &HttpRequest, items: Vec<T>, next: Option<String>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    if let Some(cursor) = &next {
        let kept = req.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
        let query: String = kept.map(|pair| format!("{pair}&")).collect();
        response.insert_header((LINK, format!("<{}?{query}cursor={cursor}>; rel=\"next\"", req.path())));
    }
    response.json(Page { items, next, total: None })
}

#[utoipa::path(
    tag = "Comptes",
    summary = "Chercher des comptes",
    description = "Une page de comptes, par nom. Le lien `next` donne la suite.",
    params(ListQuery),
    responses(
        (status = 200, body = Page<CompteResume>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
    )
)]
#[get("/comptes")]
pub async fn list(
    req: HttpRequest,
    actor: Actor<CompteLire>,
    Query(query): Query<ListQuery>,
) -> Result<HttpResponse, AppError> {
    if query.q.chars().count() > WORDS_MAX {
        return Err(AppError::parameter("q", "trop_long", crate::text::WORDS_TOO_LONG));
    }
    if !query.etat.is_empty() && EtatCompte::parse(&query.etat).is_none() {
        return Err(AppError::parameter("etat", "valeur_inconnue", crate::text::accounts::STATES));
    }
    let limit = limit(query.limit)?;
    let bound_to = format!("{CURSOR} {} {}", query.etat, query.q);
    let after = if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(&bound_to, &query.cursor)?) };
    let more = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let wanted = Wanted { words: plier(&query.q), state: query.etat, after, limit: more };
    let (mut rows, mut roles) = actor
        .app
        .db
        .read(move |conn| {
            let rows = directory::list(conn, &wanted)?;
            let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
            Ok::<_, AppError>((rows, directory::roles(conn, &ids)?))
        })
        .await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| actor.app.signer.seal(&bound_to, &(&row.recherche, &row.id)));
    let items = rows.into_iter().filter_map(|row| {
        let roles = roles.remove(&row.id).unwrap_or_default();
        Some(CompteResume { etat: EtatCompte::parse(&row.etat)?, id: row.id, nom: row.nom, email: row.email, roles })
    });
    Ok(page(&req, items.collect(), next))
}

/// An account as it is now.
fn detail(conn: &mut DbConn, id: &str, now: Moment) -> Result<CompteDetail, AppError> {
    let row = accounts::existing(conn, id)?;
    let roles = directory::roles(conn, &[id.to_owned()])?.remove(id).unwrap_or_default();
    let rattachements = directory::memberships(conn, id)?
        .into_iter()
        .map(|(genre, id, libelle, role)| Rattachement { genre, id, libelle, role })
        .collect();
    let moyens = directory::means(conn, id)?
        .into_iter()
        .map(|(id, genre, serie, added)| MoyenCompte { id, genre, serie, ajoute_le: rfc3339(added) })
        .collect();
    let sessions = directory::sessions(conn, id, now)?.into_iter().filter_map(|row| open_session(row, "")).collect();
    let code_accueil_expire_le = single_use::pending(conn, now, Purpose::WelcomeCode, id)?.map(rfc3339);
    let cles_api = client_api::queries::keys_made_by(conn, id, now)?;
    let etat = EtatCompte::parse(&row.etat);
    let etat = etat.ok_or_else(|| AppError::Internal(format!("unknown state {}", row.etat)))?;
    let (version, nom, email) = (row.version, row.nom, row.email);
    Ok(CompteDetail {
        id: row.id,
        version,
        nom,
        email,
        etat,
        roles,
        rattachements,
        moyens,
        sessions,
        code_accueil_expire_le,
        cles_api,
    })
}

fn answer(status: StatusCode, detail: &CompteDetail) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    condition::tag(&mut response, detail.version);
    response.json(detail)
}

#[utoipa::path(
    tag = "Comptes",
    summary = "Lire un compte",
    description = "Ses rôles et organisations, ses moyens de donner un code et ses sessions ouvertes.",
    params(("id" = String, Path, description = "Identifiant du compte")),
    responses(
        (status = 200, body = CompteDetail, description = "Le compte"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/comptes/{id}")]
pub async fn show(actor: Actor<CompteLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let now = actor.app.clock.now();
    let found = actor.app.db.read(move |conn| detail(conn, &id, now)).await?;
    Ok(answer(StatusCode::OK, &found))
}

#[utoipa::path(
    tag = "Comptes",
    summary = "Créer un compte",
    description = "Le compte attend son premier accès : il reste à l’envoyer. Pour inviter par courriel, voir `POST /invitations`.",
    request_body = CompteNouveau,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", description = "Clé qui évite une double création")),
    responses(
        (status = 201, body = CompteDetail, description = "Créé"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Cette adresse a déjà un compte"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/comptes")]
pub async fn add(
    req: HttpRequest,
    actor: Actor<CompteGerer>,
    body: Json<CompteNouveau>,
) -> Result<HttpResponse, AppError> {
    let key = idempotency::Key::read(&req, format!("comptes.creer {}", actor.who.id), &body.bytes)?;
    let admin = actor.admin()?;
    let answered = actor
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, key.as_ref(), admin.now, |conn| {
                let id = accounts::create(conn, &admin, &body.value)?;
                Ok((201, serde_json::to_string(&detail(conn, &id, admin.now)?).unwrap_or_default()))
            })
        })
        .await?;
    let made: CompteDetail =
        serde_json::from_str(&answered.body).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut response = HttpResponse::Created();
    condition::tag(&mut response, made.version);
    response.insert_header(("location", format!("/api/v1/comptes/{}", made.id)));
    Ok(response.json(made))
}

#[utoipa::path(
    tag = "Comptes",
    summary = "Modifier un compte",
    description = "Nom, état, rôles, organisations ; ce qui est absent ne change pas. Un changement de droit ou d’état ferme les sessions du compte aussitôt. Personne ne change ses propres droits, et le dernier administrateur actif reste.",
    request_body = CompteModification,
    params(
        ("id" = String, Path, description = "Identifiant du compte"),
        ("If-Match" = String, Header, example = "\"1\"", pattern = "^\"[0-9]{1,18}\"$", description = "Version lue, entre guillemets"),
    ),
    responses(
        (status = 200, body = CompteDetail, description = "Modifié"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Dernier administrateur actif"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Modifié depuis votre lecture"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
        (status = 428, body = Problem, content_type = "application/problem+json", description = "`If-Match` manque"),
    )
)]
#[patch("/comptes/{id}")]
pub async fn change(
    req: HttpRequest,
    actor: Actor<CompteGerer>,
    id: web::Path<String>,
    body: Json<CompteModification>,
) -> Result<HttpResponse, AppError> {
    let expected = condition::expected_version(&req)?;
    let admin = actor.admin()?;
    let changed = actor
        .app
        .db
        .write(move |conn| {
            accounts::change(conn, &admin, (&id, expected), &body.value)?;
            detail(conn, &id, admin.now)
        })
        .await?;
    Ok(answer(StatusCode::OK, &changed))
}
