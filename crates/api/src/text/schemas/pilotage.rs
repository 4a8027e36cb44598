//! Dashboards.

use super::Described;

schemas! {
    Etendue "Ce que couvre un tableau de bord." {
        enveloppe "Une enveloppe.";
        departement "Les demandes d’un département, et l’argent de ses enveloppes.";
        national "Tout le pays.";
    }
    Jalon "Un jalon du parcours." {
        financement "Le financement est accordé ou refusé.";
        eligibilite "L’éligibilité est décidée (Aidants Connect).";
        session "La session a sa date.";
        presence "La présence est connue.";
        habilitation "Le compte est ouvert (Aidants Connect).";
    }
    Passage "D’un jalon à un autre." {
        recue_financement "De la demande à la décision de financement.";
        financement_eligibilite "De la décision de financement à celle d’éligibilité (Aidants Connect).";
        decision_session "De la dernière décision que demande la formation à la session.";
        session_presence "De la session au jour où la présence est connue.";
        presence_habilitation "De la présence connue à l’ouverture du compte (Aidants Connect).";
        parcours "De la demande au bout du parcours : la présence connue pour Aidants Numériques, le compte ouvert pour Aidants Connect.";
    }
    DecisionRefus "La décision qui refuse une demande." {
        financement "Celle du récipiendaire.";
        eligibilite "Celle de l’équipe Aidants Connect.";
    }
    Chiffre "Un nombre de demandes, et ce qui les ouvre." {
        nombre "Combien." = 12;
        filtre "Filtre auquel elles répondent, dans la grammaire commune ; vide : toutes." = "etape eq \"recue\"";
        lien "Page du tableau qui les montre." = "/tableau?filtre=etape%20eq%20%22recue%22";
    }
    Montants "L’argent des enveloppes, en centimes, et les demandes qu’il paie." {
        montant "Montants, ensemble. Une enveloppe en préparation ne compte pas." = 2000000;
        engage "Engagé : les financements accordés." = 99999;
        consomme "Consommé : les formations suivies." = 33333;
        reste "Ce qui reste à accorder." = 1900001;
        cible "Formations visées : un objectif, jamais un plafond." = 60;
        departs "Demandes financées.";
        suivis "Celles d’entre elles qui ont été suivies.";
    }
    EtapeChiffre "Les demandes d’une étape." {
        etape "Étape." = "recue";
        demandes "Demandes à cette étape.";
        departs "Celles d’entre elles qui sont financées.";
    }
    StructureChiffre "Les demandes d’un type de structure." {
        type_structure "Code du type ; vide s’il n’est pas précisé." = "municipalites";
        demandes "Ses demandes.";
    }
    MotifChiffre "Un motif de refus." {
        motif "Le motif écrit, sur une ligne, 200 caractères au plus ; vide si aucun n’est connu." = "Hors du territoire.";
        demandes "Demandes refusées pour ce motif.";
    }
    RefusChiffre "Ce qu’une décision refuse, et pourquoi." {
        decision "Quelle décision." = "financement";
        demandes "Demandes qu’elle refuse.";
        motifs "Les motifs les plus donnés, vingt au plus.";
        autres "Demandes refusées pour un motif qui n’est pas parmi eux." = 0;
    }
    JalonChiffre "Les demandes qui ont atteint un jalon." {
        jalon "Jalon." = "financement";
        demandes "Celles qui l’ont atteint.";
    }
    DelaiChiffre "Le temps d’un jalon à un autre, en jours entiers." {
        passage "D’où à où." = "recue_financement";
        mesures "Demandes dont les deux bouts sont connus au jour près. Ce qu’un import apporte déjà décidé n’a pas de jour." = 40;
        mediane "La moitié d’entre elles n’ont pas pris davantage ; absent si rien n’est mesuré." = 12;
        p90 "Neuf sur dix n’ont pas pris davantage ; absent si rien n’est mesuré." = 31;
        filtre "Filtre des demandes arrivées au bout, mesurées ou non." = "presence filled";
        lien "Page du tableau qui les montre." = "/tableau?filtre=presence%20filled";
    }
    DepartementChiffre "Les chiffres d’un département. Montants en centimes." {
        code "Code." = "01";
        nom "Nom." = "Ain";
        demandes "Ses demandes.";
        departs "Celles d’entre elles qui sont financées.";
        habilitees "Celles d’entre elles dont le compte est ouvert.";
        montant "Montants de ses enveloppes." = 2000000;
        engage "Engagé par elles." = 99999;
        consomme "Consommé par elles." = 33333;
        reste "Ce qui y reste." = 1900001;
        cible "Formations qu’elles visent." = 60;
    }
    TableauDeBord "Un tableau de bord : exact à la dernière écriture." {
        etendue "Ce qu’il couvre." = "enveloppe";
        lieu "Identifiant de l’enveloppe ou code du département ; vide pour tout le pays." = "0198c0de-0000-7000-8000-000000000001";
        titre "Nom de ce qu’il couvre." = "Ain 2026";
        demandes "Toutes les demandes.";
        montants "L’argent.";
        etapes "Chaque étape, dans l’ordre du parcours.";
        delais "Les délais, dans l’ordre du parcours.";
        jalons "Les jalons, dans l’ordre du parcours.";
        structures "Les types de structure qui ont des demandes, le plus fréquent d’abord.";
        refus "Les refus.";
        enveloppes "Les enveloppes couvertes ; aucune pour tout le pays.";
        departements "Chaque département, pour tout le pays seulement.";
    }
}
