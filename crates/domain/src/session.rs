//! Signing in with an e-mail, a code and a mailed link, and who is signed in, as the wire carries them.

use serde::{Deserialize, Serialize};

use crate::permission::Role;

/// Longest address that is read.
pub const EMAIL_MAX: usize = 254;
/// Longest code that is read: six digits, and the spaces people put between them.
pub const CODE_MAX: usize = 16;
/// Longest secret of a link that is read.
pub const JETON_MAX: usize = 128;

/// Asks for a sign-in link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DemandeConnexion {
    /// E-mail address of the account.
    #[cfg_attr(feature = "openapi", schema(max_length = 254, example = "recipiendaire@demo.example"))]
    pub email: String,
    /// Six-digit code, from the app or the card.
    #[cfg_attr(feature = "openapi", schema(max_length = 16, example = "123456"))]
    pub code: String,
    /// The code shown just after, to find the clock of a card that has drifted; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 16, example = "654321"))]
    pub code_suivant: Option<String>,
}

/// What is answered to whoever asks for a sign-in link, whatever the address and the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnexionDemandee {
    /// How long the link is good, in seconds, if the address and the code are right.
    pub duree_lien: i64,
}

/// Opens a browser session with the secret of the mailed link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OuvertureSession {
    /// Secret of the link.
    #[cfg_attr(feature = "openapi", schema(max_length = 128, example = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"))]
    pub jeton: String,
}

/// Begins a first access with the secret of its link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PremierAcces {
    /// Secret of the link.
    #[cfg_attr(feature = "openapi", schema(max_length = 128, example = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"))]
    pub jeton: String,
}

/// What an application needs to show codes. Shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApplicationOtp {
    /// E-mail address of the account.
    pub email: String,
    /// Secret to type into the application, in base 32.
    pub secret: String,
    /// The same as an `otpauth:` address.
    pub adresse: String,
    /// The same as a QR code, an SVG image.
    pub qr: String,
}

/// Ends a first access: the code that the application shows proves that it was set right.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmationAcces {
    /// Secret of the link.
    #[cfg_attr(feature = "openapi", schema(max_length = 128, example = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"))]
    pub jeton: String,
    /// Six-digit code of the application.
    #[cfg_attr(feature = "openapi", schema(max_length = 16, example = "123456"))]
    pub code: String,
}

/// A one-time code given again, in a session that is open already.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeSaisi {
    /// Six-digit code, from the app or the card.
    #[cfg_attr(feature = "openapi", schema(max_length = 16, example = "123456"))]
    pub code: String,
}

/// Chooses another of one's roles.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChoixRole {
    /// The role to act under from now on.
    pub role: Role,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionVue {
    /// Name shown on the page.
    pub nom: String,
    /// E-mail address of the account.
    pub email: String,
    /// Active role.
    pub role: Role,
    /// Every role of the account, the active one included.
    pub roles: Vec<Role>,
    /// Whether the terms or the charter of the active role are still to be accepted.
    #[serde(default)]
    pub engagement_requis: bool,
    /// Whether the session was just opened with the code of a welcome kit: a means of codes is to be added now, for the
    /// next sign-in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub moyen_requis: bool,
}

/// One of one's own open sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionOuverte {
    /// Identifier, to close it: it opens nothing.
    pub id: String,
    /// Browser and system: « Firefox, Linux ».
    pub appareil: String,
    /// Role under which it acts.
    pub role: Role,
    /// When it was opened (RFC 3339).
    pub ouverte_le: String,
    /// When it last served, to the minute (RFC 3339).
    pub vue_le: String,
    /// When it ends at the latest (RFC 3339).
    pub expire_le: String,
    /// Whether it is the one that asks.
    pub actuelle: bool,
}

/// One's own open sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionsOuvertes {
    /// The last opened first.
    pub items: Vec<SessionOuverte>,
}

/// An account of a demonstration instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompteDemonstration {
    /// Name.
    pub nom: String,
    /// E-mail address.
    pub email: String,
    /// Its role, or the first of its roles.
    pub role: Role,
}

/// A mail that a demonstration instance has queued: it shows them instead of having a mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourrielVue {
    /// Identifier.
    pub id: String,
    /// When it was queued (RFC 3339).
    pub cree_le: String,
    /// Address it goes to.
    pub a: String,
    /// Code of its text.
    pub modele: String,
    /// Subject.
    pub objet: String,
    /// Text, its link left out.
    pub texte: String,
    /// Where its link leads, on this instance; absent when it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chemin: Option<String>,
    /// Where the link that wants no more of these mails leads; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arret: Option<String>,
}

/// The last mails that a demonstration instance has queued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourrielsVue {
    /// The last one first.
    pub items: Vec<CourrielVue>,
}

/// What kind of instance answers (product §5), so that the page can say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstanceVue {
    /// `production`, `demonstration` or `bac-a-sable`.
    pub mode: String,
    /// Accounts one may sign in with, on a demonstration instance only.
    pub comptes_demonstration: Vec<CompteDemonstration>,
}

/// An envelope in reach of the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnveloppeVue {
    /// Identifier.
    pub id: String,
    /// Label: « Ain 2026 ».
    pub libelle: String,
    /// Code of the département.
    pub departement: String,
    /// Year.
    pub annee: i64,
    /// Name of the récipiendaire.
    pub recipiendaire: String,
    /// Whether it takes new demandes.
    pub ouverte: bool,
}
