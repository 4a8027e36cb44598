//! Sentences of the rules of eligibility (product §4): what is true, and what to do.

use crate::demande::{Colonne, Etape, Formation};
use crate::text::fr::{departements, libelles};

/// Declares sentences.
macro_rules! phrases {
    ($($nom:ident = $phrase:literal;)+) => { $(#[doc = $phrase] pub const $nom: &str = $phrase;)+ };
}

phrases! {
    SOURCE_DEMANDE = "la demande";
    SOURCE_SIREN_PUBLIC = "numéro SIREN réservé aux organismes publics";
    SOURCE_COG = "liste officielle des communes, 2026";
    DATE_COG = "2026-01-01";
    SOURCE_HABILITES = "liste des professionnels habilités";
    SOURCE_DEMANDES = "tableaux de gestion";
    SOURCE_GUIDE = "guide des bénéficiaires des fonds";
    SOURCE_REGISTRE = "Annuaire des entreprises";
    SOURCE_SIRO = "SIRO (France compétences)";
    SOURCE_TABLE_OPCO = "table SIRET-OPCO importée";
    SOURCE_IDCC = "convention collective, d’après l’Annuaire des entreprises";
    SOURCE_ADRESSES = "Base adresse nationale";
    NON_VERIFIE = "non vérifié";
    INCONNU_DE_LA_SOURCE = "inconnu de la source";
    SEPARATEUR = " ; ";

    STATUT_INCONNU = "Le statut de la personne n’est pas indiqué : précisez si elle est salariée ou agent public, élue, bénévole, en service civique, apprentie ou stagiaire.";
    STATUT_SALARIE = "La personne est salariée ou agent public.";
    STATUT_BENEVOLE = "Les bénévoles ne peuvent pas suivre ces formations, réservées aux professionnels. Proposez une personne salariée de la structure.";
    STATUT_SERVICE_CIVIQUE = "Les personnes en service civique ne peuvent pas suivre ces formations, réservées aux professionnels. Proposez une personne salariée de la structure.";
    STATUT_APPRENTI = "Les apprentis ne peuvent pas être habilités à Aidants Connect. Proposez une personne salariée de la structure, ou la formation Aidants Numériques.";
    STATUT_STAGIAIRE = "Les stagiaires ne peuvent pas être habilités à Aidants Connect. Proposez une personne salariée de la structure, ou la formation Aidants Numériques.";
    STATUT_FORME_NUMERIQUE = "La formation Aidants Numériques est ouverte aux apprentis et aux stagiaires.";
    STATUT_CONTREDIT = "La profession indiquée ne va pas avec le statut de salarié : vérifiez le statut auprès de la structure.";

    CONUM_ENVELOPPE = "Les conseillers numériques ont leur propre marché de formation : une enveloppe départementale ne peut pas financer cette demande. Orientez la personne vers ce marché.";
    CONUM_AUTRE_FINANCEMENT = "La personne est conseiller numérique, et la demande n’est pas financée par une enveloppe.";
    CONUM_FINANCEMENT_INCONNU = "La personne est conseiller numérique : indiquez qui finance la formation. Une enveloppe départementale ne le peut pas.";
    CONUM_NON = "La personne n’est pas conseiller numérique.";
    CONUM_CONTREDIT = "La profession ou l’adresse e-mail fait penser à un conseiller numérique, alors que la demande dit non : demandez confirmation à la structure.";
    CONUM_INCONNU = "Demandez à la structure si la personne est conseiller numérique : une enveloppe ne pourrait alors pas financer sa formation.";

    OPCO_PUBLIC = "L’employeur est un organisme public : il ne relève pas de l’OPCO Uniformation.";
    OPCO_PUBLIC_UNIFORMATION = "Cet employeur public est rattaché à l’OPCO Uniformation, ce qui est rare : demandez-lui qui finance ses formations.";
    OPCO_UNIFORMATION = "La structure privée relève de l’OPCO Uniformation, qui finance lui-même ces formations : l’enveloppe ne peut pas payer. Orientez la structure vers Uniformation.";
    OPCO_UNIFORMATION_PRESUME = "La structure relève sans doute de l’OPCO Uniformation, d’après sa convention collective : vérifiez sur le site d’Uniformation avec le SIRET.";
    OPCO_AUTRE = "La structure relève d’un autre OPCO qu’Uniformation.";
    OPCO_AUTRE_PRESUME = "La structure relève sans doute d’un autre OPCO qu’Uniformation : vérifiez sur le site d’Uniformation avec le SIRET.";
    OPCO_INCONNU = "L’OPCO de cette structure privée n’est pas connu : vérifiez sur le site d’Uniformation, avec le SIRET, qu’elle n’en relève pas.";
    OPCO_NON_VERIFIE = "Non vérifié : l’OPCO de cette structure n’a pas encore pu être établi. La vérification se fait d’elle-même ; vous pouvez aussi chercher le SIRET sur le site d’Uniformation.";
    OPCO_DOUTEUX = "Les conventions collectives déclarées ne disent pas l’OPCO avec certitude : vérifiez sur le site d’Uniformation, avec le SIRET, que la structure n’en relève pas.";
    OPCO_SANS_SIRET = "Sans SIRET correct, l’OPCO ne peut pas être cherché : corrigez d’abord le SIRET.";

    EMAIL_NOMINATIF = "L’adresse e-mail est nominative.";
    EMAIL_ABSENT = "L’adresse e-mail manque : demandez une adresse nominative, comme prenom.nom@structure.fr.";
    EMAIL_ILLISIBLE = "L’adresse e-mail n’est pas bien formée : corrigez-la, comme prenom.nom@structure.fr.";
    EMAIL_SANS_NOM = "Sans nom et prénom, l’adresse e-mail ne peut pas être vérifiée : complétez-les.";
    EMAIL_DOMAINE_FERME = "Les adresses en @conseiller-numerique.fr sont fermées et ne reçoivent plus de messages : demandez l’adresse professionnelle de la personne dans sa structure.";
    EMAIL_GENERIQUE = "Cette adresse est celle d’un service, pas d’une personne : demandez une adresse nominative, comme prenom.nom@structure.fr. Chaque compte est personnel.";
    EMAIL_GENERIQUE_DOUTEUX = "Cette adresse ressemble à celle d’un service : vérifiez auprès de la structure que la personne est seule à la lire, ou demandez une adresse nominative.";
    EMAIL_MESSAGERIE = "Cette adresse est celle d’une messagerie personnelle : demandez une adresse professionnelle, ou vérifiez que la structure n’en a pas.";
    EMAIL_ABREGE = "L’adresse n’a qu’une partie du nom ou du prénom : vérifiez qu’elle est bien celle de la personne.";
    EMAIL_NOM_SEUL = "L’adresse ne porte que le nom : vérifiez que la personne est seule à la lire.";
    EMAIL_PRENOM_SEUL = "L’adresse ne porte que le prénom : vérifiez que la personne est seule à la lire.";
    EMAIL_INITIALES = "L’adresse ne porte que des initiales : vérifiez qu’elle est bien celle de la personne.";
    EMAIL_EN_PARTIE = "L’adresse ne porte qu’en partie le nom de la personne : un autre nom (d’usage ou de naissance), une faute de frappe, ou deux personnes ? Demandez confirmation.";
    EMAIL_AUTRE = "L’adresse ne correspond ni au nom ni au prénom : vérifiez qu’elle est bien celle de la personne.";
    EMAIL_AUTRE_PERSONNE = "Cette adresse est déjà celle d’une personne d’un autre nom : vérifiez s’il s’agit de la même, sinon demandez une adresse propre à chacune.";

    DEJA_HABILITE = "La personne est déjà habilitée à Aidants Connect : elle n’a pas à suivre de nouveau la formation. Proposez-lui le ré-embarquement et l’auto-formation, gratuits.";
    PAS_HABILITE = "La personne ne figure pas parmi les professionnels habilités.";
    HABILITATION_INCONNUE = "La liste des professionnels habilités n’a pas pu être consultée : vérifiez que la personne n’y figure pas.";

    REFERENT_COMPLET = "Le référent Aidants Connect est renseigné.";
    REFERENT_EMAIL_ILLISIBLE = "L’adresse e-mail du référent n’est pas bien formée : corrigez-la.";
    REFERENT_PAS_MOBILE = "Le téléphone du référent n’est pas reconnu comme un mobile français : demandez un numéro de mobile, le premier code y est envoyé.";

    ACCOMPAGNE_OUI = "La personne est salariée et accompagne régulièrement des démarches en ligne.";
    ACCOMPAGNE_NON = "Aidants Connect est réservé aux personnes qui accompagnent régulièrement des démarches en ligne. Proposez la formation Aidants Numériques.";
    ACCOMPAGNE_INCONNU = "Demandez à la structure si la personne accompagne régulièrement des démarches en ligne.";
    ACCOMPAGNE_NON_SALARIE = "Il faut être salarié de la structure : vérifiez le statut de la personne.";

    ELU_NUMERIQUE = "La formation Aidants Numériques est ouverte aux élus.";
    ELU_CONNECT = "Les élus ne peuvent pas être habilités à Aidants Connect. Proposez-leur la formation Aidants Numériques.";
    ELU_PROFESSION = "La profession est celle d’un élu, alors que les élus ne peuvent pas être habilités à Aidants Connect : vérifiez le statut de la personne.";
    ELU_NON = "La personne n’est pas élue.";

    SIRET_ABSENT = "Le SIRET manque : demandez-le à la structure, ou cherchez-le sur l’Annuaire des entreprises.";
    SIRET_PACIFIQUE = "Ce numéro n’est pas un SIRET. S’il s’agit d’un numéro RIDET ou TAHITI, vérifiez-le auprès de la structure.";
    SIRET_OUVERT = "L’établissement existe et il est ouvert.";
    SIRET_FERME = "Cet établissement est fermé d’après le registre : demandez à la structure son SIRET actuel.";
    SIRET_COMMUNE = "Le SIRET est celui d’une commune de la liste officielle.";
    SIRET_EN_ATTENTE = "Non vérifié : l’Annuaire des entreprises n’a pas encore été consulté. La clé du SIRET est juste ; vérifiez au besoin que l’établissement existe et qu’il est ouvert.";
    SIRET_SANS_REPONSE = "Non vérifié : l’Annuaire des entreprises n’a pas répondu ; il sera consulté de nouveau. La clé du SIRET est juste ; vérifiez au besoin que l’établissement existe et qu’il est ouvert.";
    SIRET_INCONNU = "L’Annuaire des entreprises ne connaît pas ce SIRET : vérifiez-le auprès de la structure.";
    SIRET_A_CONFIRMER = "La clé du SIRET est juste. Vérifiez sur l’Annuaire des entreprises que l’établissement existe et qu’il est ouvert.";

    PAS_DE_DOUBLON = "Aucune autre demande de cette personne pour cette formation.";
    DOUBLON_MEME_ENVELOPPE = "Une demande de la même personne pour la même formation est déjà dans votre tableau : comparez les deux lignes et retirez celle qui est en trop.";
    DOUBLON_AILLEURS = "Une demande de la même personne pour la même formation existe dans une autre enveloppe : demandez à la structure laquelle garder.";

    PRIORITE_FORTE = "Public prioritaire : structure publique ou France Services, et profession visée par le dispositif.";
    PRIORITE_MOYENNE = "Public prioritaire par sa structure ou par sa profession.";
    PRIORITE_AUCUNE = "Public non prioritaire : la demande reste recevable, après celles des collectivités et de l’État.";
}

/// ELI-3: a legal category, as what makes an employer public.
pub fn categorie_juridique(code: &str) -> String {
    format!("catégorie juridique {code}")
}

/// ELI-3: the collective agreements that an OPCO is presumed from.
pub fn conventions(idcc: &[String]) -> String {
    format!("IDCC {}", idcc.join(", "))
}

/// ELI-6: what is missing of the référent.
pub const fn referent_manquant(champ: Colonne) -> &'static str {
    match champ {
        Colonne::ReferentNom => {
            "Le nom du référent Aidants Connect manque : complétez-le avant d’accorder le financement."
        }
        Colonne::ReferentPrenom => {
            "Le prénom du référent Aidants Connect manque : complétez-le avant d’accorder le financement."
        }
        Colonne::ReferentProfession => {
            "La profession du référent Aidants Connect manque : complétez-la avant d’accorder le financement."
        }
        Colonne::ReferentEmail => {
            "L’adresse e-mail du référent Aidants Connect manque : complétez-la avant d’accorder le financement."
        }
        _ => "Le numéro de mobile du référent Aidants Connect manque : complétez-le avant d’accorder le financement.",
    }
}

/// ELI-10: another demande of the same person.
pub fn demande_existante(departement: &str, formation: Formation, etape: Etape) -> String {
    let nom = departements::nom(departement);
    let lieu = if nom.is_empty() { departement } else { nom };
    format!("{lieu} – {} – {}", libelles::formation(formation), libelles::etape(etape))
}
