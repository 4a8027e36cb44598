//! Doubles of the services of the outside, which speak their real format: for the tests and the demonstration, on the
//! loopback only. Each can be told to fail in every way that the real ones do. What they say of a SIRET depends on it alone.

mod profils;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::http::header::RETRY_AFTER;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use domain::preuve::Service;
use serde_json::{Value, json};

pub use profils::{Profil, profil};

/// Requests that a double remembers.
const REMEMBERED: usize = 256;
/// Header of the key of SIRO.
const KEY: &str = super::siro::KEY;

/// How a double behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It answers.
    Normal,
    /// It takes longer than anybody waits.
    Lent,
    /// 429, with `Retry-After` in seconds.
    Sature(u32),
    /// 500.
    Panne,
    /// 200, but not JSON.
    Illisible,
    /// 200 and JSON, of other types than announced.
    MauvaisType,
    /// A redirection to elsewhere.
    Redirection,
    /// 200, without end.
    Immense,
}

impl Mode {
    /// Every mode, by the name that a command gives it.
    pub const ALL: [(&'static str, Self); 8] = [
        ("normal", Self::Normal),
        ("lent", Self::Lent),
        ("sature", Self::Sature(30)),
        ("panne", Self::Panne),
        ("illisible", Self::Illisible),
        ("mauvais-type", Self::MauvaisType),
        ("redirection", Self::Redirection),
        ("immense", Self::Immense),
    ];

    /// The mode of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, mode)| *mode)
    }
}

/// One double.
struct Double {
    mode: Mutex<Mode>,
    calls: AtomicU64,
    received: Mutex<VecDeque<String>>,
}

impl Double {
    fn mode(&self) -> Mode {
        *self.mode.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, request: &HttpRequest) {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        if received.len() == REMEMBERED {
            received.pop_front();
        }
        received.push_back(request.uri().to_string());
    }
}

/// The doubles of every service, and the way to make them fail.
#[derive(Clone)]
pub struct Simulateurs {
    doubles: Arc<[Double; 3]>,
}

impl Default for Simulateurs {
    fn default() -> Self {
        let double = || Double { mode: Mutex::new(Mode::Normal), calls: AtomicU64::new(0), received: Mutex::default() };
        Self { doubles: Arc::new([double(), double(), double()]) }
    }
}

impl Simulateurs {
    fn of(&self, service: Service) -> &Double {
        let [entreprises, siro, adresses] = self.doubles.as_ref();
        match service {
            Service::Entreprises => entreprises,
            Service::Siro => siro,
            Service::Adresses => adresses,
        }
    }

    /// Makes a double behave so from now on.
    pub fn behave(&self, service: Service, mode: Mode) {
        *self.of(service).mode.lock().unwrap_or_else(PoisonError::into_inner) = mode;
    }

    /// How many times a double was asked.
    pub fn calls(&self, service: Service) -> u64 {
        self.of(service).calls.load(Ordering::Relaxed)
    }

    /// The last requests that a double received, path and query, the oldest first.
    pub fn received(&self, service: Service) -> Vec<String> {
        let received = self.of(service).received.lock().unwrap_or_else(PoisonError::into_inner);
        received.iter().cloned().collect()
    }

    /// Listens on a port of the loopback (0: a free one) until the end of the runtime, and answers which.
    ///
    /// # Errors
    /// The port is taken.
    pub fn listen(&self, port: u16) -> std::io::Result<(u16, actix_server::Server)> {
        let doubles = self.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(web::Data::new(doubles.clone()))
                .route("/entreprises/search", web::get().to(entreprises))
                .route("/siro/siro/v1/public/{siret}", web::get().to(siro))
                .route("/adresses/search", web::get().to(adresses))
                .route("/mode/{service}/{mode}", web::post().to(behave))
        })
        .workers(1)
        .disable_signals()
        .shutdown_timeout(0)
        .bind(("127.0.0.1", port))?;
        let port = server.addrs().first().map_or(port, std::net::SocketAddr::port);
        Ok((port, server.run()))
    }

    /// Remembers a call, and answers as the mode wants; nothing when the double is to answer in earnest.
    async fn misbehave(&self, service: Service, request: &HttpRequest) -> Option<HttpResponse> {
        let double = self.of(service);
        double.remember(request);
        Some(match double.mode() {
            Mode::Normal => return None,
            Mode::Lent => {
                actix_web::rt::time::sleep(Duration::from_secs(30)).await;
                HttpResponse::Ok().json(json!({}))
            }
            Mode::Sature(seconds) => HttpResponse::TooManyRequests()
                .insert_header((RETRY_AFTER, seconds.to_string()))
                .json(json!({ "erreur": "too many requests" })),
            Mode::Panne => HttpResponse::InternalServerError().json(json!({ "erreur": "internal" })),
            Mode::Illisible => HttpResponse::Ok().content_type("application/json").body("{\"results\": [{"),
            Mode::MauvaisType => HttpResponse::Ok().json(other_types(service)),
            Mode::Redirection => HttpResponse::Found().insert_header(("location", "http://127.0.0.1:9/")).finish(),
            Mode::Immense => HttpResponse::Ok().content_type("application/json").body("[".repeat(4 << 20)),
        })
    }
}

fn other_types(service: Service) -> Value {
    match service {
        Service::Entreprises => json!({ "results": "aucun", "total_results": "zero" }),
        Service::Siro => json!({ "code": ["01"], "siret": 1, "opcoRattachement": "UNIFORMATION" }),
        Service::Adresses => {
            json!({ "type": "FeatureCollection", "features": [{ "geometry": null, "properties": [] }] })
        }
    }
}

/// A parameter of the query.
fn parameter(request: &HttpRequest, name: &str) -> String {
    let pairs = form_urlencoded::parse(request.query_string().as_bytes());
    pairs.into_iter().find(|(known, _)| known == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

async fn entreprises(request: HttpRequest, doubles: web::Data<Simulateurs>) -> HttpResponse {
    if let Some(answer) = doubles.misbehave(Service::Entreprises, &request).await {
        return answer;
    }
    HttpResponse::Ok().json(profils::company(&parameter(&request, "q")))
}

async fn siro(request: HttpRequest, siret: web::Path<String>, doubles: web::Data<Simulateurs>) -> HttpResponse {
    if let Some(answer) = doubles.misbehave(Service::Siro, &request).await {
        return answer;
    }
    if !request.headers().contains_key(KEY) {
        return HttpResponse::Unauthorized().json(json!({ "message": "Unauthorized", "http_status_code": 401 }));
    }
    HttpResponse::Ok().json(profils::opco(&siret))
}

async fn adresses(request: HttpRequest, doubles: web::Data<Simulateurs>) -> HttpResponse {
    if let Some(answer) = doubles.misbehave(Service::Adresses, &request).await {
        return answer;
    }
    HttpResponse::Ok().json(profils::place(&parameter(&request, "q"), &parameter(&request, "postcode")))
}

/// `POST /mode/{service}/{mode}`: how a demonstration makes a service fail, and come back.
async fn behave(path: web::Path<(String, String)>, doubles: web::Data<Simulateurs>) -> HttpResponse {
    let (service, mode) = path.into_inner();
    match (Service::parse(&service), Mode::parse(&mode)) {
        (Some(service), Some(mode)) => {
            doubles.behave(service, mode);
            HttpResponse::NoContent().finish()
        }
        _ => HttpResponse::NotFound().finish(),
    }
}
