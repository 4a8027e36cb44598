//! The templates, as those who proofread them see them.

use serde::{Deserialize, Serialize};

use super::{Destinataire, Evenement};

/// One recipient of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnvoiVue {
    /// What happened.
    pub evenement: Evenement,
    /// Who is told.
    pub destinataire: Destinataire,
}

/// A template, and to whom it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModeleResume {
    /// Code.
    pub code: String,
    /// Subject, with example values.
    pub objet: String,
    /// The rows of the table that use it; none for the mails of accounts.
    pub envois: Vec<EnvoiVue>,
    /// Whether it is a reminder, which may be stopped.
    pub rappel: bool,
}

/// Every template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModelesVue {
    /// Those of events first, in the order of the table.
    pub items: Vec<ModeleResume>,
}

/// A mail as it leaves, with example values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModeleApercu {
    /// Code.
    pub code: String,
    /// Subject.
    pub objet: String,
    /// Text.
    pub texte: String,
    /// The same as HTML.
    pub html: String,
}
