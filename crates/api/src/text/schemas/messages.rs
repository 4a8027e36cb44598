//! Mails to the people of demandes, and groups.

use super::Described;

schemas! {
    MessageSaisie "Un courriel à écrire aux personnes de demandes." {
        demandes "Les demandes : chaque personne reçoit le courriel une fois." = ["0198c0de-0000-7000-8000-000000000002"];
        objet "Objet ; `{prenom}`, `{nom}`, `{structure}`, `{formation}` et `{reference}` y sont remplacés." = "Votre formation {formation}";
        texte "Texte, de même." = "Bonjour {prenom}, pouvez-vous nous confirmer votre présence ?";
        essai "Montrer seulement ce qui partirait. `true` par défaut." = true;
    }
    MessageApercu "Un courriel tel qu’une personne le lirait." {
        a "Adresse." = "angela.dubois@mairie.example";
        objet "Objet." = "Votre formation Aidants Connect";
        texte "Texte." = "Bonjour Angela, pouvez-vous nous confirmer votre présence ?";
    }
    MessageRefuse "Une demande dont la personne ne reçoit rien." {
        id "La demande." = "0198c0de-0000-7000-8000-000000000002";
        probleme "Pourquoi.";
    }
    MessageTraite "Ce qui est parti, ou partirait." {
        essai "Rien n’est parti." = true;
        destinataires "Personnes qui le reçoivent." = 12;
        apercu "Ce que lit la première.";
        reste "Courriels que la personne peut encore envoyer aujourd’hui, ceux-ci non comptés quand rien n’est parti." = 500;
        refuses "Les demandes laissées de côté.";
    }
    Groupe "Les demandes d’une même valeur." {
        valeur "La valeur ; vide pour celles qui n’en ont pas." = "01";
        nombre "Combien." = 42;
    }
    Groupes "Les demandes groupées par une colonne, le plus grand groupe d’abord." {
        par "Nom de la colonne." = "departement";
        groupes "Les groupes.";
        autres "Demandes des groupes plus petits, qui ne sont pas listés." = 0;
    }
}
