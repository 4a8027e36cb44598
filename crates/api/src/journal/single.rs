//! One entry, its values and the new end of the chain, in one statement of PostgreSQL.

use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Text, Timestamp};
use diesel::{QueryResult, RunQueryDsl};

use super::rows::{DataRow, EntryRow};

/// The entry to add, sealed.
pub struct SingleEntry<'a> {
    /// Its row.
    pub entry: &'a EntryRow,
    /// The values beside it.
    pub data: &'a DataRow,
}

impl QueryId for SingleEntry<'_> {
    type QueryId = SingleEntry<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<Conn> RunQueryDsl<Conn> for SingleEntry<'_> {}

impl QueryFragment<Pg> for SingleEntry<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let entry = self.entry;
        out.push_sql(
            "WITH entree AS (INSERT INTO journal (acteur_genre, acteur_id, role, action, objet, objet_id, requete, \
             donnees_empreinte, precedente, empreinte, numero, date) VALUES (",
        );
        let texts = [
            &entry.acteur_genre,
            &entry.acteur_id,
            &entry.role,
            &entry.action,
            &entry.objet,
            &entry.objet_id,
            &entry.requete,
            &entry.donnees_empreinte,
            &entry.precedente,
            &entry.empreinte,
        ];
        for text in texts {
            out.push_bind_param::<Text, _>(text)?;
            out.push_sql(", ");
        }
        out.push_bind_param::<BigInt, _>(&entry.numero)?;
        out.push_sql(", ");
        out.push_bind_param::<Timestamp, _>(&entry.date)?;
        out.push_sql(")), donnees AS (INSERT INTO journal_donnees (numero, sel, valeurs) VALUES (");
        out.push_bind_param::<BigInt, _>(&self.data.numero)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(&self.data.sel)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(&self.data.valeurs)?;
        out.push_sql(")) UPDATE journal_tete SET numero = ");
        out.push_bind_param::<BigInt, _>(&entry.numero)?;
        out.push_sql(", empreinte = ");
        out.push_bind_param::<Text, _>(&entry.empreinte)
    }
}
