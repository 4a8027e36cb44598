//! The bodies of Grist's API.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// Fields of a record by identifier of column, none twice.
#[derive(Debug, Default)]
pub struct Fields(pub Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Fields;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Fields, A::Error> {
                let mut fields: Vec<(String, Value)> = Vec::new();
                while let Some((name, value)) = members.next_entry::<String, Value>()? {
                    if fields.iter().any(|(known, _)| *known == name) {
                        return Err(A::Error::custom(format_args!("duplicate field `{name}`")));
                    }
                    fields.push((name, value));
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// A row.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GristEnregistrement)]
pub struct Record {
    id: i64,
    fields: Map<String, Value>,
}

/// Rows.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GristEnregistrements)]
pub struct Records {
    records: Vec<Record>,
}

/// A record to add.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GristNouveau)]
pub struct NewRecord {
    /// Its fields.
    #[schema(value_type = Map<String, Value>)]
    pub fields: Fields,
}

/// Records to add.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GristNouveaux)]
pub struct NewRecords {
    /// Each of them.
    #[schema(max_items = 1000)]
    pub records: Vec<NewRecord>,
}

/// A record to change.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GristChange)]
pub struct ChangedRecord {
    /// Its row.
    pub id: i64,
    /// The fields that change.
    #[schema(value_type = Map<String, Value>)]
    pub fields: Fields,
}

/// Records to change.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GristChanges)]
pub struct ChangedRecords {
    /// Each of them.
    #[schema(max_items = 1000)]
    pub records: Vec<ChangedRecord>,
}

/// A record to change where it is found, to add where it is not.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GristCle)]
pub struct KeyedRecord {
    /// What it is found by.
    #[schema(value_type = Map<String, Value>)]
    pub require: Fields,
    /// What is written.
    #[serde(default)]
    #[schema(value_type = Map<String, Value>)]
    pub fields: Fields,
}

/// Records to add or change.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GristCles)]
pub struct KeyedRecords {
    /// Each of them.
    #[schema(max_items = 1000)]
    pub records: Vec<KeyedRecord>,
}

/// The row of an added record.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GristAjoute)]
pub struct Added {
    id: i64,
}

/// The rows of added records, in the order in which they were sent.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GristAjoutes)]
pub struct AddedRecords {
    records: Vec<Added>,
}

impl AddedRecords {
    /// The answer for these rows.
    pub fn new(ranks: Vec<i64>) -> Self {
        Self { records: ranks.into_iter().map(|id| Added { id }).collect() }
    }
}

/// A table.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GristTable)]
pub struct Table {
    id: &'static str,
    fields: TableFields,
}

/// What is known of a table.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GristTableChamps)]
pub struct TableFields {
    table_ref: u32,
    on_demand: bool,
}

/// The tables of a document.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GristTables)]
pub struct Tables {
    tables: Vec<Table>,
}

impl Tables {
    /// The one table.
    pub fn one(id: &'static str) -> Self {
        Self { tables: vec![Table { id, fields: TableFields { table_ref: 1, on_demand: false } }] }
    }
}

/// A column.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GristColonne)]
pub struct Column {
    /// Identifier.
    pub id: &'static str,
    /// What is known of it.
    pub fields: ColumnFields,
}

/// What is known of a column.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GristColonneChamps)]
pub struct ColumnFields {
    /// Label.
    pub label: &'static str,
    /// Type, in Grist's words.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Whether it is computed: it is not written.
    pub is_formula: bool,
    /// The choices, as JSON in a text.
    pub widget_options: String,
}

/// The columns of a table.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GristColonnes)]
pub struct Columns {
    /// Each of them, in order.
    pub columns: Vec<Column>,
}
