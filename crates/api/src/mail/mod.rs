//! Mails: from the outbox to an SMTP relay. One recipient per message, an identifier that does not change from one attempt
//! to the next, and attempts that grow rarer until the message is parked.

mod relay;
mod sender;

pub use relay::{Failure, Relay};
pub use sender::{Sender, deliver};
