//! A virtual table: shows any number of rows with a few dozen in the page, fetched by cursors, usable by keyboard and
//! screen reader (ARIA grid pattern). Knows nothing of demandes: a page gives columns, rows and a loader.

pub mod keys;
pub mod model;
pub mod pages;
mod shared;
pub mod store;
pub mod view;
pub mod window;

pub use model::{Cell, Column, Direction, Marks, Row, Rows, Tone};
pub use store::{GridStore, Loader};
pub use view::{Grid, focus};
