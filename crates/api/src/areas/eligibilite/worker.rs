//! Opens the batch that is due, in the background. Every server looks; one opens.

use std::time::Duration;

use actix_web::web;

use super::lots;
use crate::app::App;
use crate::areas::demande::service::Context;
use crate::error::AppError;
use crate::journal::Author;

/// Time between two looks at the schedule.
const PAUSE: Duration = Duration::from_secs(20);

/// Opens what is due for as long as the server runs.
pub async fn keep(app: web::Data<App>) {
    loop {
        match open_due(&app).await {
            Ok(None) => {}
            Ok(Some(number)) => tracing::info!(number, "eligibilite.batch_opened"),
            Err(error) => tracing::warn!(error = %error, "eligibilite.batch_not_opened"),
        }
        tokio::select! {
            () = app.stopping.cancelled() => return,
            () = actix_web::rt::time::sleep(PAUSE) => {}
        }
    }
}

/// Opens the batch that is due, if one is; answers its number.
async fn open_due(app: &App) -> Result<Option<i64>, AppError> {
    let now = app.clock.now();
    if !app.db.read(move |conn| lots::is_due(conn, now)).await? {
        return Ok(None);
    }
    let context = Context {
        clock: app.clock.clone(),
        territories: app.territories.clone(),
        author: Author::system("lots d'eligibilite"),
        now,
        keys: app.config.keys.clone(),
    };
    let opened = app.db.write(move |conn| lots::open_due(conn, &context)).await?;
    Ok(opened.map(|batch| batch.numero))
}
