//! Rows of the list of habilitated people.

use diesel::prelude::*;
use domain::habilite::Habilite;
use domain::values::plier;

use crate::access::Perimeter;
use crate::db::schema::{enveloppe, habilite, habilite_liste};
use crate::db::{DbConn, DbError, bulk_insert};

/// Somebody of the list.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = habilite, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "the migration documents the columns")]
pub struct HabiliteRow {
    pub id: String,
    pub departement: String,
    pub nom: String,
    pub prenom: String,
    pub cle: String,
    pub email: String,
    pub profession: String,
    pub mandats: i64,
    pub demarches: i64,
    pub structure_nom: String,
    pub structure_type: String,
    pub adresse: String,
    pub code_postal: String,
    pub ville: String,
    pub siret: String,
    pub referent_nom: String,
    pub referent_prenom: String,
    pub referent_profession: String,
    pub referent_email: String,
    pub recherche: String,
}

impl HabiliteRow {
    /// The row of somebody.
    pub fn new(id: String, un: Habilite) -> Self {
        let mots = [&un.nom, &un.prenom, &un.email, &un.structure_nom, &un.ville, &un.siret, &un.referent_nom];
        let recherche = plier(&mots.map(String::as_str).join(" "));
        Self {
            id,
            cle: Habilite::cle(&un.nom, &un.prenom),
            recherche,
            departement: un.departement,
            nom: un.nom,
            prenom: un.prenom,
            email: un.email,
            profession: un.profession,
            mandats: un.mandats,
            demarches: un.demarches,
            structure_nom: un.structure_nom,
            structure_type: un.structure_type,
            adresse: un.adresse,
            code_postal: un.code_postal,
            ville: un.ville,
            siret: un.siret,
            referent_nom: un.referent_nom,
            referent_prenom: un.referent_prenom,
            referent_profession: un.referent_profession,
            referent_email: un.referent_email,
        }
    }

    /// Somebody, as the wire carries them.
    pub fn view(self) -> Habilite {
        Habilite {
            id: self.id,
            departement: self.departement,
            nom: self.nom,
            prenom: self.prenom,
            email: self.email,
            profession: self.profession,
            mandats: self.mandats,
            demarches: self.demarches,
            structure_nom: self.structure_nom,
            structure_type: self.structure_type,
            adresse: self.adresse,
            code_postal: self.code_postal,
            ville: self.ville,
            siret: self.siret,
            referent_nom: self.referent_nom,
            referent_prenom: self.referent_prenom,
            referent_profession: self.referent_profession,
            referent_email: self.referent_email,
        }
    }
}

/// Which people.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Those of these départements; of all, when there is none.
    pub departments: Option<Vec<String>>,
    /// Those who have all these words.
    pub words: String,
    /// Those who come after this key and this id.
    pub after: Option<(String, String)>,
    /// Most of them.
    pub limit: i64,
}

/// The départements within reach; none when all are.
pub fn departments(conn: &mut DbConn, perimeter: &Perimeter) -> Result<Option<Vec<String>>, DbError> {
    let Perimeter::Envelopes(own) = perimeter else { return Ok(None) };
    let of_own = enveloppe::table.filter(enveloppe::id.eq_any(own));
    Ok(Some(of_own.select(enveloppe::departement).distinct().load(conn)?))
}

/// A page of the list, by name.
pub fn page(conn: &mut DbConn, search: &Search) -> Result<Vec<HabiliteRow>, DbError> {
    let mut query = habilite::table.select(HabiliteRow::as_select()).into_boxed();
    if let Some(departments) = &search.departments {
        query = query.filter(habilite::departement.eq_any(departments.clone()));
    }
    for word in plier(&search.words).split(' ').filter(|word| !word.is_empty()) {
        let literal = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query = query.filter(habilite::recherche.like(format!("%{literal}%")).escape('\\'));
    }
    if let Some((key, id)) = &search.after {
        let later = habilite::cle.eq(key.clone()).and(habilite::id.gt(id.clone()));
        query = query.filter(habilite::cle.gt(key.clone()).or(later));
    }
    Ok(query.order((habilite::cle, habilite::id)).limit(search.limit).load(conn)?)
}

/// Replaces the whole list of these départements, given on this day; answers how many people it held.
pub fn replace(conn: &mut DbConn, departments: &[String], day: &str, rows: &[HabiliteRow]) -> Result<usize, DbError> {
    let gone = diesel::delete(habilite::table.filter(habilite::departement.eq_any(departments))).execute(conn)?;
    diesel::delete(habilite_liste::table.filter(habilite_liste::departement.eq_any(departments))).execute(conn)?;
    bulk_insert!(conn, habilite::table, rows);
    for department in departments {
        let given = (habilite_liste::departement.eq(department), habilite_liste::du.eq(day));
        diesel::insert_into(habilite_liste::table).values(given).execute(conn)?;
    }
    Ok(gone)
}

/// The day on which the list of each département was given.
pub fn lists(conn: &mut DbConn) -> Result<Vec<(String, String)>, DbError> {
    Ok(habilite_liste::table.select((habilite_liste::departement, habilite_liste::du)).load(conn)?)
}

/// Those of the list who have one of these addresses or one of these folded names.
pub fn alike(conn: &mut DbConn, emails: &[&str], keys: &[String]) -> Result<Vec<HabiliteRow>, DbError> {
    let alike = habilite::email.eq_any(emails).and(habilite::email.ne("")).or(habilite::cle.eq_any(keys));
    Ok(habilite::table.filter(alike).select(HabiliteRow::as_select()).load(conn)?)
}
