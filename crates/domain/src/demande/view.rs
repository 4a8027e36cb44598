//! A demande as the wire gives it.

use serde::{Deserialize, Serialize};

use super::choix::choix;
use crate::rules::{Constat, Verdict};

/// A row of the tableau de gestion. Every column of [`crate::demande::Colonne`] is a field of the same name; an unset
/// value is the empty string. With `fields=` only the named ones are present.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandeVue {
    /// Identifier (UUIDv7).
    pub id: String,
    /// Version, as in the `ETag`; every change adds one.
    pub version: i64,
    /// Columns by name: text as shown, ISO dates, codes of choices, `oui`/`non`.
    #[serde(flatten)]
    pub colonnes: std::collections::BTreeMap<String, String>,
}

/// One demande with its constats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemandeDetail {
    /// The row.
    #[serde(flatten)]
    pub demande: DemandeVue,
    /// One constat per rule that says something, evaluated now.
    pub constats: Vec<Constat>,
    /// Overall verdict.
    pub verdict_global: Verdict,
    /// Decisions found in an import and kept as declared, by column.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub declare: std::collections::BTreeMap<String, String>,
    /// When the row was deleted (RFC 3339, UTC); absent when it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supprimee_le: Option<String>,
}

choix! {
    /// By what a change came.
    OrigineEntree {
        /// Somebody, on a screen.
        Ecran = "ecran",
        /// An import.
        Import = "import",
        /// A program, with its key.
        Client = "client",
        /// The public form.
        Formulaire = "formulaire",
        /// The platform itself.
        Plateforme = "plateforme",
    }
}

/// One change of a demande.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntreeHistorique {
    /// When (RFC 3339, UTC).
    pub date: String,
    /// What was done: `demande.creee`, `demande.modifiee`, `demande.supprimee`, `demande.restauree`, `demande.importee`,
    /// `demande.financement`, `demande.reevaluee` when the list of habilitated people changed, `demande.verifiee` when a proof from the
    /// outside changed the verdict.
    pub action: String,
    /// Who did it: the name of a person or of a program, or « public ».
    pub auteur: String,
    /// By what it came.
    pub origine: OrigineEntree,
    /// The import it came from, when the caller reaches it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_id: Option<String>,
    /// Role under which it was done, when somebody was signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Whether it undid something.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub annulation: bool,
    /// The reason that its author wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motif: Option<String>,
    /// The columns that changed.
    pub changements: Vec<Changement>,
}

/// One column before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Changement {
    /// Column.
    pub colonne: String,
    /// Value before; empty when there was none.
    pub avant: String,
    /// Value after; empty when there is none.
    pub apres: String,
}

/// Number of rows per stage and per verdict, for the counters above the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Compteurs {
    /// Rows in reach that match the filter.
    pub total: u64,
    /// Stage code → rows.
    pub etapes: std::collections::BTreeMap<String, u64>,
    /// Verdict code → rows.
    pub verdicts: std::collections::BTreeMap<String, u64>,
}

/// Schema of a row: its columns by name, each a text. Open, because the detail of a demande adds members to it.
#[cfg(feature = "openapi")]
mod schema {
    use std::borrow::Cow;

    use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, Type};
    use utoipa::openapi::{RefOr, Schema, SchemaFormat};
    use utoipa::{PartialSchema, ToSchema};

    use super::DemandeVue;
    use crate::demande::Colonne;
    use crate::demande::request::exemple;
    use crate::text::fr_demande as texte;

    const EXEMPLE: &str = "0198c0de-0000-7000-8000-000000000003";

    fn column(colonne: Colonne) -> Object {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(texte::description(colonne)))
            .examples([exemple(colonne)])
            .build()
    }

    impl PartialSchema for DemandeVue {
        fn schema() -> RefOr<Schema> {
            let uuid = SchemaFormat::Custom("uuid".to_owned());
            let id = ObjectBuilder::new()
                .schema_type(Type::String)
                .format(Some(uuid))
                .description(Some(texte::ID))
                .examples([EXEMPLE]);
            let version = ObjectBuilder::new()
                .schema_type(Type::Integer)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
                .minimum(Some(1))
                .examples([1])
                .description(Some(texte::VERSION));
            let row =
                ObjectBuilder::new().property("id", id).property("version", version).required("id").required("version");
            let columns = Colonne::ALL.iter().fold(row, |row, one| row.property(one.nom(), column(*one)));
            columns.description(Some(texte::LIGNE)).build().into()
        }
    }

    impl ToSchema for DemandeVue {
        fn name() -> Cow<'static, str> {
            Cow::Borrowed("DemandeVue")
        }
    }
}
