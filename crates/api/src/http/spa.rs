//! Pages: the built single-page app (embedded, precompressed, content-hashed), the documentation of the API and the
//! pages of problems, without any outside asset.

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use domain::error::ErrorCode;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};
use utoipa::openapi::OpenApi;

use crate::config::Brand;
use crate::error::respond;
use crate::text::pages;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../dist"]
#[allow_missing = true]
struct Assets;

/// Pages of the four programs.
const SERVICE: &str = "index.html";
const GESTION: &str = "gestion.html";
const ADMINISTRATION: &str = "administration.html";
const PILOTAGE: &str = "pilotage.html";
const PAGES: [&str; 4] = [SERVICE, GESTION, ADMINISTRATION, PILOTAGE];
/// Folder of the assets of the State brand: served only where the operator switched it on.
const ETAT: &str = "etat/";
/// What the State brand adds to the page: its style sheet, and a class that the other style sheets know.
const ETAT_CLASS: (&str, &str) = ("<html lang=\"fr\">", "<html lang=\"fr\" class=\"pa-etat\">");
const ETAT_SHEET: (&str, &str) = ("</head>", "<link rel=\"stylesheet\" href=\"/etat/marque.css\" /></head>");

/// Policy of the single-page app: no inline script nor style, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                      font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'; object-src 'none'";

/// Pages that are made once.
pub struct Pages {
    documentation: String,
    brand: Brand,
    /// The pages of the programs with the State brand; none when they are served as they were built.
    branded: Vec<(&'static str, String)>,
}

impl Pages {
    /// Makes them from the document and the built app.
    pub fn new(document: &OpenApi, brand: Brand) -> Self {
        Self {
            documentation: pages::documentation(document),
            branded: if brand == Brand::Etat { branded() } else { Vec::new() },
            brand,
        }
    }

    /// The documentation page.
    pub fn documentation(&self) -> HttpResponse {
        html(self.documentation.clone())
    }

    /// The page of a kind of problem.
    pub fn problem(&self, code: &str) -> HttpResponse {
        match ErrorCode::from_wire(code) {
            Some(code) => html(pages::problem(code)),
            None => respond(&domain::error::Problem::new(ErrorCode::Introuvable)),
        }
    }
}

/// The page of the program that draws this address (`web::routes::Space` says the same).
fn page_of(name: &str) -> &'static str {
    match name.split('/').next() {
        Some("administration" | "imports") => ADMINISTRATION,
        Some("tableau" | "demandes") => GESTION,
        Some("pilotage") => PILOTAGE,
        _ => SERVICE,
    }
}

fn branded() -> Vec<(&'static str, String)> {
    let built = |page| Assets::get(page).map(|file| (page, with_brand(&String::from_utf8_lossy(&file.data))));
    PAGES.into_iter().filter_map(built).collect()
}

/// The page with the State brand, from its first paint on.
fn with_brand(index: &str) -> String {
    index.replacen(ETAT_CLASS.0, ETAT_CLASS.1, 1).replacen(ETAT_SHEET.0, ETAT_SHEET.1, 1)
}

/// A page of ours that needs no script, with its one style sheet inline under a hash.
fn html(body: String) -> HttpResponse {
    let style = hash_source(pages::STYLE);
    let policy = format!("default-src 'none'; style-src {style}; base-uri 'none'; frame-ancestors 'none'");
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .body(body)
}

fn hash_source(text: &str) -> String {
    format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text)))
}

/// An asset of the app, or its page: the app itself knows which addresses exist.
pub fn serve(req: &HttpRequest, pages: &Pages) -> HttpResponse {
    let name = req.path().trim_start_matches('/');
    let is_asset = name.rsplit('/').next().is_some_and(|last| last.contains('.'));
    if is_asset {
        let reserved = name.starts_with(ETAT) && pages.brand != Brand::Etat;
        return match best(req, name).filter(|_| !reserved) {
            Some((file, encoding)) => asset(name, file.data.into_owned(), encoding),
            None => respond(&domain::error::Problem::new(ErrorCode::Introuvable)),
        };
    }
    let page = page_of(name);
    if let Some((_, branded)) = pages.branded.iter().find(|(known, _)| *known == page) {
        return asset(page, branded.clone().into_bytes(), None);
    }
    match best(req, page) {
        Some((file, encoding)) => asset(page, file.data.into_owned(), encoding),
        None => html(pages::not_built()),
    }
}

/// The smallest form of an asset that the browser accepts.
fn best(req: &HttpRequest, name: &str) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepted = req.headers().get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or("");
    for (encoding, extension) in [("br", ".br"), ("gzip", ".gz")] {
        if accepted.split(',').any(|e| e.trim().split(';').next() == Some(encoding))
            && let Some(file) = Assets::get(&format!("{name}{extension}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Assets::get(name).map(|file| (file, None))
}

fn asset(name: &str, body: Vec<u8>, encoding: Option<&'static str>) -> HttpResponse {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_TYPE, kind.as_ref())).insert_header((VARY, "accept-encoding"));
    response.insert_header((CONTENT_ENCODING, encoding.unwrap_or("identity")));
    if PAGES.contains(&name) {
        response.insert_header((CACHE_CONTROL, "no-cache"));
        response.insert_header((CONTENT_SECURITY_POLICY, POLICY));
    } else if name.starts_with(ETAT) {
        response.insert_header((CACHE_CONTROL, "public, max-age=86400"));
    } else {
        // The name holds the hash of the content.
        response.insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"));
    }
    response.body(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_brand_of_the_state_reaches_the_page_as_it_is_built() {
        let source = include_str!("../../../web/index.html");
        let branded = with_brand(source);
        assert!(branded.contains(ETAT_CLASS.1) && branded.contains(ETAT_SHEET.1), "{branded}");
        assert!(!source.contains("pa-etat"), "the class is the operator's decision");
    }

    #[test]
    fn the_built_pages_need_no_inline_script_nor_style() {
        for page in PAGES {
            let Some(file) = Assets::get(page) else { return };
            let page = String::from_utf8_lossy(&file.data).into_owned();
            let scripts: Vec<&str> = page.split("<script").skip(1).collect();
            // That of the theme, which is before any style; that of the program.
            let [theme, program] = scripts.as_slice() else { panic!("{page}") };
            assert!(theme.starts_with(" src=\"/demarrage-") && theme.contains("rel=\"stylesheet\""), "{page}");
            assert!(program.starts_with(" type=\"module\" src=\"/demarrage-") && !page.contains("<style"), "{page}");
            for script in scripts {
                let name = script.split("src=\"/").nth(1).unwrap().split('"').next().unwrap();
                assert!(Assets::get(name).is_some(), "{name}");
            }
            assert!(page.contains("rel=\"modulepreload\"") && page.contains("as=\"fetch\""), "loaded at once: {page}");
        }
    }
}
