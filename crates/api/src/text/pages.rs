//! The pages the server writes itself: documentation of the API, kinds of problems, and the page that replaces an app
//! that was not built. Plain HTML, readable without a script.

use std::fmt::Write as _;

use domain::error::ErrorCode;
use domain::text::fr;
use utoipa::openapi::path::{Operation, Parameter, PathItem};
use utoipa::openapi::{OpenApi, RefOr};

/// Style of these pages; its hash stands in their security policy.
pub const STYLE: &str = "body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#161616;background:#fff}h1,h2,h3{line-height:1.25}a{color:#000091}code,pre{font-family:ui-monospace,monospace;background:#f4f4f5;overflow-wrap:anywhere}pre{padding:.75rem;white-space:pre-wrap}table{border-collapse:collapse;width:100%}th,td{border:1px solid #929292;padding:.25rem .5rem;text-align:left;vertical-align:top}section{border-top:2px solid #000091;margin-top:2rem}";

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"fr\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title} — Parcours Aidants</title>\
         <style>{STYLE}</style></head><body><header><a href=\"/\">Parcours Aidants</a></header><main><h1>{title}</h1>\
         {body}</main></body></html>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The page of a kind of problem.
pub fn problem(code: ErrorCode) -> String {
    let body = format!(
        "<p>{}</p><dl><dt>Code</dt><dd><code>{}</code></dd><dt>Statut HTTP</dt><dd>{}</dd></dl>\
         <p><a href=\"/api/docs\">Documentation de l’API</a></p>",
        escape(fr::problem_detail(code)),
        code.as_str(),
        code.status()
    );
    page(&escape(fr::problem_title(code)), &body)
}

/// What is shown when the browser app was not built.
pub fn not_built() -> String {
    page(
        "L’interface n’est pas construite",
        "<p>Ce serveur répond à l’API, mais l’interface n’a pas été construite. Lancez <code>cargo xtask run</code>.</p>\
         <p><a href=\"/api/docs\">Documentation de l’API</a></p>",
    )
}

/// The documentation of the API, one section per operation.
pub fn documentation(document: &OpenApi) -> String {
    let mut body = String::from(
        "<p>Toutes les opérations, leurs paramètres et leurs réponses. Le document pour les programmes est \
         <a href=\"/api/v1/openapi.json\">openapi.json</a>. Un programme s’identifie par \
         <code>Authorization: Bearer parcours_…</code>.</p><nav aria-label=\"Opérations\"><ul>",
    );
    let operations = operations(document);
    for (method, path, operation) in &operations {
        let summary = escape(operation.summary.as_deref().unwrap_or(""));
        let _infallible =
            write!(body, "<li><a href=\"#{0}\"><code>{method} {path}</code></a> {summary}</li>", anchor(method, path));
    }
    body.push_str("</ul></nav>");
    for (method, path, operation) in &operations {
        section(&mut body, method, path, operation);
    }
    page("Documentation de l’API", &body)
}

fn operations(document: &OpenApi) -> Vec<(&'static str, String, &Operation)> {
    let of = |path: &String, item: &'_ PathItem| {
        [("GET", &item.get), ("POST", &item.post), ("PATCH", &item.patch), ("DELETE", &item.delete)]
            .into_iter()
            .filter_map(|(method, operation)| operation.as_ref().map(|_| (method, path.clone())))
            .collect::<Vec<_>>()
    };
    let named = document.paths.paths.iter().flat_map(|(path, item)| of(path, item));
    named
        .filter_map(|(method, path)| {
            let item = document.paths.paths.get(&path)?;
            let operation = match method {
                "GET" => item.get.as_ref(),
                "POST" => item.post.as_ref(),
                "PATCH" => item.patch.as_ref(),
                _ => item.delete.as_ref(),
            };
            operation.map(|operation| (method, path, operation))
        })
        .collect()
}

fn anchor(method: &str, path: &str) -> String {
    format!("{method}{path}").replace(['/', '{', '}'], "-")
}

fn section(body: &mut String, method: &str, path: &str, operation: &Operation) {
    let summary = escape(operation.summary.as_deref().unwrap_or(""));
    let description = escape(operation.description.as_deref().unwrap_or(""));
    let anchor = anchor(method, path);
    let _infallible = write!(
        body,
        "<section><h2 id=\"{anchor}\">{summary}</h2><p><code>{method} {path}</code></p><p>{description}</p>"
    );
    if let Some(parameters) = operation.parameters.as_ref().filter(|list| !list.is_empty()) {
        parameter_table(body, parameters);
    }
    body.push_str("<table><caption>Réponses</caption><thead><tr><th scope=\"col\">Statut</th><th scope=\"col\">Sens</th></tr></thead><tbody>");
    for (status, response) in &operation.responses.responses {
        let meaning = match response {
            RefOr::T(response) => response.description.clone(),
            RefOr::Ref(_) => String::new(),
        };
        let _infallible = write!(body, "<tr><td>{status}</td><td>{}</td></tr>", escape(&meaning));
    }
    body.push_str("</tbody></table></section>");
}

fn parameter_table(body: &mut String, parameters: &[RefOr<Parameter>]) {
    body.push_str("<table><caption>Paramètres</caption><thead><tr><th scope=\"col\">Nom</th><th scope=\"col\">Sens</th></tr></thead><tbody>");
    for parameter in parameters {
        let RefOr::T(parameter) = parameter else { continue };
        let meaning = escape(parameter.description.as_deref().unwrap_or(""));
        let _infallible = write!(body, "<tr><td><code>{}</code></td><td>{meaning}</td></tr>", escape(&parameter.name));
    }
    body.push_str("</tbody></table>");
}
