//! The row of an envelope as the database holds it.

use diesel::prelude::*;
use domain::enveloppe::{ACCES, CIBLE, Compte, EtatEnveloppe, MONTANT, PRIX, Poids, Solde, Tarifs};
use domain::session::EnveloppeVue;

use crate::db::schema::enveloppe;

/// An envelope. Amounts are in cents.
#[derive(Queryable, Insertable, Clone, Debug)]
#[diesel(table_name = enveloppe, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "the migration documents the columns")]
pub struct Envelope {
    pub id: String,
    pub departement: String,
    pub annee: i64,
    pub recipiendaire: String,
    pub libelle: String,
    pub etat: String,
    pub siret: String,
    pub convention: String,
    pub debut: String,
    pub fin: String,
    pub cible: i64,
    pub prix_aidants_numeriques: i64,
    pub prix_aidants_connect: i64,
    pub montant: i64,
    pub engage: i64,
    pub consomme: i64,
    pub departs: i64,
    pub file: i64,
    pub version: i64,
    pub acces: i64,
}

impl Envelope {
    /// An open envelope from which nothing is taken yet, the rest as ENV-1 has it.
    pub fn new(id: String, (departement, annee): (String, i64), recipiendaire: String, libelle: String) -> Self {
        Self {
            id,
            departement,
            annee,
            recipiendaire,
            libelle,
            etat: EtatEnveloppe::Ouverte.as_str().to_owned(),
            siret: String::new(),
            convention: String::new(),
            debut: String::new(),
            fin: String::new(),
            cible: CIBLE,
            prix_aidants_numeriques: PRIX,
            prix_aidants_connect: PRIX,
            montant: MONTANT,
            engage: 0,
            consomme: 0,
            departs: 0,
            file: 0,
            version: 1,
            acces: ACCES,
        }
    }

    /// Where it stands. The database only lets the known codes in.
    pub fn state(&self) -> EtatEnveloppe {
        EtatEnveloppe::parse(&self.etat).unwrap_or(EtatEnveloppe::Close)
    }

    /// Whether it takes candidatures and finances.
    pub fn open(&self) -> bool {
        self.state() == EtatEnveloppe::Ouverte
    }

    /// Its account, but for the prices of organismes.
    pub fn account(&self) -> Compte {
        let pris = Poids { departs: self.departs, engage: self.engage, consomme: self.consomme };
        Compte {
            etat: self.state(),
            solde: Solde { montant: self.montant, pris },
            tarifs: Tarifs {
                aidants_numeriques: self.prix_aidants_numeriques,
                aidants_connect: self.prix_aidants_connect,
                organismes: Vec::new(),
            },
            file: self.file,
            cible: self.cible,
        }
    }
}

impl From<Envelope> for EnveloppeVue {
    fn from(row: Envelope) -> Self {
        Self {
            ouverte: row.open(),
            id: row.id,
            libelle: row.libelle,
            departement: row.departement,
            annee: row.annee,
            recipiendaire: row.recipiendaire,
        }
    }
}
