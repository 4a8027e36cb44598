//! Attempts counted in the database, before anything is verified, so that no number of servers or of parallel requests
//! gives more tries (RT-03). Windows of fixed length: a refusal ends by itself, whatever others do.

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::clock::Moment;
use crate::db::schema::frein;
use crate::db::{DbConn, DbError, on_backend};
use crate::http::limit::{ABNORMAL, Quota};
use crate::journal::hex;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Name, as the `RateLimit` fields give it.
    pub name: &'static str,
    /// Seconds of the window.
    pub window: u32,
}

/// Sign-ins asked for, by account and by kind of browser (known or not).
pub const ACCOUNT: Rule = Rule { name: "connexion-compte", window: 900 };
/// Sign-ins asked for, by address.
pub const ADDRESS: Rule = Rule { name: "connexion-adresse", window: 900 };
/// Registrations, by e-mail address; apart from the sign-ins, which strangers must not use up.
pub const ARRIVAL_ACCOUNT: Rule = Rule { name: "arrivee-compte", window: 900 };
/// Registrations, by address.
pub const ARRIVAL_ADDRESS: Rule = Rule { name: "arrivee-adresse", window: 900 };
/// Links opened, by address.
pub const LINK: Rule = Rule { name: "lien-adresse", window: 900 };

/// Secrets exchanged for access tokens, by client and key.
pub const TOKEN_CLIENT: Rule = Rule { name: "jeton-client", window: 900 };
/// Secrets exchanged for access tokens, by address.
pub const TOKEN_ADDRESS: Rule = Rule { name: "jeton-adresse", window: 900 };

/// Codes given again in an open session, by account.
pub const STEP_UP: Rule = Rule { name: "code-session", window: 900 };

/// Counts an attempt of `who` and says what is left; a [`Quota`] without room means: refuse.
pub fn count(conn: &mut DbConn, rule: Rule, quota: u32, who: &str, now: Moment) -> Result<Quota, DbError> {
    let seconds = now.and_utc().timestamp();
    let length = i64::from(rule.window);
    let window = seconds.div_euclid(length);
    let reset = u64::try_from((window + 1) * length - seconds).unwrap_or(1);
    let key = hex(&Sha256::new().chain_update(rule.name).chain_update([0]).chain_update(who).finalize());
    let expires = now + chrono::Duration::seconds(length);
    diesel::delete(frein::table.filter(frein::expire_le.le(now))).execute(conn)?;
    on_backend!(conn, |c| diesel::insert_into(frein::table)
        .values((frein::cle.eq(&key), frein::fenetre.eq(window), frein::nombre.eq(1_i64), frein::expire_le.eq(expires)))
        .on_conflict((frein::cle, frein::fenetre))
        .do_update()
        .set(frein::nombre.eq(frein::nombre + 1_i64))
        .execute(c))?;
    let used: i64 = frein::table.find((&key, window)).select(frein::nombre).first(conn)?;
    let used = u32::try_from(used).unwrap_or(u32::MAX);
    let abnormal = used > quota.saturating_mul(ABNORMAL);
    Ok(Quota { policy: rule.name, quota, window: rule.window, left: quota.checked_sub(used), reset, abnormal })
}
