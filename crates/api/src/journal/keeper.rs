//! Exports the signed head of the chain once a day, beside the database and in the log, for whoever keeps copies elsewhere.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;

use super::SigningKey;
use crate::app::App;
use crate::clock::iso_date;
use crate::error::AppError;

/// Time between two looks at the date.
const PAUSE: Duration = Duration::from_secs(600);

/// Exports the head each day for as long as the server runs.
pub async fn keep(app: web::Data<App>, key: SigningKey) {
    let key = Arc::new(key);
    loop {
        let (app, key) = (app.clone(), Arc::clone(&key));
        match web::block(move || export(&app, &key)).await {
            Ok(Ok(_written)) => {}
            Ok(Err(error)) => tracing::error!(error = %error, "journal.head_not_exported"),
            Err(stopped) => tracing::error!(error = %stopped, "journal.head_not_exported"),
        }
        actix_web::rt::time::sleep(PAUSE).await;
    }
}

/// Writes the head of the day, unless it is there already; whether it was written.
pub fn export(app: &App, key: &SigningKey) -> Result<bool, AppError> {
    let now = app.clock.now();
    let folder = app.config.spool.join("journal");
    let path = folder.join(format!("tete-{}.json", iso_date(now)));
    if path.exists() {
        return Ok(false);
    }
    let head = app.db.read_blocking(|conn| Ok::<_, AppError>(key.attest(conn, now)?))?;
    let text = serde_json::to_string_pretty(&head).map_err(|error| AppError::Internal(error.to_string()))?;
    write(&folder, &path, &text).map_err(|error| AppError::Internal(error.to_string()))?;
    tracing::info!(entry = head.numero, hash = head.empreinte, signature = head.signature, "journal.head_exported");
    Ok(true)
}

/// Under another name first: a head is whole or is not there.
fn write(folder: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let part = path.with_extension("part");
    fs::write(&part, text)?;
    fs::rename(part, path)
}
