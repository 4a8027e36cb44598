//! A virtual table: shows any number of rows with a few dozen in the page, fetched by cursors, usable by keyboard and
//! screen reader (ARIA grid pattern). Knows nothing of demandes: a page gives columns, rows and a loader.

pub mod clipboard;
mod editor;
pub mod edits;
mod help;
pub mod keys;
mod layout;
mod line;
pub mod model;
mod order;
mod outline;
pub mod pages;
mod pen;
pub mod range;
mod reading;
mod rows;
pub mod saving;
mod scrolling;
mod select;
mod shared;
mod sorted;
pub mod span;
pub mod store;
mod undoing;
pub mod view;
pub mod window;

pub use help::help;
pub use layout::{Density, Layout};
pub use model::{Cell, Column, Direction, Input, Marks, Row, Rows, Section, Tone};
pub use reading::incomplete;
pub use saving::{Edits, Kit};
pub use select::Pasted;
pub use store::{GridStore, Loader};
pub use view::{Grid, focus_in_place_later, focus_later};
