//! Reads of the batches, of their work lists and of the queue of accesses.

use std::collections::HashMap;

use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use domain::lot_eligibilite::{AccesBacASable, Complement, DecisionLot, EtatAcces, LotVue};
use domain::values::texte::plier;
use serde::{Deserialize, Serialize};

use crate::clock::{Moment, rfc3339};
use crate::db::schema::{acces_bac_a_sable, client_api, compte, demande, lot_demande, lot_eligibilite, structure};
use crate::db::{DbConn, DbError};

/// A batch.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = lot_eligibilite, treat_none_as_default_value = false)]
pub struct BatchRow {
    pub id: String,
    pub numero: i64,
    pub prevu_le: String,
    pub a_la_main: bool,
    pub ouvert_le: Moment,
    pub clos_le: Option<Moment>,
}

/// A demande of a batch.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = lot_demande)]
pub struct MemberRow {
    pub demande_id: String,
    pub rang: i64,
    pub decision: String,
    pub complement: String,
    pub motif: String,
    pub auteur_id: String,
    pub decide_le: Option<Moment>,
}

/// The last day for which a batch was opened.
pub fn last_due(conn: &mut DbConn) -> Result<Option<String>, DbError> {
    let last: Option<String> = lot_eligibilite::table.select(max(lot_eligibilite::prevu_le)).first(conn)?;
    Ok(last.map(|due| day_of(&due).to_owned()))
}

/// The day of what a batch was due for: one opened by hand has its moment.
fn day_of(due: &str) -> &str {
    due.get(..10).unwrap_or(due)
}

/// The last number given to a batch; 0 when there is none.
pub fn last_number(conn: &mut DbConn) -> Result<i64, DbError> {
    let last: Option<i64> = lot_eligibilite::table.select(max(lot_eligibilite::numero)).first(conn)?;
    Ok(last.unwrap_or(0))
}

/// One batch.
pub fn find(conn: &mut DbConn, id: &str) -> Result<Option<BatchRow>, DbError> {
    Ok(lot_eligibilite::table.find(id).select(BatchRow::as_select()).first(conn).optional()?)
}

/// The batches before this number, the last one first.
pub fn page(conn: &mut DbConn, before: Option<i64>, limit: i64) -> Result<Vec<BatchRow>, DbError> {
    Ok(lot_eligibilite::table
        .filter(lot_eligibilite::numero.lt(before.unwrap_or(i64::MAX)))
        .order(lot_eligibilite::numero.desc())
        .limit(limit)
        .select(BatchRow::as_select())
        .load(conn)?)
}

/// These batches with their counters.
pub fn views(conn: &mut DbConn, rows: Vec<BatchRow>) -> Result<Vec<LotVue>, DbError> {
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let counted: Vec<(String, String, String, i64)> = lot_demande::table
        .filter(lot_demande::lot_id.eq_any(ids))
        .group_by((lot_demande::lot_id, lot_demande::decision, lot_demande::complement))
        .select((lot_demande::lot_id, lot_demande::decision, lot_demande::complement, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().map(|row| view(row, &counted)).collect())
}

fn view(row: BatchRow, counted: &[(String, String, String, i64)]) -> LotVue {
    let sum = |decision: Option<DecisionLot>, state: Option<Complement>| -> i64 {
        let mine = counted.iter().filter(|(lot, _, _, _)| *lot == row.id);
        let mine = mine.filter(|(_, known, _, _)| decision.is_none_or(|wanted| wanted.as_str() == known));
        mine.filter(|(_, _, known, _)| state.is_none_or(|wanted| wanted.as_str() == known)).map(|one| one.3).sum()
    };
    let open = Some(DecisionLot::ADecider);
    LotVue {
        demandes: sum(None, None),
        a_decider: sum(open, None),
        validees: sum(Some(DecisionLot::Validee), None),
        refusees: sum(Some(DecisionLot::Refusee), None),
        reportees: sum(Some(DecisionLot::Reportee), None),
        en_complement: sum(open, Some(Complement::Demande)),
        reponses: sum(open, Some(Complement::Recu)),
        id: row.id,
        numero: row.numero,
        prevu_le: day_of(&row.prevu_le).to_owned(),
        ouvert_le: rfc3339(row.ouvert_le),
        clos_le: row.clos_le.map(rfc3339),
        a_la_main: row.a_la_main,
    }
}

/// Which demandes of a batch.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// With this decision; any when empty.
    pub decision: String,
    /// With this state of the information asked for; any when empty.
    pub complement: String,
    /// With this verdict; any when empty.
    pub verdict: String,
    /// Of this département; any when empty.
    pub departement: String,
    /// Those that have all these words.
    pub words: String,
    /// After this rank.
    pub after: Option<i64>,
    /// Most of them.
    pub limit: i64,
}

/// The demandes of a batch, by rank: its work list.
pub fn members(conn: &mut DbConn, lot: &str, search: &Search) -> Result<Vec<MemberRow>, DbError> {
    let mut query = lot_demande::table
        .inner_join(demande::table.on(demande::id.eq(lot_demande::demande_id)))
        .filter(lot_demande::lot_id.eq(lot.to_owned()))
        .filter(lot_demande::rang.gt(search.after.unwrap_or(0)))
        .select(MemberRow::as_select())
        .into_boxed();
    if !search.decision.is_empty() {
        query = query.filter(lot_demande::decision.eq(search.decision.clone()));
    }
    if !search.complement.is_empty() {
        query = query.filter(lot_demande::complement.eq(search.complement.clone()));
    }
    if !search.verdict.is_empty() {
        query = query.filter(demande::verdict.eq(search.verdict.clone()));
    }
    if !search.departement.is_empty() {
        query = query.filter(demande::departement.eq(search.departement.clone()));
    }
    for word in plier(&search.words).split(' ').filter(|word| !word.is_empty()) {
        let literal = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let like = format!("%{literal}%");
        let person =
            demande::nom_tri.like(like.clone()).escape('\\').or(demande::prenom_tri.like(like.clone()).escape('\\'));
        let place = demande::structure_nom_tri
            .like(like.clone())
            .escape('\\')
            .or(demande::ville_tri.like(like.clone()).escape('\\'));
        let codes = demande::email.like(like.clone()).escape('\\').or(demande::siret.like(like).escape('\\'));
        query = query.filter(person.or(place).or(codes));
    }
    Ok(query.order(lot_demande::rang).limit(search.limit).load(conn)?)
}

/// Those of these demandes that a batch took.
pub fn among(conn: &mut DbConn, lot: &str, ids: &[String]) -> Result<Vec<String>, DbError> {
    let mine = lot_demande::table.filter(lot_demande::lot_id.eq(lot).and(lot_demande::demande_id.eq_any(ids)));
    Ok(mine.select(lot_demande::demande_id).load(conn)?)
}

/// Names of accounts and of API clients, by id.
pub fn names(conn: &mut DbConn, ids: &[&str]) -> Result<HashMap<String, String>, DbError> {
    let known = compte::table.filter(compte::id.eq_any(ids)).select((compte::id, compte::nom));
    let mut names: HashMap<String, String> = known.load::<(String, String)>(conn)?.into_iter().collect();
    let clients = client_api::table.filter(client_api::id.eq_any(ids)).select((client_api::id, client_api::nom));
    names.extend(clients.load::<(String, String)>(conn)?);
    Ok(names)
}

/// Where a page of accesses begins: after this one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccessPosition {
    /// When it was asked for, RFC 3339.
    pub demande_le: Moment,
    /// The demande.
    pub demande_id: String,
}

type AccessRow = ((String, String, Moment, Moment), (String, String, String), (String, Option<String>));

/// The accesses in this state, in the order in which they were asked for.
pub fn accesses(
    conn: &mut DbConn,
    state: EtatAcces,
    after: Option<AccessPosition>,
    limit: i64,
) -> Result<Vec<(AccessPosition, AccesBacASable)>, DbError> {
    let mut query = acces_bac_a_sable::table
        .inner_join(demande::table.on(demande::id.eq(acces_bac_a_sable::demande_id)))
        .inner_join(structure::table.on(structure::id.eq(acces_bac_a_sable::structure_id)))
        .filter(acces_bac_a_sable::etat.eq(state.as_str()))
        .into_boxed();
    if let Some(AccessPosition { demande_le, demande_id }) = after {
        let same = acces_bac_a_sable::demande_le.eq(demande_le).and(acces_bac_a_sable::demande_id.gt(demande_id));
        query = query.filter(acces_bac_a_sable::demande_le.gt(demande_le).or(same));
    }
    let rows: Vec<AccessRow> = query
        .order((acces_bac_a_sable::demande_le, acces_bac_a_sable::demande_id))
        .limit(limit)
        .select((
            (
                acces_bac_a_sable::demande_id,
                acces_bac_a_sable::etat,
                acces_bac_a_sable::demande_le,
                acces_bac_a_sable::maj_le,
            ),
            (demande::prenom, demande::nom, demande::email),
            (demande::structure_nom, structure::numero_habilitation),
        ))
        .load(conn)?;
    let views = rows.into_iter().filter_map(|((id, etat, asked, changed), (prenom, nom, email), (name, number))| {
        let position = AccessPosition { demande_le: asked, demande_id: id.clone() };
        let view = AccesBacASable {
            demande_id: id,
            prenom,
            nom,
            email,
            structure: name,
            numero_habilitation: number.unwrap_or_default(),
            etat: EtatAcces::parse(&etat)?,
            demande_le: rfc3339(asked),
            maj_le: rfc3339(changed),
        };
        Some((position, view))
    });
    Ok(views.collect())
}
