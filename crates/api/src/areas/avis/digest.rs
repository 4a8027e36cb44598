//! The daily summary: one mail a day at most for each account that wants one, of what it has not read yet.

use std::time::Duration;

use actix_web::web;
use chrono::{Days, NaiveTime};
use diesel::prelude::*;
use domain::avis::GenreDesabonne;
use serde_json::json;

use super::service::unsubscribe_path;
use crate::app::App;
use crate::clock::{Clock, Moment};
use crate::db::DbConn;
use crate::db::schema::{avis, compte};
use crate::error::AppError;
use crate::outbox;
use crate::seal::Keys;

/// Time between two looks at the clock.
const PAUSE: Duration = Duration::from_secs(300);
/// Hour (UTC) at which the summary of what came before it is made: breakfast in metropolitan France.
const HOUR: u32 = 6;

/// Makes the summaries for as long as the server runs.
pub async fn keep(app: web::Data<App>) {
    loop {
        actix_web::rt::time::sleep(PAUSE).await;
        let (clock, keys, now) = (app.clock.clone(), app.config.keys.clone(), app.clock.now());
        match app.db.write(move |conn| summarise(conn, &clock, &keys, now)).await {
            Ok(0) => {}
            Ok(mails) => tracing::info!(mails, "avis.summaries"),
            Err(error) => tracing::warn!(error = %error, "avis.summaries_not_made"),
        }
    }
}

/// The last hour of a summary at this moment.
fn due(now: Moment) -> Moment {
    let hour = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
    let today = now.date().and_time(hour);
    if today <= now { today } else { today - Days::new(1) }
}

/// Queues the summaries that are due, and says how many. What is taken is no longer waiting in the same transaction: several
/// servers make each summary once.
pub fn summarise(conn: &mut DbConn, clock: &Clock, keys: &Keys, now: Moment) -> Result<usize, AppError> {
    let due = due(now);
    let accounts: Vec<(String, String)> = avis::table
        .inner_join(compte::table.on(compte::id.eq(avis::compte_id)))
        .filter(avis::a_resumer.eq(true).and(avis::cree_le.lt(due)))
        .select((compte::id, compte::email))
        .distinct()
        .limit(1_000)
        .load(conn)?;
    let mut mails = 0;
    for (account, email) in accounts {
        let waiting = avis::table
            .filter(avis::compte_id.eq(&account).and(avis::a_resumer.eq(true)))
            .filter(avis::cree_le.lt(due));
        let unread: i64 = waiting.filter(avis::lu_le.is_null()).count().get_result(conn)?;
        let taken = diesel::update(waiting).set(avis::a_resumer.eq(false)).execute(conn)?;
        if taken > 0 && unread > 0 {
            let mail = json!({
                "modele": "avis_resume", "a": email, "nombre": unread, "chemin": "/avis",
                "arret": unsubscribe_path(keys, &account, GenreDesabonne::Resume),
            });
            outbox::push(conn, clock, now, outbox::MAIL, &mail)?;
            mails += 1;
        }
    }
    Ok(mails)
}
