//! What kind of instance answers, and what a demonstration shows of itself.

use actix_web::{HttpResponse, get};
use domain::error::{ErrorCode, Problem};
use domain::session::{CompteDemonstration, CourrielVue, CourrielsVue, InstanceVue};

use crate::access::Public;
use crate::areas::compte::queries::{self, Account, Mail};
use crate::areas::compte::service::sign_in::LINK_PAGE;
use crate::clock::rfc3339;
use crate::config::Mode;
use crate::error::AppError;
use crate::single_use::{self, Purpose};
use crate::text;

#[utoipa::path(
    tag = "Session",
    summary = "Quelle instance répond",
    description = "Production, démonstration ou bac à sable ; sur une démonstration, les comptes avec lesquels se connecter.",
    security(()),
    responses((status = 200, body = InstanceVue, description = "L’instance"))
)]
#[get("/instance")]
pub async fn instance(public: Public) -> Result<HttpResponse, AppError> {
    let mode = public.app.config.mode;
    let accounts = if mode == Mode::Demonstration {
        public.app.db.read(|conn| Ok::<_, AppError>(queries::demonstration(conn)?)).await?
    } else {
        Vec::new()
    };
    let comptes_demonstration = accounts.into_iter().filter_map(account).collect();
    Ok(HttpResponse::Ok().json(InstanceVue { mode: mode.as_str().to_owned(), comptes_demonstration }))
}

fn account(account: Account) -> Option<CompteDemonstration> {
    let role = account.roles.first().copied()?;
    Some(CompteDemonstration { nom: account.name, email: account.email, role })
}

#[utoipa::path(
    tag = "Session",
    summary = "Les courriels d’une démonstration",
    description = "Les cinquante derniers courriels mis en file : une démonstration n’a pas de boîte aux lettres. Introuvable ailleurs.",
    security(()),
    responses(
        (status = 200, body = CourrielsVue, description = "Les courriels, le dernier d’abord"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Cette instance n’est pas une démonstration"),
    )
)]
#[get("/demonstration/courriels")]
pub async fn mails(public: Public) -> Result<HttpResponse, AppError> {
    if public.app.config.mode != Mode::Demonstration {
        return Err(AppError::new(ErrorCode::Introuvable));
    }
    let now = public.app.clock.now();
    let mails = public
        .app
        .db
        .read(move |conn| {
            let mut mails: Vec<CourrielVue> = queries::mails(conn)?.into_iter().map(mail).collect();
            let secrets: Vec<String> = mails.iter().filter_map(sign_in_secret).map(str::to_owned).collect();
            let good = single_use::still_good(conn, now, Purpose::SignIn, &secrets)?;
            for mail in &mut mails {
                // A link that has served or is too old leads nowhere.
                if sign_in_secret(mail).is_some_and(|secret| !good.contains(secret)) {
                    mail.chemin = None;
                }
            }
            Ok::<_, AppError>(mails)
        })
        .await?;
    Ok(HttpResponse::Ok().json(CourrielsVue { items: mails }))
}

fn sign_in_secret(mail: &CourrielVue) -> Option<&str> {
    mail.chemin.as_deref()?.strip_prefix(LINK_PAGE)?.strip_prefix('#')
}

fn mail((id, queued, content): Mail) -> CourrielVue {
    let content: serde_json::Value = serde_json::from_str(&content).unwrap_or_default();
    let (objet, texte) = text::mails::preview(&content).unwrap_or_default();
    let text = |name: &str| content.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    CourrielVue {
        id,
        cree_le: rfc3339(queued),
        a: text("a").unwrap_or_default(),
        modele: text("modele").unwrap_or_default(),
        chemin: text("chemin"),
        arret: text("arret"),
        objet,
        texte,
    }
}
