//! Loads the territories of `data/registry/` into the database, once, and reads them back; what needs no row, from there.

use diesel::prelude::*;
use domain::referentiel::EpciVue;

use crate::db::schema::{commune, departement, region};
use crate::db::{DbConn, DbError, bulk_insert};

const REGIONS: &str = include_str!("../../../../../data/registry/regions.csv");
const DEPARTEMENTS: &str = include_str!("../../../../../data/registry/departements.csv");
const COMMUNES: &str = include_str!("../../../../../data/registry/communes.csv");
const EPCI: &str = include_str!("../../../../../data/registry/epci.csv");

#[derive(Insertable, Queryable)]
#[diesel(table_name = region, treat_none_as_default_value = false)]
pub struct RegionRow {
    pub code: String,
    pub nom: String,
}

#[derive(Insertable, Queryable)]
#[diesel(table_name = departement, treat_none_as_default_value = false)]
pub struct DepartementRow {
    pub code: String,
    pub nom: String,
    pub region: String,
}

#[derive(Insertable, Queryable)]
#[diesel(table_name = commune, treat_none_as_default_value = false)]
pub struct CommuneRow {
    pub code_insee: String,
    pub nom: String,
    pub departement: String,
    pub siren: Option<String>,
    pub codes_postaux: String,
}

/// Loads the territories if they are not there yet.
pub fn load(conn: &mut DbConn) -> Result<(), DbError> {
    let known: i64 = region::table.count().get_result(conn)?;
    if known > 0 {
        return Ok(());
    }
    let regions = parse(REGIONS, |line| RegionRow { code: cell(line, 0), nom: cell(line, 1) })?;
    let departements =
        parse(DEPARTEMENTS, |line| DepartementRow { code: cell(line, 0), nom: cell(line, 1), region: cell(line, 2) })?;
    let communes = parse(COMMUNES, |line| CommuneRow {
        code_insee: cell(line, 0),
        nom: cell(line, 1),
        departement: cell(line, 2),
        siren: Some(cell(line, 5)).filter(|siren| !siren.is_empty()),
        codes_postaux: cell(line, 8),
    })?;
    conn.transaction(|conn| {
        bulk_insert!(conn, region::table, &regions);
        bulk_insert!(conn, departement::table, &departements);
        bulk_insert!(conn, commune::table, &communes);
        Ok(())
    })
}

fn cell(line: &csv::StringRecord, place: usize) -> String {
    line.get(place).unwrap_or("").to_owned()
}

fn parse<T>(text: &str, row: impl Fn(&csv::StringRecord) -> T) -> Result<Vec<T>, DbError> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|line| line.map(|line| row(&line)).map_err(|error| DbError::Unavailable(error.to_string())))
        .collect()
}

/// The groupings of communes, which no row of the database names: read from the file.
pub fn epci() -> Result<Vec<EpciVue>, DbError> {
    parse(EPCI, |line| EpciVue {
        siren: cell(line, 0),
        nom: cell(line, 1),
        type_structure: if line.get(2) == Some("CC") { "communaute_de_communes" } else { "epci" }.to_owned(),
    })
}

/// Regions, départements and communes, each by code.
pub type Rows = (Vec<RegionRow>, Vec<DepartementRow>, Vec<CommuneRow>);

/// Every territory.
pub fn all(conn: &mut DbConn) -> Result<Rows, DbError> {
    Ok((
        region::table.order(region::code).load(conn)?,
        departement::table.order(departement::code).load(conn)?,
        commune::table.order(commune::code_insee).load(conn)?,
    ))
}
