//! Accessible building blocks, named after the components of the State design system whose CSS they use.

pub mod alert;
pub mod badge;
pub mod button;
pub mod choice;
pub mod combobox;
pub mod dialog;
pub mod dynamic;
pub mod failure;
pub mod field;
pub mod live;
pub mod page;
pub mod pagination;
pub mod plain;
pub mod select;
pub mod skeleton;
pub mod theme;

pub use alert::{Alert, Tone};
pub use badge::{Badge, VerdictBadge};
pub use button::{Button, ButtonKind};
pub use choice::{Checkbox, CheckboxGroup, RadioGroup};
pub use dialog::Dialog;
pub use failure::Failure;
pub use field::{TextArea, TextField, follow_value};
pub use live::{Announcer, use_announcer};
pub use page::PageTitle;
pub use select::Select;
pub use skeleton::Skeleton;
