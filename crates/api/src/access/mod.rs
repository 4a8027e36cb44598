//! Who is calling and what they may reach. A handler gets the application only through [`Actor`], whose right is part
//! of its type, or through the explicit [`Public`] and [`SignedIn`]: an operation without authorisation does not compile.

mod actor;
pub mod device;
mod fresh;
mod identity;
pub mod jwt;
pub mod program;
pub mod refusals;
pub mod session;
pub mod stamp;
pub mod token;

pub use actor::{Actor, Public, Right, SignedIn, rights};
pub use fresh::{Programs, fresh};
pub use identity::{Identity, Perimeter};
