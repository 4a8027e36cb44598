//! Comments and avis.

use super::Described;

schemas! {
    CommentaireSaisie "Un commentaire à écrire." {
        texte "Ce qui est dit ; plusieurs lignes possibles." = "Le SIRET est celui du siège : pouvez-vous vérifier ?";
        mentions "Comptes à avertir, parmi les interlocuteurs de la demande." = [];
    }
    Commentaire "Un commentaire." {
        id "Identifiant." = "0198c0de-0000-7000-8000-00000000000c";
        auteur "Son auteur." = "Camille Martin";
        role "Rôle sous lequel il a été écrit." = "recipiendaire";
        date "Quand." = "2026-11-30T09:30:00.000000Z";
        texte "Ce qui est dit ; vide une fois retiré." = "Le SIRET est celui du siège.";
        mien "Il est à l’appelant, qui seul le retire." = true;
        retire "Son auteur l’a retiré." = false;
    }
    Interlocuteur "Une personne qui voit la demande." {
        id "Compte." = "0198c0de-0000-7000-8000-00000000000d";
        nom "Nom." = "Sacha Petit";
        role "Rôle par lequel elle la voit." = "instructeur";
    }
    Collegue "Une personne à qui confier une demande." {
        email "Adresse de son compte, telle que la prend `suivi_par`." = "recipiendaire@demo.example";
        nom "Nom." = "Camille Martin";
    }
    PresenceVue "Qui d’autre a la demande ouverte." {
        autres "Leurs noms." = ["Sacha Petit"];
    }
    GenreAvis "Ce dont on est averti." {
        mention "Quelqu’un a mentionné la personne.";
        reponse "Quelqu’un a commenté une demande que la personne avait commentée.";
        confiee "Quelqu’un a confié à la personne une ou des demandes.";
        etape "Une demande que la personne suit a changé d’étape, par quelqu’un d’autre.";
        import "Un import de la personne est fini.";
    }
    MoyenAvis "Comment on est averti." {
        courriel "Dans l’application, et par un courriel aussitôt.";
        resume "Dans l’application, et par un courriel par jour.";
        application "Dans l’application seulement.";
    }
    Avis "Un avis reçu." {
        id "Identifiant." = "0198c0de-0000-7000-8000-00000000000e";
        genre "De quoi." = "mention";
        auteur "Qui l’a fait ; vide quand c’est le programme." = "Camille Martin";
        date "Quand." = "2026-11-30T09:30:00.000000Z";
        demande_id "La demande concernée ; absente quand il y en a plusieurs, ou que c’est un import." = "0198c0de-0000-7000-8000-000000000002";
        import_id "L’import concerné.";
        nombre "Combien de demandes sont concernées." = 1;
        personne "La personne à former ; vide quand il y en a plusieurs." = "Angela Dubois";
        texte "Le commentaire, vide une fois retiré ; l’étape franchie ; ce que l’import a fait." = "Pouvez-vous vérifier ?";
        lu "A été lu." = false;
    }
    AvisLus "Des avis lus." {
        ids "Ceux-ci ; tous quand aucun n’est nommé." = [];
    }
    AvisNonLus "Combien d’avis ne sont pas lus." {
        non_lus "Combien." = 3;
    }
    PreferencesAvis "Comment on est averti de chaque chose ; ce qui n’est pas dit est comme d’habitude." {
        mention "Quand quelqu’un mentionne la personne." = "courriel";
        reponse "Quand quelqu’un commente une demande que la personne avait commentée." = "resume";
        confiee "Quand quelqu’un confie des demandes à la personne." = "resume";
        etape "Quand une demande que la personne suit change d’étape, par quelqu’un d’autre." = "application";
        import "Quand un import de la personne est fini." = "application";
    }
    Desabonnement "Ne plus recevoir de courriel d’un genre." {
        jeton "Secret du lien au pied du courriel." = "reponse.0198c0de-0000-7000-8000-00000000000d.0f1e2d3c";
    }
    GenreDesabonne "Ce dont on n’est plus averti." {
        mention "Quelqu’un a mentionné la personne.";
        reponse "Quelqu’un a commenté une demande que la personne avait commentée.";
        confiee "Quelqu’un a confié à la personne une ou des demandes.";
        etape "Une demande que la personne suit a changé d’étape.";
        import "Un import de la personne est fini.";
        resume "Les résumés quotidiens, quoi qu’ils disent.";
        rappel "Les rappels : renseignements qui manquent, lot qui approche, convention qui finit.";
    }
    Desabonne "Ce dont on n’est plus averti par courriel." {
        genre "Quoi." = "reponse";
    }
}
