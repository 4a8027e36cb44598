//! Signing in: an e-mail and a one-time code ask for a link, the mailed link opens the session.
//!
//! Whoever asks is always answered alike. An unknown address, a deactivated account, an account without means and a
//! wrong code go through the same statements and the same verification (SEC-07); what follows a right code is only
//! seen by the person who had it, in the mailbox.

use domain::permission::Role;
use domain::values::CodeOtp;
use serde_json::json;

use super::{demonstration_code, welcome};
use crate::access::Public;
use crate::access::session::{self, LINK_MINUTES};
use crate::app::App;
use crate::areas::compte::queries::{self, Account, Candidate};
use crate::areas::engagement::service as engagement;
use crate::clock::{Clock, Moment};
use crate::config::Mode;
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::http::limit::{Quota, Tally};
use crate::journal::{self, Author, Entry};
use crate::otp::{self, Means};
use crate::outbox;
use crate::seal::Keys;
use crate::single_use::{self, Purpose};
use crate::throttle::{self, Rule};

/// Where the page of the mailed link is; the secret follows `#`, which browsers send to nobody.
pub const LINK_PAGE: &str = "/connexion/lien";

/// From how many wrong codes on they are told to their owner: fewer are slips of the fingers.
const SUSPECT: i64 = 3;

/// Entry of the journal for a sign-in that was refused.
const REFUSED: &str = "connexion.refusee";

/// Entry of the journal for a session that was opened.
const OPENED: &str = "session.ouverte";

/// What signing in needs of the application.
#[derive(Clone)]
pub struct Context {
    pub(super) clock: Clock,
    pub(super) now: Moment,
    mode: Mode,
    pub(super) keys: Keys,
    decoy: Means,
    pub(super) per_account: u32,
    pub(super) per_address: u32,
    /// Address of the caller, an IPv6 one as its /64.
    pub(super) address: String,
    pub(super) request: String,
    tally: Tally,
}

impl Context {
    /// For a request from this address.
    pub fn new(app: &App, address: std::net::IpAddr, request: String, tally: Tally) -> Self {
        Self {
            clock: app.clock.clone(),
            now: app.clock.now(),
            mode: app.config.mode,
            keys: app.config.keys.clone(),
            decoy: app.decoy.clone(),
            per_account: app.config.limits.sign_in_per_account,
            per_address: app.config.limits.sign_in_per_address,
            address: crate::http::client::group(address).to_string(),
            request,
            tally,
        }
    }

    /// For a request of anybody.
    pub fn public(public: &Public) -> Self {
        Self::new(&public.app, public.address, public.request.clone(), public.tally.clone())
    }

    /// Counts an attempt of `who`, before anything is verified; the answer tells what is left.
    pub(super) fn count(&self, conn: &mut DbConn, rule: Rule, quota: u32, who: &str) -> Result<Quota, DbError> {
        let quota = throttle::count(conn, rule, quota, who, self.now)?;
        self.tally.add(quota);
        Ok(quota)
    }
}

/// A wish to sign in.
pub struct Attempt {
    /// Address, trimmed and in lower case.
    pub email: String,
    /// The code, when it can be one.
    pub code: Option<CodeOtp>,
    /// The code after, to find a card again.
    pub next: Option<CodeOtp>,
    /// What binds the link to the browser that asks.
    pub client: String,
    /// The account that this browser has signed in from before, and the browser's own number.
    pub known: Option<(String, String)>,
}

/// What became of a wish, as far as the caller may know.
pub struct Asked {
    /// What is left to the account and to the address.
    pub(super) quotas: [Quota; 2],
}

impl Asked {
    /// Whether one of them has none left: nothing was done.
    pub fn is_refused(&self) -> bool {
        self.quotas.iter().any(|quota| quota.left.is_none())
    }
}

/// Counts the attempt, verifies the code, and queues the link if it was right.
pub fn ask(conn: &mut DbConn, context: &Context, attempt: &Attempt) -> Result<Asked, AppError> {
    let found = queries::candidate(conn, &attempt.email)?;
    let counted = counted_as(attempt, found.as_ref());
    let quotas = [
        context.count(conn, throttle::ACCOUNT, context.per_account, &counted)?,
        context.count(conn, throttle::ADDRESS, context.per_address, &context.address)?,
    ];
    if quotas.iter().any(|quota| quota.left.is_none()) {
        return Ok(Asked { quotas });
    }
    let (means, active) = found.as_ref().map_or((&[][..], false), |account| (&account.means, account.active));
    let right = verified(conn, context, means, attempt, active)?;
    let id = found.as_ref().map(|account| account.id.clone()).unwrap_or_default();
    let welcome = welcome::matches(conn, context, &id, attempt.code.as_ref())?;
    let refusal = match &found {
        None => Some("inconnu"),
        Some(account) if account.awaiting && welcome => None,
        Some(account) if !account.active => Some("desactive"),
        Some(_) if !right => Some("code"),
        Some(_) => None,
    };
    match refusal {
        None => send_link(conn, context, attempt, &id)?,
        Some(why) => record(conn, context, REFUSED, id, &json!({ "motif": why, "adresse": context.address }))?,
    }
    Ok(Asked { quotas })
}

/// Whose attempts these are: the account's from this known browser, or the account's from anywhere else. Strangers who
/// use up the second do not keep the owner's browser out.
fn counted_as(attempt: &Attempt, found: Option<&Candidate>) -> String {
    match (&attempt.known, found) {
        (Some((account, browser)), Some(candidate)) if *account == candidate.id => {
            format!("{}\u{0}{browser}", attempt.email)
        }
        _ => attempt.email.clone(),
    }
}

/// Whether the code is right; its step is then spent, if it may be. Without means a decoy is verified, at the same cost.
pub(super) fn verified(
    conn: &mut DbConn,
    context: &Context,
    means: &[Means],
    attempt: &Attempt,
    spend: bool,
) -> Result<bool, DbError> {
    // What cannot be a code is verified as one that is never right.
    let unreadable = attempt.code.is_none();
    let Some(code) = attempt.code.clone().or_else(|| CodeOtp::lire("0")) else { return Ok(false) };
    let verify = |means: &Means| otp::verify(&context.keys, means, &code, attempt.next.as_ref(), context.now);
    let shown = if means.is_empty() { verify(&context.decoy).and(None) } else { means.iter().find_map(verify) };
    if unreadable || !spend {
        return Ok(false);
    }
    if demonstration_code(context.mode, &attempt.email, &code) {
        return Ok(true);
    }
    match shown {
        Some(shown) => otp::spend(conn, &shown),
        None => Ok(false),
    }
}

fn send_link(conn: &mut DbConn, context: &Context, attempt: &Attempt, account: &str) -> Result<(), AppError> {
    let new = single_use::New {
        purpose: Purpose::SignIn,
        subject: account,
        client: &attempt.client,
        life: chrono::Duration::minutes(LINK_MINUTES),
    };
    let secret = single_use::issue(conn, &context.clock, context.now, &new)?;
    let failures = journal::count_since(conn, account, REFUSED, OPENED)?;
    let mail = json!({
        "modele": "connexion_lien",
        "a": attempt.email,
        "chemin": format!("{LINK_PAGE}#{secret}"),
        "minutes": LINK_MINUTES,
        "echecs": if failures >= SUSPECT { failures } else { 0 },
    });
    outbox::push(conn, &context.clock, context.now, outbox::MAIL, &mail)?;
    record(conn, context, "connexion.lien_envoye", account.to_owned(), &json!({ "adresse": context.address }))
}

fn record(
    conn: &mut DbConn,
    context: &Context,
    action: &'static str,
    account: String,
    values: &serde_json::Value,
) -> Result<(), AppError> {
    let entry = Entry { action, object: "compte", object_id: account, values: values.to_string() };
    let author = Author::public(context.request.clone());
    Ok(journal::append(conn, &context.clock, &author, context.now, vec![entry])?)
}

/// A link to open.
pub struct Redemption {
    /// Its secret.
    pub secret: String,
    /// What the browser that asked for it holds.
    pub client: String,
    /// Session that this browser has already, which ends.
    pub previous: Option<String>,
    /// Browser and system.
    pub device: String,
    /// The account that this browser has signed in from before.
    pub known: Option<String>,
}

/// A session just opened.
pub struct Opened {
    /// Its id, for the cookie.
    pub id: String,
    /// Whose.
    pub account: Account,
    /// The role it acts under.
    pub role: Role,
    /// Whether texts of that role are still to be accepted.
    pub owes_acceptance: bool,
    /// Whether it was opened with the code of a welcome kit, which will not open another one.
    pub welcomed: bool,
}

/// Opens the session of a link; `Err` with what is left to the address when the link opens nothing.
pub fn redeem(conn: &mut DbConn, context: &Context, link: &Redemption) -> Result<Result<Opened, Quota>, AppError> {
    let now = context.now;
    let quota = context.count(conn, throttle::LINK, context.per_address, &context.address)?;
    if quota.left.is_none() {
        return Ok(Err(quota));
    }
    let Some(subject) = single_use::consume(conn, now, Purpose::SignIn, &link.secret, &link.client)? else {
        return Ok(Err(quota));
    };
    // A deactivation between the code and the link stops here (RT-04).
    let (found, welcomed) = match queries::active(conn, &subject)? {
        Some(account) => (Some(account), false),
        None if welcome::activate(conn, context, &subject)? => (queries::active(conn, &subject)?, true),
        None => (None, false),
    };
    let Some(account) = found else { return Ok(Err(quota)) };
    let Some(role) = account.roles.first().copied() else { return Ok(Err(quota)) };
    if let Some(previous) = &link.previous {
        session::close(conn, previous)?;
    }
    let new = session::New { account: &account.id, role, device: &link.device, otp: now };
    let id = session::open(conn, &context.clock, &new, now)?;
    let author =
        Author { kind: "compte", id: account.id.clone(), role: role.as_str(), request: context.request.clone() };
    let values = json!({ "appareil": link.device, "adresse": context.address, "accueil": welcomed }).to_string();
    let entry = Entry { action: OPENED, object: "compte", object_id: account.id.clone(), values };
    journal::append(conn, &context.clock, &author, now, vec![entry])?;
    if link.known.as_ref() != Some(&account.id) {
        let mail = json!({ "modele": "nouvel_appareil", "a": account.email, "appareil": link.device });
        outbox::push(conn, &context.clock, now, outbox::MAIL, &mail)?;
    }
    let owes_acceptance = engagement::owes(conn, &account.id, role)?;
    Ok(Ok(Opened { id, account, role, owes_acceptance, welcomed }))
}
