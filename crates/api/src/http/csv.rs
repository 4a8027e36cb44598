//! The small lists that are sent as a CSV file, whole: read from the body, then line by line.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use csv::{Reader, ReaderBuilder};
use domain::error::ErrorCode;

use super::body::encoded;
use crate::error::AppError;
use crate::text;

/// The file of a body of at most so many bytes: CSV in UTF-8, not compressed.
///
/// # Errors
/// 415 when it is something else, 413 when it is larger, 400 when it was cut or is not in UTF-8.
pub async fn file(req: &HttpRequest, payload: web::Payload, most: usize) -> Result<String, AppError> {
    let media = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = media.split(';').next().unwrap_or("").trim();
    if !kind.eq_ignore_ascii_case("text/csv") {
        return Err(AppError::detail(ErrorCode::TypeNonAccepte, text::CSV_ONLY));
    }
    if encoded(req.headers()) {
        return Err(AppError::detail(ErrorCode::TypeNonAccepte, text::ENCODED_BODY));
    }
    let bytes = match payload.to_bytes_limited(most).await {
        Ok(read) => read.map_err(|_cut| AppError::detail(ErrorCode::FichierIllisible, text::BODY_CUT))?,
        Err(_beyond) => return Err(AppError::new(ErrorCode::CorpsTropGrand)),
    };
    let file = String::from_utf8(bytes.to_vec()).map_err(|_other| AppError::new(ErrorCode::EncodageInvalide))?;
    if file.contains('\0') {
        return Err(AppError::detail(ErrorCode::FichierIllisible, text::NUL));
    }
    Ok(file)
}

/// The lines of a file, separated by semicolons or commas as its first line tells.
pub fn lines(file: &str) -> Reader<&[u8]> {
    let file = file.trim_start_matches('\u{feff}');
    let first = file.lines().next().unwrap_or_default();
    let delimiter = if first.matches(';').count() > first.matches(',').count() { b';' } else { b',' };
    ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(file.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn the_first_line_tells_the_separator() {
        for (file, cell) in [
            ("\u{feff}nom;ville\nDubois, Angela;Bourg\n", "Dubois, Angela"),
            ("nom,ville\nDubois; Angela,Bourg\n", "Dubois; Angela"),
            ("nom\nDubois\n", "Dubois"),
        ] {
            let record = lines(file).records().next().unwrap().unwrap();
            assert_eq!(record.get(0), Some(cell), "{file}");
        }
        assert!(lines("").headers().unwrap().is_empty());
    }
}
