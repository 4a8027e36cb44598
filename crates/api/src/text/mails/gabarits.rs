//! The words of the mails that tell of an event (`domain::courriel`), as data. `{name}` stands for a field of the message.

/// A template.
pub(super) struct Gabarit {
    /// Its code, as the table of events names it.
    pub code: &'static str,
    /// Subject.
    pub objet: &'static str,
    /// What follows the greeting.
    pub corps: &'static [Partie],
}

/// A part of a template.
pub(super) enum Partie {
    /// A paragraph.
    P(&'static str),
    /// A paragraph that is there when a field is given.
    Si(&'static str, &'static str),
    /// The demandes that the mail tells of, when there are.
    Liste,
    /// A page of the service.
    Lien(&'static str),
    /// The page that the message itself names (`chemin`), whose address holds a secret of its own.
    Ici,
}

use Partie::{Ici, Lien, Liste, P, Si};

/// Where a récipiendaire works.
const TABLEAU: &str = "/tableau";
/// Where the Aidants Connect team decides on the batches.
const LOTS: &str = "/administration/eligibilite";
/// Where the envelopes are.
const ENVELOPPES: &str = "/administration/enveloppes";

const DATES: Partie = Si("recipiendaire", "Pour les dates de formation, votre interlocuteur est {recipiendaire}.");
const CONNECT_SUITE: Partie = Si(
    "aidants_connect",
    "Pour Aidants Connect, une étape reste : l’équipe nationale vérifie l’éligibilité, une fois tous les quinze jours. Sa réponse sera envoyée à cette adresse.",
);
const ROUVRIR: Partie = P(
    "La demande reste enregistrée. Si un renseignement est à corriger, répondez à votre interlocuteur habituel : elle peut être rouverte.",
);
const ACCES_ENTRAINEMENT: Partie = P(
    "Avant la formation, un accès au site d’entraînement est ouvert à chaque professionnel, avec l’adresse électronique de sa demande.",
);
const AUCUNE_DEMARCHE: Partie = P("Vous n’avez rien à faire.");

/// Every template.
pub(super) const GABARITS: &[Gabarit] = &[
    Gabarit {
        code: "financement_accorde_professionnel",
        objet: "Votre formation est financée",
        corps: &[
            P("La formation demandée pour vous est financée par l’enveloppe que tient {recipiendaire} :"),
            Liste,
            CONNECT_SUITE,
            DATES,
        ],
    },
    Gabarit {
        code: "financement_accorde_structure",
        objet: "Des formations demandées par votre structure sont financées",
        corps: &[
            P("L’enveloppe tenue par {recipiendaire} finance ces formations, demandées pour votre structure :"),
            Liste,
            CONNECT_SUITE,
            DATES,
        ],
    },
    Gabarit {
        code: "financement_promu_professionnel",
        objet: "Votre formation n’est plus en attente : elle est financée",
        corps: &[
            P(
                "La formation demandée pour vous était sur liste d’attente. L’enveloppe tenue par {recipiendaire} la finance maintenant :",
            ),
            Liste,
            CONNECT_SUITE,
            DATES,
        ],
    },
    Gabarit {
        code: "financement_promu_structure",
        objet: "Des formations en attente sont financées",
        corps: &[
            P(
                "Ces formations, demandées pour votre structure, étaient sur liste d’attente. L’enveloppe tenue par {recipiendaire} les finance maintenant :",
            ),
            Liste,
            CONNECT_SUITE,
            DATES,
        ],
    },
    Gabarit {
        code: "financement_refuse_professionnel",
        objet: "Le financement de la formation est refusé",
        corps: &[
            P("La formation demandée pour vous n’est pas financée par l’enveloppe que tient {recipiendaire} :"),
            Liste,
            P("Motif : {motif}"),
            ROUVRIR,
        ],
    },
    Gabarit {
        code: "financement_refuse_structure",
        objet: "Le financement de la formation est refusé",
        corps: &[
            P("L’enveloppe tenue par {recipiendaire} ne finance pas ces formations, demandées pour votre structure :"),
            Liste,
            P("Motif : {motif}"),
            ROUVRIR,
        ],
    },
    Gabarit {
        code: "liste_attente_professionnel",
        objet: "Votre formation est sur liste d’attente",
        corps: &[
            P(
                "L’argent de l’enveloppe tenue par {recipiendaire} est déjà engagé. La formation demandée pour vous attend son tour :",
            ),
            Liste,
            P(
                "Les demandes sont servies dans l’ordre d’arrivée, dès que de l’argent se libère. Un courriel vous préviendra à cette adresse.",
            ),
            AUCUNE_DEMARCHE,
        ],
    },
    Gabarit {
        code: "liste_attente_structure",
        objet: "Des formations demandées par votre structure sont sur liste d’attente",
        corps: &[
            P(
                "L’argent de l’enveloppe tenue par {recipiendaire} est déjà engagé. Ces formations, demandées pour votre structure, attendent leur tour :",
            ),
            Liste,
            P(
                "Les demandes sont servies dans l’ordre d’arrivée, dès que de l’argent se libère. Un courriel vous préviendra à cette adresse.",
            ),
            AUCUNE_DEMARCHE,
        ],
    },
    Gabarit {
        code: "financement_retire_professionnel",
        objet: "Votre demande de formation est retirée",
        corps: &[
            P("La demande de formation déposée pour vous est retirée de l’enveloppe que tient {recipiendaire} :"),
            Liste,
            ROUVRIR,
        ],
    },
    Gabarit {
        code: "financement_retire_structure",
        objet: "Des demandes de formation de votre structure sont retirées",
        corps: &[
            P(
                "Ces demandes de formation, déposées pour votre structure, sont retirées de l’enveloppe que tient {recipiendaire} :",
            ),
            Liste,
            ROUVRIR,
        ],
    },
    Gabarit {
        code: "fonds_liberes",
        objet: "De l’argent revient, votre liste d’attente peut avancer",
        corps: &[
            P("Enveloppe : {enveloppe}."),
            P(
                "De l’argent est revenu dans cette enveloppe : il reste {reste}. La première demande de la liste d’attente y tient.",
            ),
            P("Demandes sur la liste d’attente : {nombre}."),
            P(
                "Rien n’est accordé sans vous. La page de financement de l’enveloppe sert la liste dans son ordre, tant que l’argent le permet :",
            ),
            Ici,
        ],
    },
    Gabarit {
        code: "eligibilite_validee_professionnel",
        objet: "Votre éligibilité à Aidants Connect est validée",
        corps: &[
            P("L’équipe Aidants Connect a vérifié votre demande : vous pouvez suivre la formation."),
            ACCES_ENTRAINEMENT,
            P(
                "Votre compte s’ouvrira une fois votre présence à la formation attestée et le test Pix de fin de journée passé, avec cette même adresse.",
            ),
            DATES,
        ],
    },
    Gabarit {
        code: "eligibilite_validee_structure",
        objet: "Des professionnels de votre structure sont éligibles à Aidants Connect",
        corps: &[
            P("L’équipe Aidants Connect a validé l’éligibilité de ces professionnels de votre structure :"),
            Liste,
            ACCES_ENTRAINEMENT,
            DATES,
        ],
    },
    Gabarit {
        code: "eligibilite_validee_recipiendaire",
        objet: "L’éligibilité de professionnels de votre enveloppe est validée",
        corps: &[
            P("Enveloppe : {enveloppe}."),
            P("L’équipe Aidants Connect a validé l’éligibilité de ces professionnels :"),
            Liste,
            P("Vous pouvez composer vos cohortes et planifier leurs sessions depuis le tableau de gestion."),
            Lien(TABLEAU),
        ],
    },
    Gabarit {
        code: "eligibilite_refusee_professionnel",
        objet: "Votre éligibilité à Aidants Connect est refusée",
        corps: &[
            P("L’équipe Aidants Connect a vérifié votre demande : elle ne peut pas valider votre éligibilité."),
            P("Motif : {motif}"),
            P("Si un renseignement est à corriger, dites-le à votre structure : elle transmettra la correction."),
        ],
    },
    Gabarit {
        code: "eligibilite_refusee_structure",
        objet: "L’éligibilité de professionnels de votre structure est refusée",
        corps: &[
            P("L’équipe Aidants Connect ne peut pas valider l’éligibilité de ces professionnels de votre structure :"),
            Liste,
            P("Motif : {motif}"),
            Si("recipiendaire", "Si un renseignement est à corriger, transmettez-le à {recipiendaire}."),
        ],
    },
    Gabarit {
        code: "eligibilite_refusee_recipiendaire",
        objet: "L’éligibilité de professionnels de votre enveloppe est refusée",
        corps: &[
            P("Enveloppe : {enveloppe}."),
            P("L’équipe Aidants Connect ne peut pas valider l’éligibilité de ces professionnels :"),
            Liste,
            P("Motif : {motif}"),
            P("La raison est aussi dans l’historique de chaque demande."),
            Lien(TABLEAU),
        ],
    },
    Gabarit {
        code: "complement_demande_structure",
        objet: "L’équipe Aidants Connect vous demande une précision",
        corps: &[
            P(
                "Pour décider de l’éligibilité de ces professionnels de votre structure, l’équipe Aidants Connect a besoin d’une précision :",
            ),
            Liste,
            P("Sa question : {question}"),
            P(
                "Répondez sur cette page. Elle montre les noms des professionnels : ne transmettez ce lien qu’à qui doit les connaître.",
            ),
            Ici,
        ],
    },
    Gabarit {
        code: "complement_demande_recipiendaire",
        objet: "L’équipe Aidants Connect demande une précision sur une demande",
        corps: &[
            P("Enveloppe : {enveloppe}."),
            P(
                "Pour décider de l’éligibilité de ces professionnels, l’équipe Aidants Connect a besoin d’une précision :",
            ),
            Liste,
            P("Sa question : {question}"),
            P(
                "La structure répond par le lien qu’elle a reçu. La question et la réponse sont dans l’historique de la demande.",
            ),
            Lien(TABLEAU),
        ],
    },
    Gabarit {
        code: "complement_recu",
        objet: "Une précision demandée est arrivée",
        corps: &[P("La précision que vous aviez demandée est arrivée pour :"), Liste, Lien(LOTS)],
    },
    Gabarit {
        code: "structure_habilitee",
        objet: "Votre structure est habilitée à Aidants Connect",
        corps: &[
            P("Votre structure est habilitée à Aidants Connect."),
            P("Son numéro d’habilitation : {numero}. Gardez-le : il est demandé pour chaque nouveau professionnel."),
            P("Chaque professionnel pourra se servir d’Aidants Connect une fois formé et le test Pix passé."),
        ],
    },
    Gabarit {
        code: "lot_ouvert",
        objet: "Un lot d’éligibilité est ouvert",
        corps: &[P("Le lot du {date} est ouvert."), P("Demandes à examiner : {nombre}."), Lien(LOTS)],
    },
    Gabarit {
        code: "lot_proche",
        objet: "Prochaine vérification d’éligibilité le {date}",
        corps: &[
            P("Enveloppe : {enveloppe}."),
            P(
                "L’équipe Aidants Connect vérifie le {date} les demandes Aidants Connect dont le financement est accordé.",
            ),
            P(
                "Demandes Aidants Connect qui attendent votre décision : {nombre}. Celles que vous accordez avant cette date seront examinées ce jour-là ; les autres, au lot suivant.",
            ),
            Lien(TABLEAU),
        ],
    },
    Gabarit {
        code: "informations_manquantes_structure",
        objet: "Des renseignements manquent dans vos demandes de formation",
        corps: &[
            P(
                "Ces demandes de formation de votre structure ne peuvent pas être financées tant qu’un renseignement manque :",
            ),
            Liste,
            Si("recipiendaire", "Envoyez ces renseignements à {recipiendaire}, qui tient le tableau des demandes."),
        ],
    },
    Gabarit {
        code: "informations_manquantes_recipiendaire",
        objet: "Des demandes de votre enveloppe attendent un renseignement",
        corps: &[
            P("Enveloppe : {enveloppe}."),
            P(
                "Ces demandes ne peuvent pas être financées tant qu’un renseignement manque. Leurs structures viennent d’être prévenues :",
            ),
            Liste,
            P("Si vous connaissez le renseignement, complétez la demande dans le tableau de gestion."),
            Lien(TABLEAU),
        ],
    },
    Gabarit {
        code: "convention_finissante_recipiendaire",
        objet: "Votre convention prend fin le {date}, il reste {reste}",
        corps: &[
            P("Enveloppe : {enveloppe}."),
            P("La convention prend fin le {date}. Il reste {reste} à engager."),
            P("Demandes qui attendent votre décision : {nombre}."),
            Lien(TABLEAU),
        ],
    },
    Gabarit {
        code: "convention_finissante_anct",
        objet: "Des conventions prennent fin bientôt, et il reste de l’argent",
        corps: &[
            P(
                "Ces conventions prennent fin bientôt, et de l’argent reste à engager. Leurs récipiendaires viennent d’être prévenus :",
            ),
            Liste,
            Lien(ENVELOPPES),
        ],
    },
];
