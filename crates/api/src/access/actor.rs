//! The extractors through which every handler reaches the application.

use std::future::Future;
use std::marker::PhantomData;
use std::net::IpAddr;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use domain::error::ErrorCode;
use domain::permission::Operation;

use super::identity::{Denied, Identity, Perimeter, by_session};
use super::refusals::Recognised;
use super::{program, session};
use crate::app::App;
use crate::clock::Moment;
use crate::error::AppError;
use crate::http::client::address_of;
use crate::http::limit::Tally;
use crate::http::origin::foreign_origin;
use crate::http::request::RequestId;
use crate::journal::Author;

/// The right an operation asks for, as a type.
pub trait Right: 'static {
    /// Its row in the access matrix.
    const OPERATION: Operation;
}

/// One type per operation of the access matrix.
pub mod rights {
    use super::{Operation, Right};

    macro_rules! rights {
        ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
            $($(#[$doc])* pub struct $name;
            impl Right for $name { const OPERATION: Operation = Operation::$name; })+
        };
    }

    rights! {
        /// Read the table.
        DemandeLire,
        /// Add a demande.
        DemandeCreer,
        /// Change a demande.
        DemandeModifier,
        /// Export the table.
        DemandeExporter,
        /// Start, cancel or undo an import.
        ImportEcrire,
        /// Read an import.
        ImportLire,
        /// Read envelopes.
        EnveloppeLire,
        /// Read accounts and invitations.
        CompteLire,
        /// Administer accounts.
        CompteGerer,
        /// Publish terms and charters.
        TextePublier,
        /// Read the journal.
        JournalLire,
        /// See, create and revoke API clients and their keys.
        ClientGerer,
        /// Keep named views of the table.
        VueGerer,
        /// Make and set the links of the candidature form.
        LienGerer,
        /// Comment a demande, and know whom to call upon.
        Commenter,
        /// Write a mail to the people of demandes.
        CourrielEnvoyer,
        /// Give the list of habilitated people anew.
        HabiliteImporter,
        /// Read and export the list of habilitated people.
        HabiliteLire,
        /// Decide on the financing of demandes.
        Financer,
        /// Make envelopes, set them, import their list.
        EnveloppeGerer,
        /// Propose and approve the movements of amounts.
        MouvementDecider,
        /// Read the templates of the mails.
        ModeleLire,
        /// Read the eligibility batches.
        LotLire,
        /// Open a batch and decide in it.
        EligibiliteDecider,
        /// Set when the batches open.
        CalendrierRegler,
        /// File what comes with a habilitation request.
        HabilitationDeposer,
        /// Read the figures of every département and of the country.
        PilotageLire,
    }
}

/// A caller who has the right `R`, and what is within its reach.
pub struct Actor<R> {
    /// The application.
    pub app: web::Data<App>,
    /// Who calls.
    pub who: Identity,
    /// What they reach with this right.
    pub perimeter: Perimeter,
    /// Correlation id of the request.
    pub request: String,
    right: PhantomData<R>,
}

impl<R> Actor<R> {
    /// The caller as the author of a journal entry.
    pub fn author(&self) -> Author {
        self.who.author(&self.request)
    }
}

/// A caller who is signed in, whatever the role: for what concerns only the caller itself.
pub struct SignedIn {
    /// The application.
    pub app: web::Data<App>,
    /// Who calls.
    pub who: Identity,
    /// Id of the browser session, when there is one.
    pub session: Option<String>,
    /// What the request is counted in.
    pub tally: Tally,
    /// Correlation id of the request.
    pub request: String,
}

impl SignedIn {
    /// The caller as the author of a journal entry.
    pub fn author(&self) -> Author {
        self.who.author(&self.request)
    }
}

/// Anybody: for the operations listed as public.
pub struct Public {
    /// The application.
    pub app: web::Data<App>,
    /// Address of the client, proxies in front taken into account.
    pub address: IpAddr,
    /// What the request is counted in.
    pub tally: Tally,
    /// Correlation id of the request.
    pub request: String,
}

impl Public {
    /// Counts a public write of this address, or refuses it.
    pub fn limited(&self) -> Result<(), AppError> {
        let quota = self.app.limit.take(self.address);
        self.tally.add(quota);
        if quota.left.is_none() { Err(AppError::new(ErrorCode::TropDeRequetes)) } else { Ok(()) }
    }
}

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

fn application(req: &HttpRequest) -> Result<web::Data<App>, AppError> {
    req.app_data::<web::Data<App>>().cloned().ok_or_else(|| AppError::Internal("application missing".to_owned()))
}

/// What the caller shows to be recognised.
enum Proof {
    Program(program::Shown),
    Session(String),
    Nothing,
}

fn proof(app: &App, req: &HttpRequest) -> Result<Proof, AppError> {
    if let Some(header) = req.headers().get(AUTHORIZATION) {
        let text = header.to_str().unwrap_or("");
        let scheme_end = text.find(' ').unwrap_or(0);
        let (scheme, value) = text.split_at(scheme_end);
        let presented = if scheme.eq_ignore_ascii_case("bearer") { program::read(app, value.trim()) } else { None };
        return Ok(presented.map_or(Proof::Nothing, Proof::Program));
    }
    let Some(cookie) = req.cookie(session::COOKIE) else { return Ok(Proof::Nothing) };
    same_origin(req)?;
    Ok(Proof::Session(cookie.value().to_owned()))
}

/// A change asked for with a cookie must come from our own pages: a custom header that a foreign page cannot add
/// without our consent, and the browser's own word when it gives one.
fn same_origin(req: &HttpRequest) -> Result<(), AppError> {
    if req.method().is_safe() {
        return Ok(());
    }
    let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    let ours = header("x-requested-with") == Some("parcours")
        && matches!(header("sec-fetch-site"), None | Some("same-origin" | "none"));
    if ours { Ok(()) } else { Err(AppError::new(ErrorCode::NonAutorise)) }
}

/// What stays open until the terms and the charter of the role are accepted (REF-4): reading and accepting them, one's
/// own session and sessions.
const BEFORE_ACCEPTANCE: [&str; 5] = [
    "/api/v1/engagements",
    "/api/v1/engagements/{id}/accepter",
    "/api/v1/session",
    "/api/v1/sessions",
    "/api/v1/sessions/{id}",
];

fn open_before_acceptance(req: &HttpRequest) -> bool {
    req.match_pattern().is_some_and(|pattern| BEFORE_ACCEPTANCE.contains(&pattern.as_str()))
}

/// What a page asks for by itself, whether or not somebody is there: it does not keep a session from being idle.
const PASSIVE: [&str; 2] = ["/api/v1/demandes/flux", "/api/v1/demandes/{id}/presence"];

fn is_passive(req: &HttpRequest) -> bool {
    req.match_pattern().is_some_and(|pattern| PASSIVE.contains(&pattern.as_str()))
}

async fn recognise(req: HttpRequest) -> Result<SignedIn, AppError> {
    let app = application(&req)?;
    let now = app.clock.now();
    let (who, session) = match proof(&app, &req)? {
        Proof::Nothing => (None, None),
        Proof::Program(shown) => (program::recognise(&app, shown, foreign_origin(req.headers())).await?, None),
        Proof::Session(id) => (by_cookie(&app, &id, now, is_passive(&req)).await?, Some(id)),
    };
    let who = who.ok_or_else(|| AppError::new(ErrorCode::NonAuthentifie))?;
    req.extensions_mut().insert(Recognised::new(who.author(""), None));
    if who.owes_acceptance && !open_before_acceptance(&req) {
        return Err(AppError::new(ErrorCode::EngagementRequis));
    }
    Ok(SignedIn { app, who, session, tally: Tally::of(&req), request: request_id(&req) })
}

/// The caller of a session; that it served is written once a minute at most, and never keeps a reading from being served.
async fn by_cookie(app: &web::Data<App>, id: &str, now: Moment, passive: bool) -> Result<Option<Identity>, AppError> {
    let hash = session::hash(id);
    let Some(open) = app.db.read(move |c| by_session(c, &hash, now)).await? else { return Ok(None) };
    if !passive && session::is_stale(open.seen, now) {
        let id = id.to_owned();
        let written = app.db.write(move |c| session::seen(c, &id, now)).await;
        if let Err(error) = written {
            tracing::warn!(error = %error, "session.seen_not_written");
        }
    }
    Ok(Some(open.who))
}

fn request_id(req: &HttpRequest) -> String {
    req.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

impl FromRequest for SignedIn {
    type Error = AppError;
    type Future = Extraction<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(recognise(req.clone()))
    }
}

fn refusal(denied: Denied) -> AppError {
    let refused = |why: String| AppError::detail(ErrorCode::NonAutorise, why);
    match denied {
        Denied::Role => AppError::new(ErrorCode::NonAutorise),
        Denied::Program => refused(crate::text::PEOPLE_ONLY.to_owned()),
        Denied::Scope(scope) => refused(crate::text::missing_scope(scope.as_str())),
    }
}

impl<R: Right> FromRequest for Actor<R> {
    type Error = AppError;
    type Future = Extraction<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let SignedIn { app, who, request, .. } = recognise(req.clone()).await?;
            let perimeter = who.perimeter(R::OPERATION).map_err(refusal)?;
            req.extensions_mut().insert(Recognised::new(who.author(""), Some(&perimeter)));
            Ok(Self { app, who, perimeter, request, right: PhantomData })
        })
    }
}

impl FromRequest for Public {
    type Error = AppError;
    type Future = std::future::Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(application(req).map(|app| {
            let address = address_of(req, &app.config.http.proxies);
            Self { app, address, tally: Tally::of(req), request: request_id(req) }
        }))
    }
}
