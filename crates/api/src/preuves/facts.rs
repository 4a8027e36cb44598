//! What the rules are told of a structure: the proofs that are kept, each with its source, its date and its value. For the
//! OPCO the surest source speaks: SIRO, else the imported table, else the collective agreements, which only let presume.

use std::collections::{BTreeSet, HashMap};

use domain::demande::{Colonne, Ligne};
use domain::preuve::{EchecPreuve, Entreprise, PreuveOpco, ReponseSiro, Service};
use domain::rules::opco::{Presomption, presumer};
use domain::rules::{FaitAbsent, FaitOpco, FaitRegistre, FaitsExternes, MotifAbsence};
use domain::text::fr::regles as phrases;
use serde::de::DeserializeOwned;

use super::queue::{self, Proof, UNKNOWN};
use super::table_opco;
use crate::areas::referentiel::Territories;
use crate::clock::iso_date;
use crate::db::{DbConn, DbError};

/// What is known of some structures.
pub struct Proofs {
    by_siret: HashMap<String, Vec<Proof>>,
    tables: HashMap<String, table_opco::Found>,
}

/// What one structure has.
struct One<'a> {
    proofs: &'a [Proof],
    table: Option<&'a table_opco::Found>,
}

impl Proofs {
    /// Reads what is known of the structures of these lines: two statements.
    pub fn of<'a>(conn: &mut DbConn, lines: impl Iterator<Item = &'a Ligne>) -> Result<Self, DbError> {
        let sirets: BTreeSet<&str> =
            lines.map(|line| line.get(Colonne::Siret)).filter(|siret| !siret.is_empty()).collect();
        Self::of_sirets(conn, &sirets.into_iter().collect::<Vec<_>>())
    }

    /// Reads what is known of these structures.
    pub fn of_sirets(conn: &mut DbConn, sirets: &[&str]) -> Result<Self, DbError> {
        let mut by_siret: HashMap<String, Vec<Proof>> = HashMap::new();
        for proof in queue::of(conn, sirets)? {
            by_siret.entry(proof.siret.clone()).or_default().push(proof);
        }
        Ok(Self { by_siret, tables: table_opco::of(conn, sirets)? })
    }

    fn one(&self, siret: &str) -> One<'_> {
        One { proofs: self.by_siret.get(siret).map_or(&[][..], Vec::as_slice), table: self.tables.get(siret) }
    }

    /// The checks of a structure.
    pub fn checks(&self, siret: &str) -> &[Proof] {
        self.one(siret).proofs
    }

    /// The facts that the rules rest on for this line.
    pub fn facts(&self, territories: &Territories, line: &Ligne) -> FaitsExternes {
        let siret = line.get(Colonne::Siret);
        let siren = siret.get(..9).unwrap_or("");
        let one = self.one(siret);
        let (registre, registre_absent) = one.register();
        let opco = one.opco();
        let opco_absent = opco.is_none().then(|| one.missing_opco(registre_absent.as_ref())).flatten();
        FaitsExternes {
            registre,
            registre_absent,
            commune_siren: Some(territories.is_commune(siren)),
            opco: opco.map(|proof| FaitOpco {
                code: proof.opco,
                confirme: proof.confirme,
                valeur: proof.valeur,
                date: proof.date,
                source: proof.source,
            }),
            opco_absent,
        }
    }

    /// The OPCO of a structure by the surest source that knows it.
    pub fn opco(&self, siret: &str) -> Option<PreuveOpco> {
        self.one(siret).opco()
    }

    /// What a service answered of a structure.
    pub fn value<T: DeserializeOwned>(&self, siret: &str, service: Service) -> Option<T> {
        self.one(siret).value(service)
    }
}

impl One<'_> {
    fn proof(&self, service: Service) -> Option<&Proof> {
        self.proofs.iter().find(|proof| proof.service == service.as_str())
    }

    fn value<T: DeserializeOwned>(&self, service: Service) -> Option<T> {
        self.proof(service).and_then(value)
    }

    /// What the company register says, or why it says nothing.
    fn register(&self) -> (Option<FaitRegistre>, Option<FaitAbsent>) {
        let Some(proof) = self.proof(Service::Entreprises) else { return (None, None) };
        let Some(company) = value::<Entreprise>(proof) else {
            return (None, Some(absent(proof, phrases::SOURCE_REGISTRE)));
        };
        let droit_public = match presumer(&company.idcc) {
            _ if company.est_droit_public() => phrases::categorie_juridique(&company.nature_juridique),
            Presomption::Public => phrases::conventions(&company.idcc),
            _ => String::new(),
        };
        let fact = FaitRegistre {
            ouvert: company.ouvert,
            droit_public,
            date: obtained(proof),
            source: phrases::SOURCE_REGISTRE.to_owned(),
        };
        (Some(fact), None)
    }

    fn opco(&self) -> Option<PreuveOpco> {
        self.by_siro().or_else(|| self.by_table()).or_else(|| self.by_agreements())
    }

    fn by_siro(&self) -> Option<PreuveOpco> {
        let proof = self.proof(Service::Siro)?;
        let ReponseSiro { opco, confirme } = value(proof)?;
        let source = phrases::SOURCE_SIRO.to_owned();
        Some(PreuveOpco { valeur: opco.clone(), opco, confirme, source, date: obtained(proof) })
    }

    /// An establishment that the table attaches to several OPCOs is certain of none.
    fn by_table(&self) -> Option<PreuveOpco> {
        let found = self.table?;
        let source = phrases::SOURCE_TABLE_OPCO.to_owned();
        let (date, valeur) = (found.date.clone(), found.opcos.join(phrases::SEPARATEUR));
        let (opco, confirme) = match found.opcos.as_slice() {
            [only] => (only.clone(), true),
            _ => (String::new(), false),
        };
        Some(PreuveOpco { opco, confirme, valeur, source, date })
    }

    fn by_agreements(&self) -> Option<PreuveOpco> {
        let proof = self.proof(Service::Entreprises)?;
        let company: Entreprise = value(proof)?;
        let opco = match presumer(&company.idcc) {
            Presomption::Opco(opco) => opco.to_owned(),
            Presomption::Doute => String::new(),
            Presomption::Aucune | Presomption::Public => return None,
        };
        let valeur = phrases::conventions(&company.idcc);
        let source = phrases::SOURCE_IDCC.to_owned();
        Some(PreuveOpco { opco, confirme: false, valeur, source, date: obtained(proof) })
    }

    /// Why no source gives the OPCO: SIRO has not answered, or the register, which comes first, has not.
    fn missing_opco(&self, register: Option<&FaitAbsent>) -> Option<FaitAbsent> {
        let siro = self.proof(Service::Siro).map(|proof| absent(proof, phrases::SOURCE_SIRO));
        siro.or_else(|| register.cloned()).filter(|absent| absent.motif != MotifAbsence::Inconnu)
    }
}

/// What was answered, when something was and it is known there.
pub fn value<T: DeserializeOwned>(proof: &Proof) -> Option<T> {
    (proof.valeur != UNKNOWN).then(|| serde_json::from_str(&proof.valeur).ok()).flatten()
}

fn obtained(proof: &Proof) -> String {
    proof.obtenue_le.map(iso_date).unwrap_or_default()
}

fn absent(proof: &Proof, source: &str) -> FaitAbsent {
    let motif = if proof.valeur == UNKNOWN {
        MotifAbsence::Inconnu
    } else if EchecPreuve::parse(&proof.echec).is_some() {
        MotifAbsence::Echec
    } else {
        MotifAbsence::EnAttente
    };
    let date = if motif == MotifAbsence::Inconnu { proof.obtenue_le } else { proof.tentee_le };
    FaitAbsent { motif, date: date.map(iso_date).unwrap_or_default(), source: source.to_owned() }
}
