//! What can go wrong between the program and its database, sorted by what the caller can do about it.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// A failure of the database, or around it.
#[derive(Debug)]
pub enum DbError {
    /// A statement failed.
    Diesel(DieselError),
    /// No connection could be had in time.
    Unavailable(String),
    /// The piece of work panicked; the message is for the log.
    Panicked(String),
}

impl From<DieselError> for DbError {
    fn from(error: DieselError) -> Self {
        Self::Diesel(error)
    }
}

impl std::fmt::Display for DbError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Diesel(error) => write!(f, "{error}"),
            Self::Unavailable(why) => write!(f, "database unavailable: {why}"),
            Self::Panicked(why) => write!(f, "panic during database work: {why}"),
        }
    }
}

impl std::error::Error for DbError {}

impl DbError {
    /// Whether trying again later may succeed (connection lost, lock, disk full): answered 503, not 500.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unavailable(_) => true,
            Self::Panicked(_) => false,
            Self::Diesel(DieselError::DatabaseError(kind, info)) => {
                matches!(
                    kind,
                    DatabaseErrorKind::ClosedConnection
                        | DatabaseErrorKind::SerializationFailure
                        | DatabaseErrorKind::ReadOnlyTransaction
                ) || TRANSIENT.iter().any(|text| info.message().contains(text))
            }
            Self::Diesel(DieselError::BrokenTransactionManager) => true,
            Self::Diesel(_) => false,
        }
    }

    /// Name of the violated constraint, the same on both databases: SQLite only gives the columns of a unique
    /// index, which the table below turns into the name that the migrations give it.
    pub fn constraint(&self) -> Option<&str> {
        let Self::Diesel(DieselError::DatabaseError(_, info)) = self else { return None };
        if let Some(name) = info.constraint_name() {
            return Some(name);
        }
        let message = info.message();
        if let Some(name) = message.strip_prefix("CHECK constraint failed: ") {
            return Some(name);
        }
        let columns = message.strip_prefix("UNIQUE constraint failed: ")?;
        UNIQUE.iter().find(|(_, on)| *on == columns).map(|(name, _)| *name)
    }
}

/// Parts of messages (SQLite, libpq) that tell of a passing state.
const TRANSIENT: [&str; 13] = [
    "database is locked",
    "disk I/O error",
    "database or disk is full",
    "attempt to write a readonly database",
    "unable to open database file",
    "server closed the connection",
    "terminating connection",
    "no connection to the server",
    "could not connect",
    "No space left on device",
    "the database system is",
    "too many clients",
    "canceling statement due to",
];

/// Unique constraints by the columns SQLite names.
pub const UNIQUE: [(&str, &str); 37] = [
    ("demande_id_unique", "demande.id"),
    ("structure_siret_unique", "structure.siret"),
    ("personne_email_cle_unique", "personne.email, personne.cle"),
    ("candidature_reference_unique", "candidature.reference"),
    ("compte_email_unique", "compte.email"),
    ("enveloppe_libelle_unique", "enveloppe.departement, enveloppe.annee, enveloppe.libelle"),
    ("tarif_enveloppe_pk", "tarif_enveloppe.enveloppe_id, tarif_enveloppe.formation, tarif_enveloppe.organisme"),
    ("compte_enveloppe_pk", "compte_enveloppe.compte_id, compte_enveloppe.enveloppe_id"),
    ("client_api_enveloppe_pk", "client_api_enveloppe.client_id, client_api_enveloppe.enveloppe_id"),
    ("client_api_origine_pk", "client_api_origine.client_id, client_api_origine.origine"),
    ("demande_declaree_pk", "demande_declaree.demande_id, demande_declaree.colonne"),
    ("idempotence_pk", "idempotence.portee, idempotence.cle"),
    ("import_lot_pk", "import_lot.import_id, import_lot.numero"),
    ("compte_role_pk", "compte_role.compte_id, compte_role.role"),
    ("compte_structure_pk", "compte_structure.compte_id, compte_structure.structure_id, compte_structure.role"),
    ("compte_organisme_pk", "compte_organisme.compte_id, compte_organisme.organisme_id, compte_organisme.role"),
    ("session_id_unique", "session.id"),
    ("moyen_otp_serie_unique", "moyen_otp.serie"),
    ("frein_pk", "frein.cle, frein.fenetre"),
    ("texte_engagement_version_unique", "texte_engagement.genre, texte_engagement.version"),
    ("acceptation_pk", "acceptation.compte_id, acceptation.texte_id"),
    ("vue_nom_unique", "vue.compte_id, vue.role, vue.nom"),
    ("lien_candidature_code_unique", "lien_candidature.code"),
    ("correspondance_import_pk", "correspondance_import.organisation, correspondance_import.entetes"),
    ("envoi_messages_pk", "envoi_messages.compte_id, envoi_messages.jour"),
    ("presence_pk", "presence.demande_id, presence.compte_id"),
    ("avis_commentaire_compte_unique", "avis.commentaire_id, avis.compte_id"),
    ("preference_avis_pk", "preference_avis.compte_id, preference_avis.genre"),
    ("compteur_pk", "compteur.etendue, compteur.mesure, compteur.lieu, compteur.valeur, compteur.jours"),
    ("preuve_pk", "preuve.siret, preuve.service"),
    ("rappel_pk", "rappel.evenement, rappel.objet, rappel.echeance"),
    ("lot_eligibilite_numero_unique", "lot_eligibilite.numero"),
    ("lot_eligibilite_prevu_unique", "lot_eligibilite.prevu_le"),
    ("echange_numero_unique", "echange.demande_id, echange.numero"),
    ("lot_demande_pk", "lot_demande.lot_id, lot_demande.demande_id"),
    ("structure_numero_habilitation_unique", "structure.numero_habilitation"),
    ("opco_siret_pk", "opco_siret.table_id, opco_siret.siret, opco_siret.rang"),
];
