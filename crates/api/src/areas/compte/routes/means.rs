//! One's means of giving codes: listed, added, attached, found again, renamed, removed. What changes who can sign in asks
//! for a recent code (SEC-24).

use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use domain::error::{ErrorCode, FieldError, Problem};
use domain::mon_compte::{
    DeuxCodes, GenreMoyen, MoyenVue, MoyensVue, NOM_MOYEN_MAX, NomMoyen, RattachementCarte, SERIE_MAX,
};
use domain::session::{ApplicationOtp, CODE_MAX, CodeSaisi};
use domain::values::CodeOtp;
use domain::values::texte::texte_obligatoire;

use super::mine::person;
use super::sign_in::bounded;
use super::step_up::wrong_code;
use crate::access::{Programs, SignedIn, fresh};
use crate::areas::compte::service::{self, Coded, Removed};
use crate::clock::rfc3339;
use crate::error::AppError;
use crate::http::body::Json;
use crate::otp::holder::{self, Held, Pair};
use crate::text;

fn view(held: Held) -> MoyenVue {
    MoyenVue {
        utilise_le: held.used().map(rfc3339),
        genre: if held.genre == "carte" { GenreMoyen::Carte } else { GenreMoyen::Application },
        id: held.id,
        nom: held.nom,
        serie: held.serie,
        ajoute_le: rfc3339(held.cree_le),
    }
}

/// Adding a means asks for a recent code, except from who has nothing to give one with: their session was opened with the
/// code of a welcome kit.
async fn may_add(caller: &SignedIn) -> Result<(), AppError> {
    let asked = fresh(&caller.app, &caller.who, Programs::Refused);
    let known = service::demonstration_account(caller.app.config.mode, &caller.who.email);
    if asked.is_ok() || caller.who.code_at.is_none() || known {
        return asked;
    }
    let account = caller.who.id.clone();
    let held = caller.app.db.read(move |conn| Ok::<_, AppError>(holder::held(conn, &account)?)).await?;
    if held.is_empty() { Ok(()) } else { asked }
}

fn name(text: &str) -> Result<String, AppError> {
    let refused = |refus: domain::values::Refus| FieldError::new("/nom", refus.code, refus.message);
    texte_obligatoire(text, NOM_MOYEN_MAX).map_err(|refus| AppError::fields(vec![refused(refus)]))
}

/// Two codes in a row; `None` when one of them cannot be a code.
fn pair(code: &str, next: &str) -> Option<Pair> {
    Some(Pair { first: CodeOtp::lire(code)?, next: CodeOtp::lire(next)? })
}

fn answer(coded: Coded, wrong: &str) -> Result<HttpResponse, AppError> {
    match coded {
        Coded::Done => Ok(HttpResponse::NoContent().finish()),
        Coded::Wrong => Err(wrong_code(wrong)),
        Coded::TooMany => Err(AppError::new(ErrorCode::TropDeRequetes)),
    }
}

#[utoipa::path(
    tag = "Mon compte",
    summary = "Ses moyens d’obtenir un code",
    description = "Applications et cartes qui donnent les codes de la personne connectée.",
    responses(
        (status = 200, body = MoyensVue, description = "Les moyens, le premier ajouté d’abord"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
    )
)]
#[get("/compte/moyens")]
pub async fn list(caller: SignedIn, req: HttpRequest) -> Result<HttpResponse, AppError> {
    let app = caller.app.clone();
    let (_context, holder) = person(caller, &req)?;
    let held = app.db.read(move |conn| Ok::<_, AppError>(holder::held(conn, &holder.who.id)?)).await?;
    Ok(HttpResponse::Ok().json(MoyensVue { items: held.into_iter().map(view).collect() }))
}

#[utoipa::path(
    tag = "Mon compte",
    summary = "Préparer une application de codes",
    description = "Donne de quoi régler une application de plus. Elle ne sert qu’une fois confirmée par un code ; recommencer remplace ce qui n’a pas été confirmé.",
    request_body = NomMoyen,
    responses(
        (status = 200, body = ApplicationOtp, description = "De quoi régler l’application, montré cette seule fois"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Code récent à donner (`code-requis`), ou l’appel vient d’un jeton"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Le compte a déjà cinq moyens"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Nom refusé"),
    )
)]
#[post("/compte/application")]
pub async fn prepare(caller: SignedIn, req: HttpRequest, body: Json<NomMoyen>) -> Result<HttpResponse, AppError> {
    let app = caller.app.clone();
    may_add(&caller).await?;
    let (context, holder) = person(caller, &req)?;
    let name = name(&body.value.nom)?;
    let email = holder.who.email.clone();
    let pairing = app.db.write(move |conn| service::prepare_app(conn, &context, &holder, &name)).await?;
    let view = ApplicationOtp { email, secret: pairing.secret, adresse: pairing.address, qr: pairing.qr };
    Ok(HttpResponse::Ok().json(view))
}

#[utoipa::path(
    tag = "Mon compte",
    summary = "Confirmer l’application préparée",
    description = "Avec un code que montre l’application : elle sert désormais à se connecter. Les autres sessions se ferment, et la personne est prévenue par courriel.",
    request_body = CodeSaisi,
    responses(
        (status = 204, description = "L’application est ajoutée"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Code récent à donner (`code-requis`), ou l’appel vient d’un jeton"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Le compte a déjà cinq moyens"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Le code n’est pas celui de l’application préparée"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop d’essais : attendre `Retry-After` secondes"),
    )
)]
#[post("/compte/application/confirmer")]
pub async fn confirm(caller: SignedIn, req: HttpRequest, body: Json<CodeSaisi>) -> Result<HttpResponse, AppError> {
    let app = caller.app.clone();
    may_add(&caller).await?;
    let (context, holder) = person(caller, &req)?;
    let code = body.value.code;
    bounded(&[("code", &code, CODE_MAX)])?;
    let code = CodeOtp::lire(&code);
    let coded = app.db.write(move |conn| service::add_app(conn, &context, &holder, code.as_ref())).await?;
    answer(coded, text::CODE_REFUSED)
}

#[utoipa::path(
    tag = "Mon compte",
    summary = "Rattacher une carte",
    description = "Une carte remise et pas encore attribuée, avec deux codes successifs. Les autres sessions se ferment, et la personne est prévenue par courriel.",
    request_body = RattachementCarte,
    responses(
        (status = 204, description = "La carte est rattachée"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Code récent à donner (`code-requis`), ou l’appel vient d’un jeton"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Le compte a déjà cinq moyens"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Aucune carte disponible n’a ce numéro et ces codes"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop d’essais : attendre `Retry-After` secondes"),
    )
)]
#[post("/compte/cartes")]
pub async fn attach(
    caller: SignedIn,
    req: HttpRequest,
    body: Json<RattachementCarte>,
) -> Result<HttpResponse, AppError> {
    let app = caller.app.clone();
    may_add(&caller).await?;
    let (context, holder) = person(caller, &req)?;
    let RattachementCarte { serie, code, code_suivant } = body.value;
    let fields =
        [("serie", &*serie, SERIE_MAX), ("code", &*code, CODE_MAX), ("code_suivant", &*code_suivant, CODE_MAX)];
    bounded(&fields)?;
    let (serial, codes) = (serie.trim().to_owned(), pair(&code, &code_suivant));
    let work = move |conn: &mut _| service::attach_card(conn, &context, &holder, &serial, codes.as_ref());
    answer(app.db.write(work).await?, text::CARD_WRONG)
}

#[utoipa::path(
    tag = "Mon compte",
    summary = "Recaler sa carte",
    description = "Deux codes successifs retrouvent l’horloge d’une carte qui a dérivé, à une demi-heure près.",
    params(("id" = String, Path, description = "Identifiant de la carte, lu dans la liste des moyens")),
    request_body = DeuxCodes,
    responses(
        (status = 204, description = "La carte est recalée"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Ce ne sont pas deux codes successifs de cette carte"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop d’essais : attendre `Retry-After` secondes"),
    )
)]
#[post("/compte/moyens/{id}/recaler")]
pub async fn relocate(
    caller: SignedIn,
    req: HttpRequest,
    id: web::Path<String>,
    body: Json<DeuxCodes>,
) -> Result<HttpResponse, AppError> {
    let app = caller.app.clone();
    let (context, holder) = person(caller, &req)?;
    let DeuxCodes { code, code_suivant } = body.value;
    bounded(&[("code", &code, CODE_MAX), ("code_suivant", &code_suivant, CODE_MAX)])?;
    let codes = pair(&code, &code_suivant);
    let work = move |conn: &mut _| service::relocate_card(conn, &context, &holder, &id, codes.as_ref());
    answer(app.db.write(work).await?, text::CODES_WRONG)
}

#[utoipa::path(
    tag = "Mon compte",
    summary = "Renommer un moyen",
    description = "Le nom ne sert qu’à reconnaître le moyen.",
    params(("id" = String, Path, description = "Identifiant du moyen, lu dans leur liste")),
    request_body = NomMoyen,
    responses(
        (status = 204, description = "Renommé"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Aucun moyen de cet identifiant"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Nom refusé"),
    )
)]
#[patch("/compte/moyens/{id}")]
pub async fn rename(
    caller: SignedIn,
    req: HttpRequest,
    id: web::Path<String>,
    body: Json<NomMoyen>,
) -> Result<HttpResponse, AppError> {
    let app = caller.app.clone();
    let (context, holder) = person(caller, &req)?;
    let name = name(&body.value.nom)?;
    let renamed = app.db.write(move |conn| service::rename(conn, &context, &holder, &id, &name)).await?;
    if renamed { Ok(HttpResponse::NoContent().finish()) } else { Err(AppError::new(ErrorCode::Introuvable)) }
}

#[utoipa::path(
    tag = "Mon compte",
    summary = "Retirer un moyen",
    description = "Il ne sert plus à se connecter. Le dernier ne se retire pas. Les autres sessions se ferment, et la personne est prévenue par courriel.",
    params(("id" = String, Path, description = "Identifiant du moyen, lu dans leur liste")),
    responses(
        (status = 204, description = "Retiré"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Code récent à donner (`code-requis`), ou l’appel vient d’un jeton"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Aucun moyen de cet identifiant"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "C’est le dernier"),
    )
)]
#[delete("/compte/moyens/{id}")]
pub async fn remove(caller: SignedIn, req: HttpRequest, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let app = caller.app.clone();
    fresh(&app, &caller.who, Programs::Refused)?;
    let (context, holder) = person(caller, &req)?;
    match app.db.write(move |conn| service::remove(conn, &context, &holder, &id)).await? {
        Removed::Done => Ok(HttpResponse::NoContent().finish()),
        Removed::Last => Err(AppError::detail(ErrorCode::ConflitEtat, text::LAST_MEANS)),
        Removed::Unknown => Err(AppError::new(ErrorCode::Introuvable)),
    }
}
