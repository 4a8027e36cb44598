//! The list of routes, the middleware around them, and the listening server.

use std::sync::Arc;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, CONTENT_TYPE};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{App as ActixApp, Error, HttpRequest, HttpResponse, HttpServer, get, web};
use domain::error::{ErrorCode, Problem};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

use super::spa::{self, Pages};
use crate::access::Public;
use crate::app::App;
use crate::areas;
use crate::config::{Brand, Mode};
use crate::courriels;
use crate::error::{AppError, respond};
use crate::http::cors::listed_pages;
use crate::http::origin::own_pages;
use crate::http::request::surround;
use crate::mail;

/// Every route of `/api/v1`.
pub fn areas(config: &mut ServiceConfig) {
    areas::candidature::routes::configure(config);
    areas::demande::routes::configure(config);
    areas::import::routes::configure(config);
    areas::grist::routes::configure(config);
    areas::enveloppe::routes::configure(config);
    areas::preuve::routes::configure(config);
    areas::eligibilite::routes::configure(config);
    areas::referentiel::routes::configure(config);
    areas::compte::routes::configure(config);
    areas::engagement::routes::configure(config);
    areas::vue::routes::configure(config);
    areas::lien::routes::configure(config);
    areas::habilite::routes::configure(config);
    areas::tableau_de_bord::routes::configure(config);
    areas::commentaire::routes::configure(config);
    areas::avis::routes::configure(config);
    areas::journal::routes::configure(config);
    areas::client_api::routes::configure(config);
    courriels::routes::configure(config);
}

/// What does not depend on a request: the document, its page, and which methods each path has.
pub struct Static {
    document: String,
    pages: Pages,
    /// Segments of each path (an empty one stands for a parameter) and its methods.
    methods: Vec<(Vec<String>, Vec<&'static str>)>,
}

impl Static {
    /// Builds it once, for every worker.
    pub fn new(brand: Brand) -> Arc<Self> {
        let mut document = crate::openapi::document();
        let pages = Pages::new(&document, brand);
        let methods = document.paths.paths.iter_mut().map(|(path, item)| {
            let segments = path.split('/').map(|s| if s.starts_with('{') { String::new() } else { s.to_owned() });
            let named = [
                ("GET", item.get.is_some()),
                ("POST", item.post.is_some()),
                ("PUT", item.put.is_some()),
                ("PATCH", item.patch.is_some()),
                ("DELETE", item.delete.is_some()),
            ];
            (segments.collect(), named.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect())
        });
        Arc::new(Self { methods: methods.collect(), document: crate::openapi::json(), pages })
    }

    /// The methods of a path, none when it does not exist. A fixed path is preferred to one with parameters.
    fn allowed(&self, path: &str) -> Vec<&'static str> {
        let asked: Vec<&str> = path.split('/').collect();
        let fits = |(segments, _): &&(Vec<String>, Vec<&'static str>)| {
            segments.len() == asked.len()
                && segments.iter().zip(&asked).skip(1).all(|(known, given)| match known.as_str() {
                    "" => !given.is_empty(),
                    fixed => fixed == *given,
                })
        };
        let mut found: Vec<_> = self.methods.iter().filter(fits).collect();
        found.sort_by_key(|(segments, _)| segments.iter().skip(1).filter(|s| s.is_empty()).count());
        found.first().map(|(_, methods)| methods.clone()).unwrap_or_default()
    }
}

#[get("/healthz")]
async fn health() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

#[get("/readyz")]
async fn ready(public: Public) -> Result<HttpResponse, AppError> {
    public.app.db.read(|conn| Ok::<_, AppError>(crate::db::alive(conn)?)).await?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("ready\n"))
}

#[get("/openapi.json")]
async fn openapi_document(fixed: web::Data<Static>) -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/json")).body(fixed.document.clone())
}

#[get("/api/docs")]
async fn documentation_page(fixed: web::Data<Static>) -> HttpResponse {
    fixed.pages.documentation()
}

#[get("/problemes/{code}")]
async fn problem_page(fixed: web::Data<Static>, code: web::Path<String>) -> HttpResponse {
    fixed.pages.problem(&code)
}

/// Refuses the methods that a known path does not have, before a path with parameters takes the request for its own
/// (`PATCH /demandes/compteurs` is not a change of the demande « compteurs »).
async fn known_method(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let allowed = req.app_data::<web::Data<Static>>().map(|fixed| fixed.allowed(req.path())).unwrap_or_default();
    if allowed.is_empty() || allowed.contains(&req.method().as_str()) {
        return Ok(next.call(req).await?.map_into_left_body());
    }
    let refusal = refuse_with(ErrorCode::MethodeNonPermise, |response| {
        if let Ok(value) = allowed.join(", ").parse() {
            response.headers_mut().insert(ALLOW, value);
        }
    });
    Ok(req.into_response(refusal).map_into_right_body())
}

/// What no route took: an unknown API path, or a page of the single-page app.
async fn otherwise(req: HttpRequest, fixed: web::Data<Static>) -> HttpResponse {
    if req.path().starts_with("/api/") || !req.method().is_safe() {
        return refuse_with(ErrorCode::Introuvable, |_| {});
    }
    spa::serve(&req, &fixed.pages)
}

fn refuse_with(code: ErrorCode, more: impl FnOnce(&mut HttpResponse)) -> HttpResponse {
    let problem = Problem::new(code);
    let mut response = respond(&problem);
    more(&mut response);
    response.extensions_mut().insert(problem);
    response
}

/// The service, for the server and for tests.
pub fn build(
    app: web::Data<App>,
    fixed: Arc<Static>,
) -> ActixApp<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let (service, _document) = ActixApp::new()
        .into_utoipa_app()
        .app_data(app)
        .app_data(web::Data::from(fixed))
        .service(utoipa_actix_web::scope("/api/v1").configure(areas).map(|scope| scope.service(openapi_document)))
        .split_for_parts();
    service
        .service(health)
        .service(ready)
        .service(documentation_page)
        .service(problem_page)
        .configure(areas::client_api::routes::configure_well_known)
        .configure(areas::lien::routes::configure_short)
        .default_service(web::to(otherwise))
        .wrap(from_fn(own_pages))
        .wrap(from_fn(known_method))
        .wrap(from_fn(listed_pages))
        // The last one is the outermost: it compresses problems too, once they carry the id of the request.
        .wrap(from_fn(surround))
        .wrap(Compress::default())
}

/// Starts sending mails, when there is a relay.
fn mails(app: &App) -> std::io::Result<Option<mail::Sender>> {
    let forget = app.config.mode == Mode::Production;
    match mail::Relay::new(&app.config.mail).map_err(std::io::Error::other)? {
        Some(relay) => mail::Sender::start(app.db.clone(), app.clock.clone(), relay, forget).map(Some),
        None => {
            tracing::warn!("mail.no_relay");
            Ok(None)
        }
    }
}

/// Ends the requests that last as soon as the server is told to stop: they would keep it waiting.
async fn end_what_lasts(app: web::Data<App>) {
    #[cfg(unix)]
    let told = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut term) => tokio::select! { _ = term.recv() => {}, _ = tokio::signal::ctrl_c() => {} },
            Err(_refused) => drop(tokio::signal::ctrl_c().await),
        }
    };
    #[cfg(not(unix))]
    let told = async { drop(tokio::signal::ctrl_c().await) };
    told.await;
    app.stopping.cancel();
}

/// Lets go of what would pile up: addresses that no longer call, and durations that nobody asks for, each kept whole until
/// it is summed.
async fn forget(app: web::Data<App>, recorder: PrometheusHandle) {
    loop {
        actix_web::rt::time::sleep(Duration::from_secs(60)).await;
        app.limit.forget();
        recorder.run_upkeep();
    }
}

/// Listens until told to stop; requests under way then have ten seconds to end.
pub async fn serve(app: web::Data<App>) -> std::io::Result<()> {
    let fixed = Static::new(app.config.brand);
    let (listen, metrics) = (app.config.http.listen, app.config.http.metrics);
    let recorder =
        PrometheusBuilder::new().install_recorder().map_err(|error| std::io::Error::other(error.to_string()))?;
    actix_web::rt::spawn(forget(app.clone(), recorder.clone()));
    if let Some(address) = metrics {
        let metrics = HttpServer::new(move || {
            let recorder = recorder.clone();
            ActixApp::new().route("/metrics", web::get().to(move || std::future::ready(recorder.render())))
        });
        actix_web::rt::spawn(metrics.workers(1).disable_signals().bind(address)?.run());
    }
    let _mails = mails(&app)?;
    if let Some(key) = app.config.signing_key() {
        actix_web::rt::spawn(crate::journal::keep(app.clone(), key));
    }
    actix_web::rt::spawn(end_what_lasts(app.clone()));
    tracing::info!(%listen, "server.listening");
    actix_web::rt::spawn(crate::access::refusals::keep(app.clone()));
    actix_web::rt::spawn(areas::avis::keep(app.clone()));
    actix_web::rt::spawn(crate::preuves::keep(app.clone()));
    actix_web::rt::spawn(courriels::rappels::keep(app.clone()));
    actix_web::rt::spawn(areas::eligibilite::keep(app.clone()));
    let stopped = super::wire::listen(app.clone(), fixed, listen)?.await;
    if let Err(error) = crate::access::refusals::write(&app).await {
        tracing::warn!(error = %error, "access.refusals_not_written");
    }
    stopped
}
