//! The templates of the mails.

use super::Described;

schemas! {
    Evenement "Ce qui est arrivé, et que l’on dit par courriel." {
        candidature_recue "Une candidature est déposée.";
        financement_accorde "Une enveloppe finance une formation.";
        financement_promu "Une enveloppe finance une formation qui était sur liste d’attente.";
        financement_refuse "Une enveloppe ne finance pas une formation.";
        liste_attente "Une formation attend que de l’argent se libère.";
        financement_retire "Une demande est retirée.";
        fonds_liberes "De l’argent revient dans une enveloppe, et la première demande de sa liste d’attente y tient.";
        eligibilite_validee "L’éligibilité d’un professionnel est validée.";
        eligibilite_refusee "L’éligibilité d’un professionnel est refusée.";
        complement_demande "L’équipe Aidants Connect demande une précision.";
        complement_recu "La précision demandée est arrivée.";
        structure_habilitee "Une structure est habilitée.";
        lot_ouvert "Un lot d’éligibilité est ouvert.";
        lot_proche "Le prochain lot approche, et des demandes ne sont pas décidées.";
        informations_manquantes "Un renseignement manque, que la structure peut donner.";
        convention_finissante "Une convention finit bientôt, et il reste de l’argent.";
    }
    Destinataire "Qui reçoit." {
        professionnel "La personne à former.";
        referent "Le référent Aidants Connect de la demande.";
        structure "L’adresse de contact de la structure.";
        recipiendaire "Chaque accès nominatif à l’enveloppe.";
        instructeurs_aidants_connect "Chaque instructeur de l’équipe Aidants Connect.";
        anct "Chaque administrateur national.";
    }
    EnvoiVue "Un événement et l’un de ses destinataires." {
        evenement "Ce qui est arrivé." = "financement_accorde";
        destinataire "Qui le reçoit." = "professionnel";
    }
    ModeleResume "Un modèle de courriel." {
        code "Code." = "financement_accorde_professionnel";
        objet "Objet, avec des valeurs d’exemple." = "Votre formation est financée";
        envois "À quels événements il sert, et pour qui ; vide pour les courriels des comptes.";
        rappel "Est un rappel : chacun peut ne plus en recevoir." = false;
    }
    ModelesVue "Les modèles de courriel." {
        items "Ceux des événements d’abord.";
    }
    ModeleApercu "Un courriel tel qu’il part, avec des valeurs d’exemple." {
        code "Code." = "financement_accorde_professionnel";
        objet "Objet." = "Votre formation est financée";
        texte "Texte." = "Bonjour,";
        html "Le même en HTML." = "<p>Bonjour,</p>";
    }
}
