//! The row of a demande as the database holds it.

use diesel::prelude::*;
use domain::demande::{Colonne, Ligne};
use domain::enveloppe::Prise;
use domain::values::texte::plier;

use crate::db::schema::demande;

/// Declares the row from the list of columns, so that none is forgotten on the way to the database.
macro_rules! demande_row {
    (plain: [$($field:ident = $column:ident),+ $(,)?] folded: [$($twin:ident = $word:ident),+ $(,)?]) => {
        /// A demande to insert.
        #[derive(Insertable)]
        #[diesel(table_name = demande, treat_none_as_default_value = false)]
        pub struct DemandeRow<'a> {
            pub rang: i64,
            pub id: &'a str,
            pub version: i64,
            pub supprimee: bool,
            pub structure_id: &'a str,
            pub personne_id: &'a str,
            pub enveloppe_id: Option<&'a str>,
            pub prix_accorde: i64,
            pub attente: i64,
            $($field: &'a str,)+
            $($twin: String,)+
        }

        impl<'a> DemandeRow<'a> {
            /// The row of a line.
            pub fn new(identity: RowIdentity<'a>, line: &'a Ligne) -> Self {
                let envelope = line.get(Colonne::EnveloppeId);
                Self {
                    rang: identity.rank,
                    id: identity.id,
                    version: 1,
                    supprimee: false,
                    structure_id: identity.structure,
                    personne_id: identity.person,
                    enveloppe_id: (!envelope.is_empty()).then_some(envelope),
                    prix_accorde: identity.taken.prix,
                    attente: identity.taken.attente,
                    $($field: line.get(Colonne::$column),)+
                    $($twin: folded(line.get(Colonne::$word)),)+
                }
            }
        }
    };
}

/// What identifies a row beside its columns.
pub struct RowIdentity<'a> {
    /// Rank: order of arrival, tie-break of every sort.
    pub rank: i64,
    /// Id.
    pub id: &'a str,
    /// Id of the structure.
    pub structure: &'a str,
    /// Id of the person.
    pub person: &'a str,
    /// What it takes from its envelope.
    pub taken: Prise,
}

/// The folded twin. Signs that fold to nothing stay as they are, so that an empty twin means an empty cell.
pub fn folded(text: &str) -> String {
    let folded = plier(text);
    if folded.is_empty() { text.to_owned() } else { folded }
}

demande_row! {
    plain: [
        date_demande = DateDemande, etape = Etape, verdict = Verdict, nom = Nom, prenom = Prenom, email = Email,
        profession = Profession, statut_professionnel = StatutProfessionnel,
        conseiller_numerique = ConseillerNumerique, accompagne_demarches = AccompagneDemarches,
        formation = Formation, financement = Financement, structure_nom = StructureNom,
        structure_type = StructureType, label_france_services = LabelFranceServices,
        structure_email = StructureEmail, adresse = Adresse, code_postal = CodePostal, ville = Ville,
        departement = Departement, siret = Siret, numero_habilitation = NumeroHabilitation,
        referent_nom = ReferentNom, referent_prenom = ReferentPrenom, referent_email = ReferentEmail,
        referent_profession = ReferentProfession, referent_telephone = ReferentTelephone,
        decision_financement = DecisionFinancement, decision_eligibilite = DecisionEligibilite,
        cohorte = Cohorte, session_formation = SessionFormation, organisme = Organisme,
        date_session = DateSession, presence = Presence, pix_passe = PixPasse, habilite = Habilite,
        annulee_par = AnnuleePar, retiree = Retiree, suivi_par = SuiviPar, commentaire = Commentaire, source = Source,
        reference = Reference,
    ]
    folded: [
        nom_tri = Nom, prenom_tri = Prenom, profession_tri = Profession, structure_nom_tri = StructureNom,
        adresse_tri = Adresse, ville_tri = Ville, referent_nom_tri = ReferentNom,
        referent_prenom_tri = ReferentPrenom, referent_profession_tri = ReferentProfession,
        cohorte_tri = Cohorte, session_formation_tri = SessionFormation, organisme_tri = Organisme,
        commentaire_tri = Commentaire,
    ]
}
