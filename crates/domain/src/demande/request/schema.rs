//! Schemas of the demande as typed, built from the columns: whatever they refuse, [`super::DemandeValide`] refuses too.

use std::borrow::Cow;

use serde_json::Value;
use utoipa::openapi::schema::{AdditionalProperties, Object, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};

use crate::demande::Colonne;
use crate::demande::colonne::TypeColonne;
use crate::demande::request::DemandeSaisie;
use crate::demande::request::valide::{ADRESSE_MAX, COMMENTAIRE_MAX, NUMERO_HABILITATION_MAX, OBLIGATOIRES, TEXTE_MAX};
use crate::text::fr_demande as texte;
use crate::values::CodeDepartement;

/// Any text without control signs other than white space.
const TEXTE: &str = r"^[^\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]*$";
/// The same, with a visible sign.
const TEXTE_REMPLI: &str =
    r"^[^\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]*$";
/// Letters, spaces and the signs of names; other alphabets allowed.
const NOM: &str = r##"^[^\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f0-9!"#$%&*+/:;<=>?@\[\\\]^_{|}~]+$"##;
const EMAIL: &str = r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$";
const SIRET: &str = "^[0-9]{14}$";
const CODE_POSTAL: &str = "^(0[1-9]|[1-9][0-9])[0-9]{3}$";
const TELEPHONE: &str = r"^(\+33|0)[1-9][0-9]{8}$";
const NUMERO: &str = "^[0-9]{1,20}$";
/// A day that exists, from 2000 to 2099.
const DATE: &str = "^20([0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([02468][048]|[13579][26])-02-29)$";

impl PartialSchema for DemandeSaisie {
    fn schema() -> RefOr<Schema> {
        corps().into()
    }
}

impl ToSchema for DemandeSaisie {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("DemandeSaisie")
    }
}

/// Body of `POST /demandes`: [`DemandeSaisie`] with its mandatory columns and the envelope. Only a schema.
#[derive(Clone, Copy, Debug)]
pub struct DemandeNouvelle;

impl PartialSchema for DemandeNouvelle {
    fn schema() -> RefOr<Schema> {
        let enveloppe = ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::Custom("uuid".to_owned())))
            .description(Some(texte::ENVELOPPE_ID))
            .build();
        let mut corps = corps();
        corps.properties.insert("enveloppe_id".to_owned(), Schema::Object(enveloppe).into());
        corps.required = OBLIGATOIRES.iter().map(|colonne| colonne.nom().to_owned()).collect();
        Schema::Object(corps).into()
    }
}

impl ToSchema for DemandeNouvelle {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("DemandeNouvelle")
    }
}

/// Every column a person may write, and nothing else.
fn corps() -> Object {
    let modele = DemandeSaisie::default();
    modele
        .champs()
        .fold(ObjectBuilder::new(), |corps, (colonne, _)| corps.property(colonne.nom(), propriete(colonne)))
        .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
        .build()
}

/// The schema of one column. One that may be cleared also takes `null` and the empty text.
fn propriete(colonne: Colonne) -> Object {
    let obligatoire = OBLIGATOIRES.contains(&colonne);
    let genre =
        if obligatoire { SchemaType::new(Type::String) } else { SchemaType::from_iter([Type::String, Type::Null]) };
    let base = ObjectBuilder::new().schema_type(genre).description(Some(texte::description(colonne)));
    if let Some(codes) = codes(colonne) {
        let vides = if obligatoire { Vec::new() } else { vec![Value::from(""), Value::Null] };
        let exemple = codes.first().copied().unwrap_or_default();
        let valeurs = codes.iter().map(|code| Value::from(*code)).chain(vides);
        return base.enum_values(Some(valeurs)).examples([exemple]).build();
    }
    let (motif, longueur, exemple) = forme(colonne, obligatoire);
    let motif = if obligatoire || motif == TEXTE { motif.to_owned() } else { facultatif(motif) };
    let minimum = obligatoire.then_some(1);
    base.pattern(Some(motif)).min_length(minimum).max_length(Some(longueur)).examples([exemple]).build()
}

/// The pattern, or nothing at all.
fn facultatif(motif: &str) -> String {
    let dedans = motif.strip_prefix('^').and_then(|motif| motif.strip_suffix('$')).unwrap_or(motif);
    format!("^({dedans})?$")
}

/// The closed list of a column, when it has one.
fn codes(colonne: Colonne) -> Option<Vec<&'static str>> {
    match colonne.genre() {
        TypeColonne::Choix | TypeColonne::OuiNon => Some(colonne.codes()),
        _ if colonne == Colonne::Departement => Some(CodeDepartement::tous().map(|code| code.as_str()).collect()),
        _ => None,
    }
}

/// A value that the column may hold.
pub(crate) fn exemple(colonne: Colonne) -> &'static str {
    codes(colonne).and_then(|codes| codes.first().copied()).unwrap_or_else(|| forme(colonne, false).2)
}

/// Pattern, greatest length and example of a column without list.
fn forme(colonne: Colonne, obligatoire: bool) -> (&'static str, usize, &'static str) {
    match colonne {
        Colonne::Nom | Colonne::ReferentNom => (NOM, crate::values::nom::LONGUEUR_MAX, "Dubois"),
        Colonne::Prenom | Colonne::ReferentPrenom => (NOM, crate::values::nom::LONGUEUR_MAX, "Angela"),
        Colonne::Email => (EMAIL, crate::values::email::LONGUEUR_MAX, "angela.dubois@mairie.example"),
        Colonne::ReferentEmail => (EMAIL, crate::values::email::LONGUEUR_MAX, "claude.martin@mairie.example"),
        Colonne::StructureEmail => (EMAIL, crate::values::email::LONGUEUR_MAX, "contact@mairie.example"),
        Colonne::SuiviPar => (EMAIL, crate::values::email::LONGUEUR_MAX, "anct@demo.example"),
        Colonne::Siret => (SIRET, 14, "21010053300012"),
        Colonne::CodePostal => (CODE_POSTAL, 5, "01000"),
        Colonne::ReferentTelephone => (TELEPHONE, 12, "0612345678"),
        Colonne::NumeroHabilitation => (NUMERO, NUMERO_HABILITATION_MAX, "010042"),
        Colonne::DateDemande | Colonne::DateSession => (DATE, 10, "2026-03-31"),
        Colonne::Adresse => (TEXTE, ADRESSE_MAX, "6 rue de la Mairie"),
        Colonne::Commentaire => (TEXTE, COMMENTAIRE_MAX, "Souhaite une session au printemps."),
        Colonne::Profession | Colonne::ReferentProfession => (TEXTE, TEXTE_MAX, "Secrétaire de mairie"),
        Colonne::Cohorte => (TEXTE, TEXTE_MAX, "Printemps 2026"),
        Colonne::SessionFormation => (TEXTE, TEXTE_MAX, "Session du 31 mars"),
        Colonne::Organisme => (TEXTE, TEXTE_MAX, "12 - Formation Bresse"),
        Colonne::Reference => (TEXTE, TEXTE_MAX, "PA-7K3M-9Q2D"),
        Colonne::EnveloppeId => (TEXTE, TEXTE_MAX, "0198c0de-0000-7000-8000-000000000001"),
        Colonne::Ville => (if obligatoire { TEXTE_REMPLI } else { TEXTE }, TEXTE_MAX, "Bourg-en-Bresse"),
        _ if obligatoire => (TEXTE_REMPLI, TEXTE_MAX, "Mairie de Bourg-en-Bresse"),
        _ => (TEXTE, TEXTE_MAX, ""),
    }
}
