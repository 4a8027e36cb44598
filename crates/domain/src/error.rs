//! Refusals as the wire carries them: RFC 9457 problems with a stable code and a French sentence that says what to do.

use serde::{Deserialize, Serialize};

/// One refused field: where it stands, a stable code, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON Pointer to the value in the request (`/professionnels/0/email`), or the name of a query parameter.
    pub champ: String,
    /// Stable code, in `snake_case`, for programs.
    pub code: String,
    /// French sentence that says what to do, for people.
    pub message: String,
}

impl FieldError {
    /// Builds a refusal of the value at `champ`.
    pub fn new(champ: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { champ: champ.into(), code: code.into(), message: message.into() }
    }
}

/// Every kind of problem the API answers with. The wire form is `kebab-case`; each has a page at `/problemes/<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// The body is not JSON, or does not have the expected form.
    JsonInvalide,
    /// A value was refused; `errors` says which and why.
    ChampsInvalides,
    /// A query parameter was refused.
    ParametreInvalide,
    /// The body is larger than the stated limit.
    CorpsTropGrand,
    /// The media type is not one of those accepted here.
    TypeNonAccepte,
    /// The text is not in the declared or a known character encoding.
    EncodageInvalide,
    /// Nobody is signed in, or the token is unknown, expired or revoked.
    NonAuthentifie,
    /// The signed-in person or the token may not do this.
    NonAutorise,
    /// The terms or the charter of the role are not accepted yet.
    EngagementRequis,
    /// This act asks for a one-time code given lately: give one, then send the same request again.
    CodeRequis,
    /// There is no such thing, or it is not within reach of the caller.
    Introuvable,
    /// The path exists, the method does not.
    MethodeNonPermise,
    /// `Idempotency-Key` is missing.
    CleIdempotenceManquante,
    /// The same `Idempotency-Key` came with another body.
    CleIdempotenceReutilisee,
    /// The first request with this `Idempotency-Key` is still being processed.
    CleIdempotenceEnCours,
    /// `If-Match` is missing on a write.
    VersionManquante,
    /// The object has changed since it was read.
    VersionPerimee,
    /// The object is not in a state that allows this.
    ConflitEtat,
    /// The same thing already exists.
    DejaExistant,
    /// The cursor was altered or belongs to another list.
    CurseurInvalide,
    /// The file cannot be read; the detail says where and why.
    FichierIllisible,
    /// Too many requests; `Retry-After` says when to try again.
    TropDeRequetes,
    /// The service is briefly unable to answer; `Retry-After` says when to try again.
    Indisponible,
    /// What came is not an HTTP request.
    RequeteIllisible,
    /// The request took too long to come.
    RequeteTropLente,
    /// The address, its query included, is too long.
    AdresseTropLongue,
    /// The headers are too many or too long.
    EnTetesTropLongs,
    /// Something unforeseen; the cause is in the log under the request's id.
    ErreurInterne,
}

impl ErrorCode {
    /// Every code, for catalogues and tests.
    pub const ALL: [Self; 28] = [
        Self::JsonInvalide,
        Self::ChampsInvalides,
        Self::ParametreInvalide,
        Self::CorpsTropGrand,
        Self::TypeNonAccepte,
        Self::EncodageInvalide,
        Self::NonAuthentifie,
        Self::NonAutorise,
        Self::EngagementRequis,
        Self::CodeRequis,
        Self::Introuvable,
        Self::MethodeNonPermise,
        Self::CleIdempotenceManquante,
        Self::CleIdempotenceReutilisee,
        Self::CleIdempotenceEnCours,
        Self::VersionManquante,
        Self::VersionPerimee,
        Self::ConflitEtat,
        Self::DejaExistant,
        Self::CurseurInvalide,
        Self::FichierIllisible,
        Self::TropDeRequetes,
        Self::Indisponible,
        Self::RequeteIllisible,
        Self::RequeteTropLente,
        Self::AdresseTropLongue,
        Self::EnTetesTropLongs,
        Self::ErreurInterne,
    ];

    /// The code as it stands on the wire and at the end of the problem's `type`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::JsonInvalide => "json-invalide",
            Self::ChampsInvalides => "champs-invalides",
            Self::ParametreInvalide => "parametre-invalide",
            Self::CorpsTropGrand => "corps-trop-grand",
            Self::TypeNonAccepte => "type-non-accepte",
            Self::EncodageInvalide => "encodage-invalide",
            Self::NonAuthentifie => "non-authentifie",
            Self::NonAutorise => "non-autorise",
            Self::EngagementRequis => "engagement-requis",
            Self::CodeRequis => "code-requis",
            Self::Introuvable => "introuvable",
            Self::MethodeNonPermise => "methode-non-permise",
            Self::CleIdempotenceManquante => "cle-idempotence-manquante",
            Self::CleIdempotenceReutilisee => "cle-idempotence-reutilisee",
            Self::CleIdempotenceEnCours => "cle-idempotence-en-cours",
            Self::VersionManquante => "version-manquante",
            Self::VersionPerimee => "version-perimee",
            Self::ConflitEtat => "conflit-etat",
            Self::DejaExistant => "deja-existant",
            Self::CurseurInvalide => "curseur-invalide",
            Self::FichierIllisible => "fichier-illisible",
            Self::TropDeRequetes => "trop-de-requetes",
            Self::Indisponible => "indisponible",
            Self::RequeteIllisible => "requete-illisible",
            Self::RequeteTropLente => "requete-trop-lente",
            Self::AdresseTropLongue => "adresse-trop-longue",
            Self::EnTetesTropLongs => "en-tetes-trop-longs",
            Self::ErreurInterne => "erreur-interne",
        }
    }

    /// The HTTP status this problem is answered with (quality anchors API-02).
    pub const fn status(self) -> u16 {
        match self {
            Self::JsonInvalide | Self::ParametreInvalide | Self::EncodageInvalide => 400,
            Self::CleIdempotenceManquante | Self::CurseurInvalide | Self::RequeteIllisible => 400,
            Self::NonAuthentifie => 401,
            Self::NonAutorise | Self::EngagementRequis | Self::CodeRequis => 403,
            Self::Introuvable => 404,
            Self::MethodeNonPermise => 405,
            Self::RequeteTropLente => 408,
            Self::ConflitEtat | Self::DejaExistant | Self::CleIdempotenceEnCours => 409,
            Self::VersionPerimee => 412,
            Self::CorpsTropGrand => 413,
            Self::AdresseTropLongue => 414,
            Self::TypeNonAccepte => 415,
            Self::ChampsInvalides | Self::CleIdempotenceReutilisee | Self::FichierIllisible => 422,
            Self::VersionManquante => 428,
            Self::TropDeRequetes => 429,
            Self::EnTetesTropLongs => 431,
            Self::ErreurInterne => 500,
            Self::Indisponible => 503,
        }
    }

    /// The `type` of the problem: the registered one for limits (draft-ietf-httpapi-ratelimit-headers-10), which programs know
    /// already; for the others the address of the page that explains them.
    pub fn kind(self) -> String {
        match self {
            Self::TropDeRequetes => "https://iana.org/assignments/http-problem-types#quota-exceeded".to_owned(),
            Self::Indisponible => {
                "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity".to_owned()
            }
            other => format!("/problemes/{}", other.as_str()),
        }
    }

    /// The code that stands on the wire as `text`, if any.
    pub fn from_wire(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }
}

/// An RFC 9457 problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The kind of problem ([`ErrorCode::kind`]).
    #[serde(rename = "type")]
    pub kind: String,
    /// Short French title of the kind of problem.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code for programs; `/problemes/<code>` is the page that explains it.
    pub code: String,
    /// What happened this time and what to do, in French.
    pub detail: String,
    /// Correlation id of the request, to quote when asking for help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// The refused fields, when the problem is about fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The quotas that are used up, by the names that `RateLimit-Policy` gives them.
    #[serde(rename = "violated-policies", default, skip_serializing_if = "Vec::is_empty")]
    pub violated_policies: Vec<String>,
}

impl Problem {
    /// A problem of this kind with its standard sentence.
    pub fn new(code: ErrorCode) -> Self {
        Self::with_detail(code, crate::text::fr::problem_detail(code))
    }

    /// A problem of this kind with a sentence for this very case.
    pub fn with_detail(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self {
            kind: code.kind(),
            title: crate::text::fr::problem_title(code).to_owned(),
            status: code.status(),
            code: code.as_str().to_owned(),
            detail: detail.into(),
            instance: None,
            errors: Vec::new(),
            violated_policies: Vec::new(),
        }
    }

    /// The refusal of a caller that goes on well past its quota: the same code, under the registered type for it, since waiting is
    /// not all there is to do (draft-ietf-httpapi-ratelimit-headers-10).
    #[must_use]
    pub fn abnormal_usage(self) -> Self {
        let kind = "https://iana.org/assignments/http-problem-types#abnormal-usage-detected".to_owned();
        Self { kind, detail: crate::text::fr::ABNORMAL_USAGE.to_owned(), ..self }
    }

    /// The problem of refused fields.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Self::new(ErrorCode::ChampsInvalides) }
    }
}
