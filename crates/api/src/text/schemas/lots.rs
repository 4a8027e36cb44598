//! Batches and gestures.

use super::Described;

schemas! {
    Lot "Plusieurs opérations, faites en une fois." {
        operations "De 1 à 1 000 opérations, chacune sur une autre demande.";
        atomique "Un seul refus les refuse toutes, et rien n’est écrit ; sinon, celles qui le peuvent sont faites. `true` par défaut." = false;
        essai "Rien n’est écrit : la réponse dit ce qui le serait. `false` par défaut." = false;
    }
    OperationLot "Une opération sur une demande." {
        action "Ce qui est fait." = "modifier";
        id "La demande ; absent pour en ajouter une." = "0198c0de-0000-7000-8000-000000000003";
        version "La version lue, pour modifier ou supprimer." = 1;
        valeurs "Les colonnes, pour ajouter ou modifier : un champ absent ne change pas, `null` ou le texte vide efface.";
        commentaire "Ce qui est dit de la demande, pour la commenter ; il ne mentionne personne." = "Appelée ce matin : le dossier est complet.";
    }
    ActionLot "Ce qui est fait d’une demande." {
        ajouter "Ajouter une demande, avec `valeurs`.";
        modifier "Modifier la demande `id`, lue à `version`, par `valeurs`.";
        supprimer "Supprimer la demande `id`, lue à `version`.";
        restaurer "Restaurer la demande supprimée `id`.";
        commenter "Dire `commentaire` de la demande `id` ; réservé à une personne.";
    }
    LotTraite "Ce qu’il est advenu d’un lot." {
        essai "C’était un essai : rien n’est écrit." = false;
        faites "Opérations faites ; dans un essai, celles qui le seraient." = 1;
        inchangees "Opérations qui n’avaient rien à faire." = 0;
        refusees "Opérations refusées." = 0;
        geste "Le geste qui annule le tout ; absent si rien ne s’annule (un commentaire se retire à sa place)." = "0198c0de-0000-7000-8000-000000000009";
        resultats "Ce qu’il est advenu de chacune, dans l’ordre de la requête.";
    }
    ResultatLot "Ce qu’il est advenu d’une opération." {
        issue "Son issue." = "faite";
        id "La demande ; absent pour celle qui n’est pas ajoutée." = "0198c0de-0000-7000-8000-000000000003";
        version "Sa version désormais." = 2;
        colonnes "Les colonnes qui ont changé, calculées comprises, avec leur valeur désormais." = {"cohorte": "Printemps"};
        probleme "Pourquoi elle est refusée.";
    }
    IssueLot "L’issue d’une opération." {
        faite "Faite ; dans un essai, elle le serait.";
        inchangee "Il n’y avait rien à faire.";
        refusee "Refusée : `probleme` dit pourquoi.";
    }
    Geste "Ce que l’appelant a fait aux demandes en une requête." {
        id "Son nom : l’en-tête `X-Request-Id` de la réponse, ou `geste` d’un lot." = "0198c0de-0000-7000-8000-000000000009";
        date "Quand (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        creees "Demandes ajoutées." = 0;
        modifiees "Demandes modifiées." = 12;
        supprimees "Demandes supprimées." = 0;
        restaurees "Demandes restaurées." = 0;
        annule "Le geste qu’il défait ; absent si ce n’est pas une annulation." = "0198c0de-0000-7000-8000-000000000008";
    }
    EvenementFlux "Un événement du flux." {
        id "Entrée du journal jusqu’à laquelle il dit tout." = "1205";
        data "Objet JSON : `demandes`, celles à portée qui ont changé (`id` et `version`, supprimées comprises) ; `tout` quand il y en a trop pour les dire." = "{\"demandes\":[{\"id\":\"0198c0de-0000-7000-8000-000000000003\",\"version\":2}]}";
    }
}
