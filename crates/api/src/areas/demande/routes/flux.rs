//! `GET /demandes/flux`: the changes as they come, as server-sent events.

use std::time::Duration;

use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, get, web};
use domain::demande::lot::{Changements, EvenementFlux, PresenceDemande};
use domain::error::Problem;
use domain::permission::Operation;
use futures_util::{Stream, stream};
use serde::Deserialize;
use tokio::time::Instant;

use crate::access::rights::DemandeLire;
use crate::access::{Actor, Perimeter};
use crate::app::App;
use crate::areas::commentaire::presence;
use crate::areas::demande::flux;
use crate::error::AppError;
use crate::http::query::Query;
use crate::journal;

/// Between two looks at the end of the journal.
const PAUSE: Duration = Duration::from_millis(400);
/// Between two looks at who has what open: as many looks as there are clients.
const AROUND: Duration = Duration::from_secs(2);
/// Without a change, a comment keeps what stands between from closing.
const QUIET: Duration = Duration::from_secs(15);

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FeedQuery {
    /// Après quelle entrée du journal ; par défaut, à partir de maintenant. L’en-tête `Last-Event-ID`, que les navigateurs envoient d’eux-mêmes, l’emporte.
    #[param(minimum = 0, example = 1)]
    depuis: Option<i64>,
}

/// Where a client is in the feed.
struct Follower {
    app: web::Data<App>,
    perimeter: Perimeter,
    after: i64,
    until: Instant,
    told: Instant,
    first: bool,
    /// Whom the others are told to; no program.
    others: Option<Others>,
}

/// Who else has what open, as a client knows it.
struct Others {
    account: String,
    perimeter: Perimeter,
    known: Option<Vec<PresenceDemande>>,
    looked: Instant,
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Suivre les changements",
    description = "Événements (`text/event-stream`) : `id` est une entrée du journal, `data` un objet JSON : `demandes` (identifiant et version de ce qui a changé), `tout` (relire la liste) et, pour une personne, \
                   `presences` (les demandes que d’autres ont ouvertes, avec leurs noms), quand elles changent. La requête dure moins d’une minute ; un \
                   navigateur la renvoie de lui-même, avec l’entrée où il en était, et ne manque rien. Elle ne compte pas comme une activité.",
    params(FeedQuery),
    responses(
        (status = 200, body = EvenementFlux, content_type = "text/event-stream", description = "Les changements, l’un après l’autre"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
    )
)]
#[get("/demandes/flux")]
pub async fn follow(
    req: HttpRequest,
    actor: Actor<DemandeLire>,
    Query(query): Query<FeedQuery>,
) -> Result<HttpResponse, AppError> {
    let asked = last_event(&req)?.or(query.depuis);
    if asked.is_some_and(|number| number < 0) {
        return Err(AppError::parameter("depuis", "hors_limites", crate::text::ENTRY));
    }
    let last = actor.app.db.read(|conn| Ok::<_, AppError>(journal::last(conn)?)).await?;
    let now = Instant::now();
    let follower = Follower {
        perimeter: actor.perimeter.clone(),
        // An entry that does not exist yet, as after a restored database, would wait for ever.
        after: asked.unwrap_or(last).min(last),
        until: now + Duration::from_secs(actor.app.config.limits.feed_seconds),
        told: now,
        first: true,
        others: actor.who.perimeter(Operation::Commenter).ok().map(|perimeter| Others {
            account: actor.who.id.clone(),
            perimeter,
            known: None,
            looked: now,
        }),
        app: actor.app,
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        // Compressed, an event would wait for those that fill a block.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events(follower)))
}

fn last_event(req: &HttpRequest) -> Result<Option<i64>, AppError> {
    let Some(header) = req.headers().get("last-event-id") else { return Ok(None) };
    let number = header.to_str().ok().and_then(|text| text.trim().parse().ok()).filter(|number| *number >= 0);
    number.map(Some).ok_or_else(|| AppError::parameter("Last-Event-ID", "hors_limites", crate::text::ENTRY))
}

fn events(follower: Follower) -> impl Stream<Item = Result<web::Bytes, AppError>> {
    stream::try_unfold(follower, |mut follower| async move {
        loop {
            if let Some(event) = follower.look().await? {
                return Ok(Some((web::Bytes::from(event), follower)));
            }
            if Instant::now() >= follower.until || follower.app.stopping.is_cancelled() {
                return Ok(None);
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = follower.app.stopping.cancelled() => {}
            }
        }
    })
}

impl Others {
    /// Who has what open, when it is time to look and it is no longer what the client knows.
    async fn look(&mut self, app: &App) -> Result<Option<Vec<PresenceDemande>>, AppError> {
        if self.known.is_some() && self.looked.elapsed() < AROUND {
            return Ok(None);
        }
        self.looked = Instant::now();
        let (account, perimeter, now) = (self.account.clone(), self.perimeter.clone(), app.clock.now());
        let open = app.db.read(move |conn| presence::around(conn, (&perimeter, &account), now)).await?;
        if self.known.as_ref() == Some(&open) {
            return Ok(None);
        }
        self.known = Some(open.clone());
        Ok(Some(open))
    }
}

impl Follower {
    /// What there is to say now, if anything.
    async fn look(&mut self) -> Result<Option<String>, AppError> {
        let (perimeter, after) = (self.perimeter.clone(), self.after);
        let (last, mut changes) =
            self.app.db.read(move |conn| Ok::<_, AppError>(flux::since(conn, &perimeter, after)?)).await?;
        self.after = self.after.max(last);
        if let Some(others) = &mut self.others {
            changes.presences = others.look(&self.app).await?;
        }
        // The first words say where one is, so that a client cut off before any change goes on from there.
        let first = std::mem::take(&mut self.first);
        if first || changes != Changements::default() {
            self.told = Instant::now();
            return self.event(&changes).map(Some);
        }
        if self.told.elapsed() >= QUIET {
            self.told = Instant::now();
            return Ok(Some(": rien de nouveau\n\n".to_owned()));
        }
        Ok(None)
    }

    fn event(&self, changes: &Changements) -> Result<String, AppError> {
        let data = serde_json::to_string(changes).map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(EvenementFlux { id: self.after.to_string(), data }.ecrire())
    }
}
