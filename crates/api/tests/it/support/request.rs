//! Who is asking, what they ask, and what they are answered.

use actix_web::http::Method;
use actix_web::http::header::HeaderMap;
use actix_web::test::TestRequest;
use actix_web::web::Bytes;
use api::access::session;
use api::areas::client_api::service::{NewClient, store};
use domain::client_api::{GenreCle, NouvelleCle};
use domain::permission::{Portee, Role};
use serde_json::Value;

use super::{TestApp, elsewhere};

/// Every scope that a program may have.
pub const SCOPES: [&str; 9] = [
    "demandes:lire",
    "demandes:ecrire",
    "imports:ecrire",
    "imports:lire",
    "enveloppes:lire",
    "enveloppes:ecrire",
    "financements:ecrire",
    "eligibilites:ecrire",
    "journal:lire",
];

/// How a caller makes itself known.
#[derive(Clone, Debug)]
pub enum Who {
    /// Not at all.
    Nobody,
    /// By a token.
    Token(String),
    /// By the cookie of a session.
    Session(String),
}

/// A caller of an application.
pub struct Caller<'a> {
    app: &'a TestApp,
    /// How it makes itself known.
    pub who: Who,
}

impl TestApp {
    /// Somebody who is not signed in.
    pub fn anonymous(&self) -> Caller<'_> {
        self.caller(Who::Nobody)
    }

    /// A caller known in this way.
    pub const fn caller(&self, who: Who) -> Caller<'_> {
        Caller { app: self, who }
    }

    /// A program of this role, with these scopes and no envelope.
    pub fn token(&self, role: Role, scopes: &[&str]) -> Caller<'_> {
        self.token_on(role, scopes, &[])
    }

    /// A program of this role, with these scopes, on these envelopes.
    pub fn token_on(&self, role: Role, scopes: &[&str], envelopes: &[&str]) -> Caller<'_> {
        self.caller(Who::Token(self.new_token(role, scopes, envelopes, 90)))
    }

    /// A token that stops in some days.
    pub fn new_token(&self, role: Role, scopes: &[&str], envelopes: &[&str], days: i64) -> String {
        let new = NewClient {
            name: "programme de test".to_owned(),
            role,
            scopes: scopes.iter().map(|code| Portee::parse(code).unwrap()).collect(),
            envelopes: envelopes.iter().map(|id| (*id).to_owned()).collect(),
            origins: Vec::new(),
            answerer: None,
        };
        let (clock, key) = (self.clock.clone(), NouvelleCle { genre: GenreCle::Jeton, jours: days });
        let db = self.db();
        let made = elsewhere(|| db.write_blocking(move |conn| store(conn, &clock, &new, &key)));
        made.unwrap().secret
    }

    /// A program of the national team, with every scope.
    pub fn anct(&self) -> Caller<'_> {
        self.token(Role::Anct, &SCOPES)
    }
}

/// A value as it travels in a query.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// `path?name=value&…`.
pub fn query(path: &str, parameters: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    format!("{path}?{}", pairs.join("&"))
}

impl<'a> Caller<'a> {
    /// A request to `/api/v1` + `path`, as our own page or a program would send it.
    pub fn request(&self, method: Method, path: &str) -> Request<'a> {
        self.bare(method.clone(), &format!("/api/v1{path}")).same_origin(method)
    }

    /// A request to any address, with nothing but the proof of who is asking.
    pub fn bare(&self, method: Method, address: &str) -> Request<'a> {
        let peer = "192.0.2.1:40000".parse().unwrap();
        let mut inner = TestRequest::default().method(method).uri(address).peer_addr(peer);
        match &self.who {
            Who::Nobody => {}
            Who::Token(token) => inner = inner.insert_header(("authorization", format!("Bearer {token}"))),
            Who::Session(id) => inner = inner.insert_header(("cookie", format!("{}={id}", session::COOKIE))),
        }
        Request { app: self.app, inner, session: matches!(self.who, Who::Session(_)) }
    }

    /// `GET`.
    pub fn get(&self, path: &str) -> Request<'a> {
        self.request(Method::GET, path)
    }

    /// `POST`.
    pub fn post(&self, path: &str) -> Request<'a> {
        self.request(Method::POST, path)
    }

    /// `PUT`.
    pub fn put(&self, path: &str) -> Request<'a> {
        self.request(Method::PUT, path)
    }

    /// `PATCH`.
    pub fn patch(&self, path: &str) -> Request<'a> {
        self.request(Method::PATCH, path)
    }

    /// `DELETE`.
    pub fn delete(&self, path: &str) -> Request<'a> {
        self.request(Method::DELETE, path)
    }

    /// The page of `/demandes` for these parameters.
    pub async fn list(&self, parameters: &[(&str, &str)]) -> Value {
        self.get(&query("/demandes", parameters)).send().await.ok(200)
    }
}

/// A request being built.
pub struct Request<'a> {
    app: &'a TestApp,
    inner: TestRequest,
    session: bool,
}

impl Request<'_> {
    fn same_origin(self, method: Method) -> Self {
        if self.session && method != Method::GET { self.header("x-requested-with", "parcours") } else { self }
    }

    /// Sets a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: actix_web::http::header::HeaderName = name.parse().unwrap();
        self.inner = self.inner.insert_header((name, value.to_owned()));
        self
    }

    /// One more line of a header that is there already.
    pub fn header_again(mut self, name: &str, value: &str) -> Self {
        let name: actix_web::http::header::HeaderName = name.parse().unwrap();
        self.inner = self.inner.append_header((name, value.to_owned()));
        self
    }

    /// The address the request comes from.
    pub fn from(mut self, address: &str) -> Self {
        self.inner = self.inner.peer_addr(std::net::SocketAddr::new(address.parse().unwrap(), 40000));
        self
    }

    /// The version the change is based on.
    pub fn version(self, version: i64) -> Self {
        self.header("if-match", &format!("\"{version}\""))
    }

    /// A JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// Any body.
    pub fn body(mut self, media: &str, bytes: impl Into<Bytes>) -> Self {
        self.inner = self.inner.set_payload(bytes);
        self.header("content-type", media)
    }

    /// Sends it.
    pub async fn send(self) -> Answer {
        (self.app.handler)(self.inner).await
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The JSON body of an answer that must have this status.
    pub fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        if self.body.is_empty() { Value::Null } else { self.json() }
    }

    /// The problem of an answer that must be refused so: form, French sentences, correlation id.
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        let kind = domain::error::ErrorCode::from_wire(code).unwrap().kind();
        // A quota far exceeded keeps its code under another registered type.
        let abnormal = status == 429 && problem["type"] == kind.replace("quota-exceeded", "abnormal-usage-detected");
        assert!(problem["type"] == kind || abnormal, "{problem}");
        assert_eq!(problem["status"], status);
        for sentence in ["title", "detail"] {
            assert!(problem[sentence].as_str().is_some_and(|text| text.len() > 5), "{sentence}: {problem}");
        }
        let instance = problem["instance"].as_str().unwrap_or("");
        assert!(!instance.is_empty(), "no instance: {problem}");
        assert_eq!(self.header("x-request-id"), Some(instance));
        problem
    }

    /// A problem that names this field.
    pub fn refuses(&self, status: u16, code: &str, field: &str) -> Value {
        let problem = self.problem(status, code);
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        let named = errors.iter().find(|error| error["champ"] == field);
        let error = named.unwrap_or_else(|| panic!("« {field} » is not named: {problem}")).clone();
        assert!(error["code"].as_str().is_some_and(|text| !text.is_empty()), "{error}");
        assert!(error["message"].as_str().is_some_and(|text| text.len() > 5), "{error}");
        error
    }
}
